// Which accounts' users and roles were read, and which were not: of the latter nothing is said but "unknown".

import type { Store } from '../../../platform/store/contract.ts';

/** The unit of work that reads users, roles, groups and policies. */
const identityCollector = 'iam/authorization-details';

export interface AccountReading {
  readonly account: string;
  /**
   * - `read`: wholly, by the newest scan that tried.
   * - `stale`: an earlier scan read it, the newest that tried could not.
   * - `unread`: never.
   */
  readonly identities: 'read' | 'stale' | 'unread';
  /** For `stale` and `unread`: why, a sentence without its end. */
  readonly why: string;
}

interface ReadingRow {
  account: string;
  unit: 'done' | 'incomplete' | 'pending' | null;
  last_status: string | null;
  later: boolean | null;
  reason: string | null;
  has_rows: boolean;
}

const statusWords: Readonly<Record<string, string>> = {
  denied: 'access was denied',
  failed: 'it could not be entered',
  skipped: 'it was skipped, because it is not active',
  pending: 'the scan has not come to it yet',
  running: 'the scan of it has not finished',
};

/** How the newest scans left every account of the organisation, those that left it aside; by account id. */
export async function accountReadings(
  store: Pick<Store, 'pool'>,
  organizationId: string,
): Promise<ReadonlyMap<string, AccountReading>> {
  const { rows } = await store.pool.query<ReadingRow>(
    `select a.id as account, u.status as unit, s.status as last_status, s.scan > coalesce(u.scan, '') as later,
            (select min(g.reason) from gap g
              where g.organization_id = a.organization_id and g.account = a.id and g.scan = coalesce(s.scan, u.scan)
                and g.collector in ($2, 'account')) as reason,
            exists (select from resource r where r.organization_id = a.organization_id and r.account = a.id
                     and r.type in ('AWS::IAM::User', 'AWS::IAM::Role')) as has_rows
       from account a
       left join lateral (select status, scan from unit where organization_id = a.organization_id and account = a.id
                             and collector = $2 order by scan desc limit 1) u on true
       left join lateral (select status, scan from scan_account where organization_id = a.organization_id and account = a.id
                             order by scan desc limit 1) s on true
      where a.organization_id = $1 and a.left_at is null`,
    [organizationId, identityCollector],
  );
  return new Map(rows.map((row) => [row.account, readingOf(row)]));
}

function readingOf(row: ReadingRow): AccountReading {
  const { account } = row;
  // A later scan that entered the account without asking for IAM takes nothing back.
  const shut = row.later === true && (row.last_status === 'denied' || row.last_status === 'failed');
  if (row.unit === 'done' && !shut) return { account, identities: 'read', why: '' };
  const ofUnit = row.reason === null ? undefined : `reading its IAM was ${row.reason}`;
  const why =
    (shut || row.unit === null ? statusWords[row.last_status ?? ''] : ofUnit) ??
    (row.last_status === null ? 'it was never scanned' : 'its IAM was not read');
  return { account, identities: row.has_rows ? 'stale' : 'unread', why };
}
