// What an interrupted scan has committed of an account, as unit results again: so that it can be judged without reading it twice.

import type { UnreadReason } from '../../domain/evidence.ts';
import type { AnyResource } from '../../domain/resource.ts';
import type { Store } from '../../platform/store/contract.ts';
import { type RegisteredCollector, type UnitResult, unitKey } from '../inventory/index.ts';
import type { ScanRecord } from './scan-store.ts';

interface UnitRow {
  region: string;
  collector: string;
  status: 'pending' | 'done' | 'incomplete';
  cursor: string | null;
}

interface ResourceRow {
  unit_region: string;
  collector: string;
  type: string;
  arn: string;
  account: string;
  region: string;
  name: string;
  tags: unknown;
  config: unknown;
  collected_at: string;
}

export interface StoredUnits {
  /** Keys of the units that are finished, wholly read or not. */
  done: Set<string>;
  /** Where large units stopped. */
  cursors: Map<string, string>;
  results: UnitResult[];
}

/** The units of an account that this scan has committed. `withResources` is false when nothing is left to judge. */
export async function storedUnits(
  store: Store,
  scan: ScanRecord,
  account: string,
  collectors: readonly RegisteredCollector[],
  withResources: boolean,
): Promise<StoredUnits> {
  const scope = [scan.id, scan.organizationId, account];
  const byId = new Map(collectors.map((collector) => [collector.id, collector]));
  const units = await store.pool.query<UnitRow>(
    'select region, collector, status, cursor from unit where scan = $1 and organization_id = $2 and account = $3',
    scope,
  );
  const known = units.rows.filter((row) => byId.has(row.collector));
  const done = new Set(
    known.filter((row) => row.status !== 'pending').map((row) => unitKey(row.region, row.collector)),
  );
  const cursors = new Map(
    known.flatMap((row) =>
      row.status === 'pending' && row.cursor !== null
        ? [[unitKey(row.region, row.collector), row.cursor] as const]
        : [],
    ),
  );
  if (!withResources || known.length === 0) return { done, cursors, results: [] };

  const results = new Map<string, UnitResult>();
  for (const row of known) {
    const collector = byId.get(row.collector);
    if (collector === undefined) continue;
    results.set(unitKey(row.region, row.collector), {
      unit: { region: row.region, collector },
      resources: [],
      gaps: [],
      complete: row.status === 'done',
      ...(row.status === 'pending' ? { cursor: row.cursor ?? '' } : {}),
    });
  }
  const resources = await store.pool.query<ResourceRow>(
    `select m.region as unit_region, m.collector, v.type, v.arn, v.account, v.region, v.name, v.tags, v.config,
            to_char(v.first_collected_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as collected_at
       from manifest m cross join lateral unnest(m.hashes) with ordinality as h(hash, place)
       join resource_version v on v.organization_id = m.organization_id and v.hash = h.hash
      where m.scan = $1 and m.organization_id = $2 and m.account = $3 order by m.region, m.collector, h.place`,
    scope,
  );
  for (const { unit_region: unitRegion, collector, collected_at: collectedAt, ...rest } of resources.rows) {
    // Written by commitUnits from typed resources: the store is trusted to give back what it took.
    results.get(unitKey(unitRegion, collector))?.resources.push({ ...rest, collectedAt } as unknown as AnyResource);
  }
  const gaps = await store.pool.query<{
    region: string;
    collector: string;
    service: string;
    action: string;
    reason: UnreadReason;
    detail: string;
  }>(
    'select region, collector, service, action, reason, detail from gap where scan = $1 and organization_id = $2 and account = $3',
    scope,
  );
  for (const { region, collector, ...gap } of gaps.rows) results.get(unitKey(region, collector))?.gaps.push(gap);
  return { done, cursors, results: [...results.values()] };
}

/** Scopes of an account whose findings are committed. */
export async function judgedScopes(store: Store, scan: ScanRecord, account: string): Promise<Set<string>> {
  const { rows } = await store.pool.query<{ region: string }>(
    'select region from scope_judged where scan = $1 and organization_id = $2 and account = $3',
    [scan.id, scan.organizationId, account],
  );
  return new Set(rows.map((row) => row.region));
}
