// Scans, their accounts and units in the store: creating, resuming, claiming and committing.

import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Account } from '../../domain/account.ts';
import { canonicalJson } from '../../domain/json.ts';
import { storableJson } from '../../platform/store/storable.ts';
import type { Store } from '../../platform/store/contract.ts';
import type { ScanOptions } from './options.ts';

export type AccountScanStatus = 'pending' | 'running' | 'complete' | 'partial' | 'denied' | 'failed' | 'skipped';

/** One scan, as far as its processes share it. */
export interface ScanRecord {
  id: string;
  organizationId: string;
  startedAt: string;
  options: ScanOptions;
}

/**
 * Collector ids of discovery's gaps: of `accounts` when the list of accounts may lack some, `unlisted` followed by its
 * id for a parent that could not be listed, `other` for the rest.
 */
export const discoveryPart = {
  other: 'discovery',
  accounts: 'discovery-accounts',
  unlisted: 'discovery-unlisted',
} as const;

export interface ScanAccountRecord {
  account: string;
  status: AccountScanStatus;
  regions: string[];
}

/** Sortable by time; the random tail keeps two scans of one millisecond apart. */
function newScanId(at: string): string {
  return `${at.replace(/[-:.]/g, '')}-${randomBytes(4).toString('hex')}`;
}

/**
 * The scan that was begun with the same options by the same identity and is not finished; undefined when there is none.
 * One that other checks or parameters began is not it: its accounts would be judged by different rules.
 * @param since scans that started before count as interrupted: their evidence would be too old.
 */
export async function unfinishedScan(
  store: Store,
  options: ScanOptions,
  catalogueVersion: string,
  since: string,
): Promise<ScanRecord | undefined> {
  await store.pool.query("update scan set status = 'interrupted' where status = 'running' and started_at < $1", [
    since,
  ]);
  const { rows } = await store.pool.query<{
    id: string;
    organization_id: string;
    started_at: string;
    options: ScanOptions;
  }>(
    `select id, organization_id, started_at, options from scan
      where status = 'running' and started_at >= $1 and catalogue_version = $2 order by started_at desc limit 50`,
    [since, catalogueVersion],
  );
  const wanted = canonicalJson(options);
  const row = rows.find((one) => canonicalJson(one.options) === wanted);
  if (row === undefined) return undefined;
  return { id: row.id, organizationId: row.organization_id, startedAt: row.started_at, options: row.options };
}

/** Begins a scan of the given accounts. Those that are not active are skipped from the start, each with a gap that says so. */
export async function createScan(
  store: Store,
  begin: {
    organizationId: string;
    options: ScanOptions;
    accounts: readonly Account[];
    at: string;
    simulated: boolean;
    catalogueVersion: string;
    programVersion: string;
  },
  also: (client: pg.PoolClient, scan: ScanRecord) => Promise<void> = async () => undefined,
): Promise<ScanRecord> {
  const id = newScanId(begin.at);
  const scan = { id, organizationId: begin.organizationId, startedAt: begin.at, options: begin.options };
  await store.transaction(async (client) => {
    await client.query(
      `insert into scan (id, organization_id, started_at, status, simulated, options, catalogue_version, program_version, api_calls)
       values ($1, $2, $3, 'running', $4, $5, $6, $7, 0)`,
      [
        id,
        begin.organizationId,
        begin.at,
        begin.simulated,
        storableJson(begin.options),
        begin.catalogueVersion,
        begin.programVersion,
      ],
    );
    await client.query(
      `insert into scan_account (organization_id, scan, account, status, fence, detail)
       select $1, $2, a.id, case when a.status = 'ACTIVE' then 'pending' else 'skipped' end, 0,
              case when a.status = 'ACTIVE' then null else jsonb_build_object('accountStatus', a.status) end
         from jsonb_to_recordset($3::jsonb) as a(id text, status text)`,
      [
        begin.organizationId,
        id,
        storableJson(begin.accounts.map((account) => ({ id: account.id, status: account.status }))),
      ],
    );
    const closed = begin.accounts.filter((account) => account.status !== 'ACTIVE');
    await client.query(
      `insert into gap (organization_id, scan, account, region, collector, service, action, reason, detail)
       select $1, $2, a.id, 'global', 'account', '*', '*', 'unsupported', a.detail
         from jsonb_to_recordset($3::jsonb) as a(id text, detail text)`,
      [
        begin.organizationId,
        id,
        storableJson(
          closed.map(({ id: account, status }) => ({
            id: account,
            detail: `The account is ${status}: AWS lets nobody read it.`,
          })),
        ),
      ],
    );
    await also(client, scan);
  });
  return scan;
}

