// Which collectors a selection of checks needs: only those run.

import type { ResourceType } from '../../domain/resource.ts';
import type { CheckEntry } from '../checks/index.ts';
import type { RegisteredCollector } from '../inventory/index.ts';

/** The collectors that read one of the types. */
export function collectorsOf(
  collectors: readonly RegisteredCollector[],
  types: Iterable<ResourceType>,
): readonly RegisteredCollector[] {
  const wanted = new Set(types);
  return collectors.filter(({ collector }) => collector.types.some((type) => wanted.has(type)));
}

/** The collectors that read a type which one of the checks judges or looks at. */
export function neededCollectors(
  collectors: readonly RegisteredCollector[],
  entries: readonly CheckEntry[],
): readonly RegisteredCollector[] {
  const types = entries.flatMap(({ check }): readonly ResourceType[] => [
    ...(check.needs ?? []),
    ...(check.subject === 'account' || check.subject === 'region' ? [] : [check.subject]),
  ]);
  return collectorsOf(collectors, types);
}
