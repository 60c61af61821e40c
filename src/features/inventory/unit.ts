// The unit of work: one collector in one region of one account, and what came of it.

import type { UnreadReason } from '../../domain/evidence.ts';
import type { AnyResource } from '../../domain/resource.ts';
import type { Collector } from './contract.ts';

export interface RegisteredCollector {
  /** `<service>/<type>`, the collector's path. */
  id: string;
  collector: Collector;
}

/** `region` is `global` for a global collector. */
export interface Unit {
  region: string;
  collector: RegisteredCollector;
}

/** One thing that a unit could not read. */
export interface UnitGap {
  service: string;
  /** The operation, `<service>:<SDK operation>`, or `*`. */
  action: string;
  reason: UnreadReason;
  detail: string;
}

/**
 * What one unit gave. `complete` means that its lists were read to the end: only then may absence be concluded.
 * With `cursor` more is to come: the unit goes on after it.
 */
export interface UnitResult {
  unit: Unit;
  resources: AnyResource[];
  gaps: UnitGap[];
  complete: boolean;
  cursor?: string;
}

export const unitKey = (region: string, collector: string): string => `${region} ${collector}`;

/** The units of an account: global collectors once, regional ones in each region. */
export function unitsOf(collectors: readonly RegisteredCollector[], regions: readonly string[]): Unit[] {
  return collectors.flatMap((collector) =>
    collector.collector.scope === 'global'
      ? [{ region: 'global', collector }]
      : regions.map((region) => ({ region, collector })),
  );
}