export async function scanAccounts(store: Store, scan: ScanRecord): Promise<ScanAccountRecord[]> {
  const { rows } = await store.pool.query<ScanAccountRecord>(
    'select account, status, regions from scan_account where scan = $1 and organization_id = $2 order by account',
    [scan.id, scan.organizationId],
  );
  return rows;
}

/**
 * Takes an account for this process: whoever held it before can commit nothing any more.
 * @returns the fence to commit with, and what was known; undefined when it is finished already.
 */
export async function claimAccount(
  store: Store,
  scan: ScanRecord,
  account: string,
  at: string,
): Promise<{ fence: number; regions: string[] } | undefined> {
  const { rows } = await store.pool.query<{ fence: number; regions: string[] }>(
    `update scan_account set fence = fence + 1, status = 'running', started_at = coalesce(started_at, $4)
      where scan = $1 and organization_id = $2 and account = $3 and status in ('pending', 'running')
      returning fence, regions`,
    [scan.id, scan.organizationId, account, at],
  );
  return rows[0];
}

/** Thrown when another process has taken the account: this one stops working on it and loses nothing. */
export class FenceLost extends Error {}

/**
 * Locks the account's row and checks that this process still holds it.
 * @param lock `share` lets the regions of the account commit side by side
 * @throws FenceLost when another process has taken the account.
 */
export async function holdFence(
  client: pg.PoolClient,
  scan: ScanRecord,
  account: string,
  fence: number,
  lock: 'share' | 'update' = 'update',
): Promise<void> {
  const { rows } = await client.query<{ fence: number }>(
    `select fence from scan_account where scan = $1 and account = $2 and organization_id = $3 for ${lock}`,
    [scan.id, account, scan.organizationId],
  );
  if (rows[0]?.fence !== fence) throw new FenceLost(`account ${account} was taken by another process`);
}

export async function saveRegions(
  store: Store,
  scan: ScanRecord,
  account: string,
  fence: number,
  regions: readonly string[],
): Promise<void> {
  await store.pool.query(
    'update scan_account set regions = $5 where scan = $1 and organization_id = $2 and account = $3 and fence = $4',
    [scan.id, scan.organizationId, account, fence, regions],
  );
}

/** Ends an account's scan. */
export async function finishAccount(
  store: Store,
  scan: ScanRecord,
  account: string,
  fence: number,
  status: AccountScanStatus,
  detail: Record<string, unknown>,
  at: string,
): Promise<void> {
  await store.transaction(async (client) => {
    await holdFence(client, scan, account, fence);
    await client.query(
      `update scan_account set status = $4, detail = $5, finished_at = $6
        where scan = $1 and organization_id = $2 and account = $3`,
      [scan.id, scan.organizationId, account, status, storableJson(detail), at],
    );
  });
}

/** Adds calls to AWS that one process made for the scan. */
export async function addApiCalls(store: Store, scan: ScanRecord, calls: number): Promise<void> {
  if (calls === 0) return;
  await store.pool.query('update scan set api_calls = api_calls + $3 where id = $1 and organization_id = $2', [
    scan.id,
    scan.organizationId,
    calls,
  ]);
}

/** The selected regions that no account of the scan has enabled. */
export async function regionsNowhere(store: Store, scan: ScanRecord): Promise<string[]> {
  const { rows } = await store.pool.query<{ region: string }>(
    `select r.region from unnest($3::text[]) with ordinality as r(region, place)
      where not exists (select from scan_account s where s.scan = $1 and s.organization_id = $2 and r.region = any(s.regions))
      order by r.place`,
    [scan.id, scan.organizationId, scan.options.regions],
  );
  return rows.map((row) => row.region);
}
