// Gathers the evidence of one account while it is read, in the shape that checks see.

import { unread } from '../../domain/evidence.ts';
import type { AnyResource, ResourceType } from '../../domain/resource.ts';
import type { RegionEvidence, TypeEvidence } from '../checks/index.ts';
import type { RegisteredCollector, UnitResult } from '../inventory/index.ts';

export interface GatheredEvidence {
  readonly byRegion: ReadonlyMap<string, RegionEvidence>;
  isGlobal(type: ResourceType): boolean;
  /** Adds the results of units. Parts of a large unit may come one after the other. */
  add(results: readonly Pick<UnitResult, 'unit' | 'resources' | 'gaps' | 'complete' | 'cursor'>[]): void;
  /** Forgets what a judged region held, but for the types that are judged over the whole account. */
  release(region: string, keep: ReadonlySet<ResourceType>): void;
}

interface Slot extends TypeEvidence {
  resources: AnyResource[];
  unread: TypeEvidence['unread'][number][];
}

/** @param collectors those of the scan: they say which types are read where. */
export function gatherEvidence(collectors: readonly RegisteredCollector[]): GatheredEvidence {
  const globalTypes = new Set(
    collectors.filter((one) => one.collector.scope === 'global').flatMap((one) => one.collector.types),
  );
  const regions = new Map<string, Map<ResourceType, Slot>>();

  const slot = (region: string, type: ResourceType): Slot => {
    const types = regions.get(region) ?? new Map<ResourceType, Slot>();
    regions.set(region, types);
    const found = types.get(type) ?? { resources: [], unread: [] };
    types.set(type, found);
    return found;
  };

  return {
    byRegion: regions,
    isGlobal: (type) => globalTypes.has(type),
    add(results) {
      for (const { unit, resources, gaps, complete, cursor } of results) {
        const { types, operations } = unit.collector.collector;
        for (const type of types) slot(unit.region, type);
        for (const resource of resources) slot(unit.region, resource.type).resources.push(resource);
        if (complete || cursor !== undefined) continue;
        const reasons = gaps.map((gap) => unread(gap.action, gap.reason));
        if (reasons.length === 0) reasons.push(unread(operations[0] ?? '*', 'failed'));
        for (const type of types) slot(unit.region, type).unread.push(...reasons);
      }
    },
    release(region, keep) {
      const types = regions.get(region);
      for (const type of types?.keys() ?? []) if (!keep.has(type)) types?.delete(type);
    },
  };
}
