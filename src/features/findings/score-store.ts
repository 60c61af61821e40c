// Scores from the counted verdicts in the store.

import type { Store } from '../../platform/store/contract.ts';
import { type Pair, type Score, type Tally, organizationScore, scoreOf, tallyOf } from './score.ts';
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
 * The score of a scan: of the organisation and of each of its accounts. Accounts that the scan could not read score 0;
 * those that it skipped (closed, not selected) do not count.
 * @param unlistedUnits units of the organisation whose units or accounts could not be listed: they lower the coverage
 * @param only these accounts; default all
 */
export async function scanScore(
  store: Store,
  organization: string,
  scan: string,
  unlistedUnits = 0,
  only?: readonly string[],
): Promise<ScanScore> {
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
      where a.organization_id = $1 and a.scan = $2 and a.status <> 'skipped'
        and ($3::text[] is null or a.account = any($3))
      order by a.account`,
    [organization, scan, only ?? null],
  );
  const accounts = new Map<string, Score & { basis: Basis }>();
  for (const { account, read, last_known: lastKnown } of rows) {
    const basis: Basis = read !== null ? 'read' : lastKnown !== null ? 'last-known' : 'median';
    accounts.set(account, { ...(read === null ? { score: 0, coverage: 0 } : scoreOf(read)), basis });
  }
  const counted = rows.map((row) => ({ read: row.read ?? undefined, lastKnown: row.last_known ?? undefined }));
  return { ...organizationScore(counted, unlistedUnits), accounts };
}
