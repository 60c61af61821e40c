// Which collectors a selection of checks needs: only those run.

import type { ResourceType } from '../../domain/resource.ts';
import type { CheckEntry } from '../checks/index.ts';
import type { RegisteredCollector } from '../inventory/index.ts';

/** The collectors that read a type which one of the checks judges or looks at. */
export function neededCollectors(
  collectors: readonly RegisteredCollector[],
  entries: readonly CheckEntry[],
): readonly RegisteredCollector[] {
  const types = new Set<ResourceType>();
  for (const { check } of entries) {
    for (const type of check.needs ?? []) types.add(type);
    if (check.subject !== 'account' && check.subject !== 'region') types.add(check.subject);
  }
  return collectors.filter(({ collector }) => collector.types.some((type) => types.has(type)));
}
