// The organisation, its accounts and what ties them together.

import { bigserial, boolean, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { AccountContext, AccountStatus, Organization } from '../../../domain/account.ts';
import type { Partition } from '../../../domain/arn.ts';
import type { Evidence } from '../../../domain/evidence.ts';
import type { Json } from '../../../domain/json.ts';
import { instant, organizationId } from './columns.ts';

export type OrganizationDetail = Pick<
  Organization,
  'units' | 'policies' | 'delegatedAdministrators' | 'trustedServices' | 'rootCredentialsManagement'
>;

/** The organisation as the last discovery saw it. */
export const organization = pgTable('organization', {
  id: text().primaryKey(),
  partition: text().$type<Partition>().notNull(),
  managementAccount: jsonb('management_account').$type<Evidence<string>>().notNull(),
  reachable: boolean().notNull(),
  rootId: text('root_id').notNull(),
  simulated: boolean().notNull(),
  discoveredAt: instant('discovered_at').notNull(),
  detail: jsonb().$type<OrganizationDetail>().notNull(),
});

export const account = pgTable(
  'account',
  {
    organizationId: organizationId(),
    id: text().notNull(),
    name: text().notNull(),
    email: text().notNull(),
    status: text().$type<AccountStatus>().notNull(),
    ouPath: text('ou_path').notNull(),
    ouIds: text('ou_ids').array().notNull(),
    joinedAt: text('joined_at').notNull(),
    tags: jsonb().$type<Evidence<Readonly<Record<string, string>>>>().notNull(),
    context: jsonb().$type<AccountContext>().notNull(),
    isManagement: boolean('is_management').notNull(),
    firstSeen: instant('first_seen').notNull(),
    lastSeen: instant('last_seen').notNull(),
    leftAt: instant('left_at'),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.id] })],
);

export const accountEventKinds = [
  'discovered',
  'renamed',
  'moved',
  'status-changed',
  'left',
  'rejoined',
  'tags-changed',
] as const;
export type AccountEventKind = (typeof accountEventKinds)[number];

/** Appended, never changed. */
export const accountEvent = pgTable(
  'account_event',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    organizationId: organizationId(),
    account: text().notNull(),
    at: instant().notNull(),
    kind: text().$type<AccountEventKind>().notNull(),
    before: jsonb().$type<Json>(),
    after: jsonb().$type<Json>(),
    scan: text(),
  },
  (t) => [index('account_event_account').on(t.organizationId, t.account, t.id)],
);

/** The external id that an account's role must ask for; made once, by us. */
export const externalId = pgTable(
  'external_id',
  {
    organizationId: organizationId(),
    account: text().notNull(),
    externalId: text('external_id').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.account] })],
);

/** What one account may do in, or shares with, another. `toAccount` may lie outside the organisation. */
export const relationship = pgTable(
  'relationship',
  {
    organizationId: organizationId(),
    fromAccount: text('from_account').notNull(),
    toAccount: text('to_account').notNull(),
    kind: text().notNull(),
    evidenceHash: text('evidence_hash').notNull(),
    evidence: jsonb().$type<Json>().notNull(),
    scan: text().notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.fromAccount, t.toAccount, t.kind, t.evidenceHash] })],
);
