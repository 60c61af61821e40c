// The evidence of one account while it is judged: what was read of each type in each region, and what is missing.

import { type Unread, unread } from '../../domain/evidence.ts';
import type { AnyResource, ResourceType } from '../../domain/resource.ts';
import type { RegisteredCollector, UnitResult } from '../inventory/index.ts';

/** What was read of one type in one region (`global` for collectors without a region). */
export interface TypeEvidence {
  resources: AnyResource[];
  /** Why something may be missing; empty when the type was read to the end. */
  unread: Unread[];
}

export interface AccountEvidence {
  /** Adds the results of units. Parts of a large unit may come one after the other. */
  add(results: readonly UnitResult[]): void;
  /** Evidence of a type in a region; a type that no collector has read is wholly missing. */
  of(region: string, type: ResourceType): TypeEvidence;
  /** Forgets a region that was judged, but for types that are judged over the whole account. */
  release(region: string, keep: ReadonlySet<ResourceType>): void;
}

/** @param collectors all collectors of the scan: they say which types are read where. */
export function createAccountEvidence(collectors: readonly RegisteredCollector[]): AccountEvidence {
  const globalTypes = new Set(
    collectors.filter((one) => one.collector.scope === 'global').flatMap((one) => one.collector.types),
  );
  const operationOf = new Map(
    collectors.flatMap((one) => one.collector.types.map((type) => [type, one.collector.operations[0] ?? '*'] as const)),
  );
  const regions = new Map<string, Map<ResourceType, TypeEvidence>>();

  const slot = (region: string, type: ResourceType): TypeEvidence => {
    const types = regions.get(region) ?? new Map<ResourceType, TypeEvidence>();
    regions.set(region, types);
    const found = types.get(type) ?? { resources: [], unread: [] };
    types.set(type, found);
    return found;
  };

  return {
    add(results) {
      for (const result of results) {
        const { types } = result.unit.collector.collector;
        for (const type of types) slot(result.unit.region, type);
        for (const resource of result.resources) slot(result.unit.region, resource.type).resources.push(resource);
        if (result.complete || result.cursor !== undefined) continue;
        const reasons = result.gaps.map((gap) => unread(gap.action, gap.reason));
        const operation = result.unit.collector.collector.operations[0] ?? '*';
        for (const type of types) slot(result.unit.region, type).unread.push(...(reasons.length > 0 ? reasons : [unread(operation, 'failed')]));
      }
    },
    of(region, type) {
      const at = globalTypes.has(type) ? 'global' : region;
      return (
        regions.get(at)?.get(type) ?? { resources: [], unread: [unread(operationOf.get(type) ?? '*', 'unsupported')] }
      );
    },
    release(region, keep) {
      const types = regions.get(region);
      if (types === undefined) return;
      for (const type of types.keys()) if (!keep.has(type)) types.delete(type);
    },
  };
}
