// Scores from the counted verdicts in the store.

import type { Store } from '../../platform/store/contract.ts';
import { type Pair, type Score, type Tally, addTallies, countedTallies, scoreOf, tallyOf } from './score.ts';
import { storableJson } from '../../platform/store/storable.ts';

/** The pairs of one account in one scan. */
export async function accountPairs(store: Store, organization: string, scan: string, account: string): Promise<Pair[]> {
  const { rows } = await store.pool.query<Pair>(
    `select check_id as check, region, severity, pass, fail, not_applicable as "notApplicable", manual, unknown, complete
       from verdict_count where organization_id = $1 and scan = $2 and account = $3 order by check_id, region`,
    [organization, scan, account],
  );
  return rows;
}

/**
 * Scores an account when its scan has ended, and keeps the result with the scan. Every scope that was selected must be
 * committed by then, those that could not be read as incomplete: what has no row does not count.
 */
export async function saveAccountScore(
  store: Store,
  organization: string,
  scan: string,
  account: string,
): Promise<Score> {
  const tally = tallyOf(await accountPairs(store, organization, scan, account));
  const score = scoreOf(tally);
  await store.pool.query(
    'update scan_account set score = $4, coverage = $5, pairs = $6 where organization_id = $1 and scan = $2 and account = $3',
    [organization, scan, account, score.score, score.coverage, storableJson(tally)],
  );
  return score;
}

/** How an account counts: by what was read, by what the last complete scan knew, or as the median account. */
export type Basis = 'read' | 'last-known' | 'median';

export interface ScanScore extends Score {
  accounts: Map<string, Score & { basis: Basis }>;
}

interface Row {
  account: string;
  read: Tally | null;
  last_known: Tally | null;
}

/**
 * The score of a scan: of the organisation, which is the sum over its accounts, and of each of them.
 * Accounts that the scan could not read count without credit; those that it skipped (closed, not selected) not at all.
 */
export async function scanScore(store: Store, organization: string, scan: string): Promise<ScanScore> {
  const { rows } = await store.pool.query<Row>(
    `select a.account, case when a.status in ('complete', 'partial') then a.pairs end as read, known.pairs as last_known
       from scan_account a
       join scan s on s.id = a.scan
       left join lateral (
         select k.pairs from scan_account k join scan ks on ks.id = k.scan
          where k.organization_id = a.organization_id and k.account = a.account and k.pairs is not null
            and k.status in ('complete', 'partial') and ks.started_at < s.started_at and ks.options @> '{"complete": true}'
          order by ks.started_at desc limit 1
       ) known on a.status not in ('complete', 'partial') or a.pairs is null
      where a.organization_id = $1 and a.scan = $2 and a.status <> 'skipped' order by a.account`,
    [organization, scan],
  );
  const tallies = countedTallies(
    rows.map((row) => ({ account: row.account, read: row.read ?? undefined, lastKnown: row.last_known ?? undefined })),
  );
  const accounts = new Map<string, Score & { basis: Basis }>();
  for (const row of rows) {
    const tally = tallies.get(row.account);
    if (tally === undefined) continue;
    const basis: Basis = row.read !== null ? 'read' : row.last_known !== null ? 'last-known' : 'median';
    accounts.set(row.account, { ...scoreOf(tally), basis });
  }
  return { ...scoreOf(addTallies(tallies.values())), accounts };
}
