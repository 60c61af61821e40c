// The organisation and its accounts in the store.

import type { Account, AccountStatus, Organization } from '../../domain/account.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { storableJson } from '../../platform/store/storable.ts';
import type { Store } from '../../platform/store/contract.ts';
import type { Discovery } from './contract.ts';
import { type TaggedAccount, tagsNotRead } from './account-tags.ts';
import { type AccountEvent, type KnownAccount, accountEvents, tagsEvent } from './history.ts';

interface AccountRow {
  id: string;
  name: string;
  email: string;
  status: AccountStatus;
  ou_path: string;
  ou_ids: string[];
  joined_at: string;
  tags: Evidence<Record<string, string>>;
  context: Account['context'];
  is_management: boolean;
  left_at: string | null;
}

function accountOf(row: AccountRow): KnownAccount {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    status: row.status,
    ouPath: row.ou_path,
    ouIds: row.ou_ids,
    joinedAt: row.joined_at,
    tags: row.tags,
    context: row.context,
    isManagement: row.is_management,
    left: row.left_at !== null,
  };
}

interface Queryable {
  query<R extends object>(text: string, values?: unknown[]): Promise<{ rows: R[] }>;
}

/** The accounts of an organisation, those that left included, by id. */
export async function storedAccounts(client: Queryable, organizationId: string): Promise<KnownAccount[]> {
  const { rows } = await client.query<AccountRow>(
    `select id, name, email, status, ou_path, ou_ids, joined_at, tags, context, is_management, left_at
       from account where organization_id = $1 order by id`,
    [organizationId],
  );
  return rows.map(accountOf);
}

/** The organisation as it was discovered last; undefined when there is none. */
export async function storedOrganization(client: Queryable, organizationId: string): Promise<Organization | undefined> {
  const { rows } = await client.query<{ detail: Organization }>('select detail from organization where id = $1', [
    organizationId,
  ]);
  return rows[0]?.detail;
}

/** Organisations of this store, the one that was discovered last first. */
export async function storedOrganizations(client: Queryable): Promise<Organization[]> {
  const { rows } = await client.query<{ detail: Organization }>(
    'select detail from organization order by discovered_at desc, id',
  );
  return rows.map((row) => row.detail);
}

/**
 * Writes what was discovered: what could not be read this time (a place, tags) leaves what was known. With an event for every change, in one transaction.
 * @returns ids of the accounts that have left since.
 */
export async function saveDiscovery(
  store: Store,
  discovery: Discovery,
  at: string,
  scan: string | null,
): Promise<string[]> {
  const { organization, accounts } = discovery;
  return await store.transaction(async (client) => {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [`discovery ${organization.id}`]);
    await client.query(
      `insert into organization (id, partition, management_account, reachable, root_id, simulated, discovered_at, detail)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (id) do update set partition = excluded.partition, management_account = excluded.management_account,
         reachable = excluded.reachable, root_id = excluded.root_id, simulated = excluded.simulated,
         discovered_at = excluded.discovered_at, detail = excluded.detail`,
      [
        organization.id,
        organization.partition,
        storableJson(organization.managementAccount),
        organization.reachable,
        organization.rootId,
        organization.simulated,
        at,
        storableJson(organization),
      ],
    );
    const known = await storedAccounts(client, organization.id);
    const events = accountEvents(known, accounts, discovery.accountListComplete && organization.reachable);
    await client.query(
      `insert into account (organization_id, id, name, email, status, ou_path, ou_ids, joined_at, tags, context, is_management, first_seen, last_seen)
       select $1, a.id, a.name, a.email, a.status, a."ouPath", array(select jsonb_array_elements_text(a."ouIds")), a."joinedAt",
              a.tags, a.context, a."isManagement", $3, $3
         from jsonb_to_recordset($2::jsonb) as a(id text, name text, email text, status text, "ouPath" text, "ouIds" jsonb,
              "joinedAt" text, tags jsonb, context jsonb, "isManagement" bool)
       on conflict (organization_id, id) do update set
         name = case when excluded.name = excluded.id then account.name else excluded.name end,
         email = case when excluded.email = '' then account.email else excluded.email end,
         joined_at = case when excluded.joined_at = '' then account.joined_at else excluded.joined_at end,
         status = excluded.status,
         ou_path = case when excluded.ou_path = '?' then account.ou_path else excluded.ou_path end,
         ou_ids = case when excluded.ou_path = '?' then account.ou_ids else excluded.ou_ids end,
         tags = case when excluded.tags = $4 then account.tags else excluded.tags end,
         context = case when excluded.tags = $4 then account.context else excluded.context end,
         is_management = excluded.is_management, last_seen = excluded.last_seen, left_at = null`,
      [organization.id, storableJson(accounts), at, storableJson(tagsNotRead)],
    );
    const left = events.filter((event) => event.kind === 'left').map((event) => event.account);
    await client.query(
      `update account set left_at = $3, status = 'LEFT' where organization_id = $1 and id = any($2::text[])`,
      [organization.id, left, at],
    );
    await saveEvents(client, organization.id, events, at, scan);
    return left;
  });
}

/** Writes tags that were read after the discovery, with an event where they changed, in the caller's transaction. */
export async function saveAccountTags(
  client: Queryable,
  organizationId: string,
  tagged: readonly TaggedAccount[],
  at: string,
  scan: string,
): Promise<void> {
  const { rows: before } = await client.query<Pick<AccountRow, 'id' | 'tags'>>(
    'select id, tags from account where organization_id = $1 and id = any($2::text[]) order by id for update',
    [organizationId, tagged.map((account) => account.id)],
  );
  const known = new Map(before.map((row) => [row.id, row.tags]));
  const events = tagged.flatMap(({ id, tags }) => tagsEvent(id, known.get(id) ?? tagsNotRead, tags));
  await client.query(
    `update account set tags = t.tags, context = t.context
       from jsonb_to_recordset($2::jsonb) as t(id text, tags jsonb, context jsonb)
      where account.organization_id = $1 and account.id = t.id`,
    [organizationId, storableJson(tagged)],
  );
  await saveEvents(client, organizationId, events, at, scan);
}

async function saveEvents(
  client: Queryable,
  organizationId: string,
  events: readonly AccountEvent[],
  at: string,
  scan: string | null,
): Promise<void> {
  if (events.length === 0) return;
  await client.query(
    `insert into account_event (organization_id, account, at, kind, before, after, scan)
     select $1, e.account, $3, e.kind, e.before, e.after, $4
       from jsonb_to_recordset($2::jsonb) as e(account text, kind text, before jsonb, after jsonb)`,
    [organizationId, storableJson(events), at, scan],
  );
}
