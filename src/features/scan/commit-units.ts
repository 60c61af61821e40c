// Commits what units gave: resources by content, what each unit saw, its gaps and its state.

import type pg from 'pg';
import type { AnyResource } from '../../domain/resource.ts';
import { storableJson } from '../../platform/store/storable.ts';
import type { Store } from '../../platform/store/contract.ts';
import { type UnitResult, unitKey } from '../inventory/index.ts';
import { insertGaps } from './commit-gaps.ts';
import { hashOf, newestResources } from './resource-versions.ts';
import { type ScanRecord, holdFence } from './scan-store.ts';

/** The types of which all there is was seen, by region; of services without a region in all of them. */
function whollyRead(results: readonly UnitResult[]): { type: string; region: string | null }[] {
  return results.flatMap(({ unit, complete }) => {
    if (!complete) return [];
    const region = unit.region === 'global' ? null : unit.region;
    return unit.collector.collector.types.map((type) => ({ type, region }));
  });
}

/** Leaves out what an earlier attempt committed: finished units, and the part of a large unit that ends where it stands. */
async function notYetCommitted(
  client: pg.PoolClient,
  scan: ScanRecord,
  account: string,
  results: readonly UnitResult[],
): Promise<UnitResult[]> {
  const regions = [...new Set(results.map(({ unit }) => unit.region))];
  const { rows } = await client.query<{ region: string; collector: string; status: string; cursor: string | null }>(
    `select region, collector, status, cursor from unit
      where scan = $1 and organization_id = $2 and account = $3 and region = any($4)`,
    [scan.id, scan.organizationId, account, regions],
  );
  const known = new Map(rows.map((row) => [unitKey(row.region, row.collector), row]));
  return results.filter(({ unit, cursor }) => {
    const row = known.get(unitKey(unit.region, unit.collector.id));
    return row === undefined || (row.status === 'pending' && (cursor === undefined || row.cursor !== cursor));
  });
}

interface Content {
  /** Every version of a resource once. */
  rows: (AnyResource & { hash: string })[];
  /** What each unit saw. */
  seen: { region: string; collector: string; hashes: string[] }[];
}

function contentOf(results: readonly UnitResult[]): Content {
  const versions = new Map<string, AnyResource>();
  const seen: Content['seen'] = [];
  for (const result of results) {
    const hashes: string[] = [];
    for (const resource of result.resources) {
      const hash = hashOf(resource);
      versions.set(hash, resource);
      hashes.push(hash);
    }
    seen.push({ region: result.unit.region, collector: result.unit.collector.id, hashes });
  }
  return { rows: [...versions].map(([hash, resource]) => ({ hash, ...resource })), seen };
}

/**
 * Resources by content, what each unit saw, and the units' states, in one statement. A unit that was read to the end shows
 * what is gone: the newest known state forgets it; versions and manifests keep it.
 */
const write = `
  with ${newestResources('$2', '$4')}, seen as (
    insert into manifest (organization_id, scan, account, region, collector, hashes)
    select $1, $2, $3, m.region, m.collector, array(select jsonb_array_elements_text(m.hashes))
      from jsonb_to_recordset($5::jsonb) as m(region text, collector text, hashes jsonb)
    on conflict (scan, account, region, collector) do update set hashes = manifest.hashes || excluded.hashes
  ), gone as (
    delete from resource using jsonb_to_recordset($8::jsonb) as s(type text, region text)
      where resource.organization_id = $1 and resource.account = $3 and resource.scan <> $2 and resource.collected_at < $9
        and resource.type = s.type and (s.region is null or resource.region = s.region)
        and not exists (
          select from r where r.account = resource.account and r.region = resource.region and r.type = resource.type
            and r.arn = resource.arn
        )
  )
  insert into unit (organization_id, scan, account, region, collector, status, cursor, attempts, resources, finished_at)
  select $1, $2, $3, u.region, u.collector, u.status, u.cursor, 1, u.resources,
         case when u.status = 'pending' then null else $7::timestamptz end
    from jsonb_to_recordset($6::jsonb) as u(region text, collector text, status text, cursor text, resources int)
  on conflict (scan, account, region, collector) do update set status = excluded.status, cursor = excluded.cursor,
    attempts = unit.attempts + 1, resources = unit.resources + excluded.resources, finished_at = excluded.finished_at`;

/**
 * Commits results in the caller's transaction: resources, what each unit saw, its gaps and its state. Repeating it changes
 * nothing.
 * @throws FenceLost when another process has taken the account
 */
export async function commitUnitsIn(
  client: pg.PoolClient,
  scan: ScanRecord,
  account: string,
  fence: number,
  given: readonly UnitResult[],
  at: string,
): Promise<void> {
  await holdFence(client, scan, account, fence, 'share');
  const results = await notYetCommitted(client, scan, account, given);
  if (results.length === 0) return;
  const { rows, seen } = contentOf(results);
  const units = results.map((result) => ({
    region: result.unit.region,
    collector: result.unit.collector.id,
    status: result.cursor === undefined ? (result.complete ? 'done' : 'incomplete') : 'pending',
    cursor: result.cursor ?? null,
    resources: result.resources.length,
  }));
  await client.query(write, [
    scan.organizationId,
    scan.id,
    account,
    storableJson(rows),
    storableJson(seen),
    storableJson(units),
    at,
    storableJson(whollyRead(results)),
    scan.startedAt,
  ]);
  const gaps = results.flatMap((result) =>
    result.gaps.map((gap) => ({ ...gap, account, region: result.unit.region, collector: result.unit.collector.id })),
  );
  await insertGaps(client, scan, gaps);
}

/** Commits results in a transaction of their own. See `commitUnitsIn`. */
export async function commitUnits(
  store: Store,
  scan: ScanRecord,
  account: string,
  fence: number,
  given: readonly UnitResult[],
  at: string,
): Promise<void> {
  // A scan can collect it again: the commit need not wait for the disk.
  await store.transaction(async (client) => await commitUnitsIn(client, scan, account, fence, given, at), {
    durable: false,
  });
}
