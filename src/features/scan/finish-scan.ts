// The end of a scan: scores, findings of accounts that are gone, what changed. Done once, whichever process comes first.

import type { Organization } from '../../domain/account.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Store } from '../../platform/store/contract.ts';
import { storableJson } from '../../platform/store/storable.ts';
import { delegationsOf, saveRelationships, storedAccounts } from '../discovery/index.ts';
import {
  endFindings,
  expireSuppressions,
  saveAccountScore,
  scanDelta,
  scanScore,
  type ScanDelta,
} from '../findings/index.ts';
import { pruneScans } from './prune.ts';
import { type ScanRecord, discoveryPart } from './scan-store.ts';

export interface FinishedScan {
  id: string;
  organizationId: string;
  startedAt: string;
  finishedAt: string;
  /** Null when nothing could be scored, or when the list of accounts may lack some: then no score can be given. */
  score: number | null;
  coverage: number;
  delta: ScanDelta;
  apiCalls: number;
}

interface Dependencies {
  store: Store;
  clock: Clock;
  /** Evidence of older scans is deleted; undefined to keep it. */
  retentionDays?: number | undefined;
}

const dayMs = 24 * 60 * 60 * 1000;

/** What of the organisation discovery could not see. */
async function unseen(store: Store, scan: ScanRecord): Promise<{ accounts: boolean; unlisted: number }> {
  const { rows } = await store.pool.query<{ accounts: boolean; unlisted: number }>(
    `select coalesce(bool_or(collector = $3), false) as accounts,
            count(distinct collector) filter (where starts_with(collector, $4)) as unlisted
       from gap where scan = $1 and organization_id = $2`,
    [scan.id, scan.organizationId, discoveryPart.accounts, `${discoveryPart.unlisted} `],
  );
  return rows[0] ?? { accounts: false, unlisted: 0 };
}

/** Findings of accounts that were closed or left end as such; nothing of them counts as resolved. */
async function endGoneAccounts(store: Store, scan: ScanRecord, at: string): Promise<void> {
  for (const account of await storedAccounts(store.pool, scan.organizationId)) {
    if (!account.left && account.status !== 'CLOSED') continue;
    const cause = account.left ? 'account-left' : 'account-closed';
    await store.transaction((client) =>
      endFindings(client, { organization: scan.organizationId, account: account.id, cause, at, scan: scan.id }),
    );
  }
}

async function finished(store: Store, scan: ScanRecord): Promise<FinishedScan | undefined> {
  const { rows } = await store.pool.query<{ summary: FinishedScan }>(
    "select summary from scan where id = $1 and organization_id = $2 and status = 'finished'",
    [scan.id, scan.organizationId],
  );
  return rows[0]?.summary;
}

/** Ends the scan, or tells how it ended when another process was first. Must run under the scan's `finish` lock. */
export async function finishScan(
  scan: ScanRecord,
  organization: Organization,
  { store, clock, retentionDays }: Dependencies,
): Promise<FinishedScan> {
  const ended = await finished(store, scan);
  if (ended !== undefined) return ended;
  const at = clock.now().toISOString();
  const { rows } = await store.pool.query<{ account: string }>(
    "select account from scan_account where scan = $1 and organization_id = $2 and status in ('complete', 'partial') and score is null",
    [scan.id, scan.organizationId],
  );
  for (const { account } of rows) await saveAccountScore(store, scan.organizationId, scan.id, account);
  await saveRelationships(store.pool, scan.organizationId, scan.id, at, delegationsOf(organization));
  await endGoneAccounts(store, scan, at);
  await expireSuppressions(store, scan.organizationId, at);
  const lacking = await unseen(store, scan);
  const [score, delta] = await Promise.all([
    scanScore(store, scan.organizationId, scan.id, lacking.unlisted),
    scanDelta(store, { organization: scan.organizationId }, scan.id),
  ]);
  const summary: FinishedScan = {
    id: scan.id,
    organizationId: scan.organizationId,
    startedAt: scan.startedAt,
    finishedAt: at,
    score: lacking.accounts ? null : score.score,
    coverage: score.coverage,
    delta,
    apiCalls: 0,
  };
  for (const [account, one] of score.accounts) {
    await store.pool.query(
      'update scan_account set score = $4, coverage = $5 where scan = $1 and organization_id = $2 and account = $3',
      [scan.id, scan.organizationId, account, one.basis === 'read' ? one.score : 0, one.coverage],
    );
  }
  const { rows: counted } = await store.pool.query<{ api_calls: number }>(
    'select api_calls from scan where id = $1 and organization_id = $2',
    [scan.id, scan.organizationId],
  );
  summary.apiCalls = counted[0]?.api_calls ?? 0;
  await store.pool.query(
    "update scan set status = 'finished', finished_at = $3, summary = $4 where id = $1 and organization_id = $2",
    [scan.id, scan.organizationId, at, storableJson(summary)],
  );
  if (retentionDays !== undefined) {
    const before = new Date(Date.parse(at) - retentionDays * dayMs).toISOString();
    await pruneScans(store, scan.organizationId, before);
  }
  return summary;
}
