// The tags of a scan's accounts, read while the accounts themselves are read. A unit of work with a cursor: what was
// read before an interruption is not read again.

import type pg from 'pg';
import type { Store } from '../../platform/store/contract.ts';
import { type DiscoveryDependencies, readAccountTags, saveAccountTags, tagCallsAtOnce } from '../discovery/index.ts';
import { insertGaps } from './commit-gaps.ts';
import { type ScanRecord, discoveryPart } from './scan-store.ts';

const collector = 'discovery/tags';
/** Neither a region nor `global`: no scope is judged by it. */
const region = 'organization';

/** Notes with a new scan that the tags of its accounts are to be read, through the account of the credentials. */
export async function planAccountTags(client: pg.PoolClient, scan: ScanRecord): Promise<void> {
  await client.query(
    `insert into unit (organization_id, scan, account, region, collector, status) values ($1, $2, $3, $4, $5, 'pending')
     on conflict do nothing`,
    [scan.organizationId, scan.id, scan.options.identity, region, collector],
  );
}

/**
 * Reads the tags that are still to be read, a few accounts at a time, and commits them with their gaps. Must run under
 * the scan's `tags` lock. Refusals of AWS are gaps.
 * @throws what `signal` was aborted with; errors of the store.
 */
export async function readRemainingTags(
  store: Store,
  scan: ScanRecord,
  dependencies: DiscoveryDependencies & { now: () => string },
): Promise<void> {
  const unit = [scan.organizationId, scan.id, scan.options.identity, region, collector];
  const { rows: pending } = await store.pool.query<{ cursor: string | null }>(
    `select cursor from unit where organization_id = $1 and scan = $2 and account = $3 and region = $4 and collector = $5
        and status = 'pending'`,
    unit,
  );
  if (pending[0] === undefined) return;
  const { rows: accounts } = await store.pool.query<{ id: string; ouPath: string }>(
    `select a.id, a.ou_path as "ouPath" from scan_account s
       join account a on a.organization_id = s.organization_id and a.id = s.account
      where s.organization_id = $1 and s.scan = $2 and a.id collate "C" > $3 order by a.id collate "C"`,
    [scan.organizationId, scan.id, pending[0].cursor ?? ''],
  );
  for (let at = 0; at < accounts.length; at += tagCallsAtOnce) {
    dependencies.signal?.throwIfAborted();
    const batch = accounts.slice(at, at + tagCallsAtOnce);
    const { tagged, gaps } = await readAccountTags(dependencies, batch);
    await store.transaction(
      async (client) => {
        await saveAccountTags(client, scan.organizationId, tagged, dependencies.now(), scan.id);
        await insertGaps(
          client,
          scan,
          gaps.map((gap) => ({ ...gap, region: 'global', collector: discoveryPart.other })),
        );
        await client.query(
          `update unit set cursor = $6, resources = resources + $7
            where organization_id = $1 and scan = $2 and account = $3 and region = $4 and collector = $5`,
          [...unit, batch.at(-1)?.id ?? '', batch.length],
        );
      },
      { durable: false },
    );
  }
  await store.pool.query(
    `update unit set status = case when exists (select from gap where scan = $2 and organization_id = $1
          and action = 'organizations:ListTagsForResource') then 'incomplete' else 'done' end,
        attempts = attempts + 1, finished_at = $6
      where organization_id = $1 and scan = $2 and account = $3 and region = $4 and collector = $5`,
    [...unit, dependencies.now()],
  );
}
