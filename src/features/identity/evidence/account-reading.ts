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

/** The newest of an account's rows in a table. */
interface Newest<S extends string> {
  account: string;
  scan: string;
  status: S;
}

interface Facts {
  readonly unit: Newest<'done' | 'incomplete' | 'pending'> | undefined;
  readonly scan: Newest<string> | undefined;
  /** Why the newest scan left a gap in its users and roles; undefined where it left none. */
  readonly reason: string | undefined;
  readonly hasRows: boolean;
}

const statusWords: Readonly<Record<string, string>> = {
  denied: 'access was denied',
  failed: 'it could not be entered',
  skipped: 'it was skipped, because it is not active',
  pending: 'the scan has not come to it yet',
  running: 'the scan of it has not finished',
};

/**
 * How the newest scans left every account of the organisation, those that left it aside; by account id. Each table is read
 * once and joined here: asked account by account, PostgreSQL reads all units for every one.
 */
export async function accountReadings(
  store: Pick<Store, 'pool'>,
  organizationId: string,
): Promise<ReadonlyMap<string, AccountReading>> {
  const { rows: accounts } = await store.pool.query<{ id: string; hasRows: boolean }>(
    `select a.id, exists (select from resource r where r.organization_id = a.organization_id and r.account = a.id
                           and r.type in ('AWS::IAM::User', 'AWS::IAM::Role')) as "hasRows"
       from account a where a.organization_id = $1 and a.left_at is null`,
    [organizationId],
  );
  const { rows: units } = await store.pool.query<NonNullable<Facts['unit']>>(
    `select distinct on (account) account, scan, status from unit
      where organization_id = $1 and collector = $2 order by account, scan desc`,
    [organizationId, identityCollector],
  );
  const { rows: scans } = await store.pool.query<NonNullable<Facts['scan']>>(
    `select distinct on (account) account, scan, status from scan_account
      where organization_id = $1 order by account, scan desc`,
    [organizationId],
  );
  const unitOf = new Map(units.map((row) => [row.account, row]));
  const scanOf = new Map(scans.map((row) => [row.account, row]));
  const newest = new Map([...unitOf, ...scanOf].map(([account, row]) => [account, row.scan]));
  const { rows: gaps } = await store.pool.query<{ account: string; reason: string }>(
    `select g.account, min(g.reason) as reason
       from unnest($3::text[], $4::text[]) as n (account, scan)
       join gap g on g.organization_id = $1 and g.scan = n.scan and g.account = n.account
      where g.collector in ($2, 'account') group by g.account`,
    [organizationId, identityCollector, [...newest.keys()], [...newest.values()]],
  );
  const reasonOf = new Map(gaps.map((row) => [row.account, row.reason]));
  return new Map(
    accounts.map(({ id, hasRows }) => {
      const facts = { unit: unitOf.get(id), scan: scanOf.get(id), reason: reasonOf.get(id), hasRows };
      return [id, readingOf(id, facts)];
    }),
  );
}

function readingOf(account: string, { unit, scan, reason, hasRows }: Facts): AccountReading {
  // A later scan that entered the account without asking for IAM takes nothing back.
  const later = scan !== undefined && scan.scan > (unit?.scan ?? '');
  const shut = later && (scan.status === 'denied' || scan.status === 'failed');
  if (unit?.status === 'done' && !shut) return { account, identities: 'read', why: '' };
  const ofUnit = reason === undefined ? undefined : `reading its IAM was ${reason}`;
  const why =
    (shut || unit === undefined ? statusWords[scan?.status ?? ''] : ofUnit) ??
    (scan === undefined ? 'it was never scanned' : 'its IAM was not read');
  return { account, identities: hasRows ? 'stale' : 'unread', why };
}
