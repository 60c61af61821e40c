// Evidence: versions of resources by content, the newest of each, what every unit saw, and what could not be read.

import { index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Evidence, UnreadReason } from '../../../domain/evidence.ts';
import type { Json } from '../../../domain/json.ts';
import { instant, organizationId } from './columns.ts';

/** One version of a resource. `hash` is SHA-256 over the canonical JSON of {account, arn, config, name, region, tags, type}. */
export const resourceVersion = pgTable(
  'resource_version',
  {
    organizationId: organizationId(),
    hash: text().notNull(),
    type: text().notNull(),
    arn: text().notNull(),
    account: text().notNull(),
    region: text().notNull(),
    name: text().notNull(),
    tags: jsonb().$type<Evidence<Readonly<Record<string, string>>>>().notNull(),
    config: jsonb().$type<Json>().notNull(),
    firstCollectedAt: instant('first_collected_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.hash] })],
);

/** The newest known version of each resource. */
export const resource = pgTable(
  'resource',
  {
    organizationId: organizationId(),
    account: text().notNull(),
    region: text().notNull(),
    type: text().notNull(),
    arn: text().notNull(),
    hash: text().notNull(),
    scan: text().notNull(),
    collectedAt: instant('collected_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.account, t.region, t.type, t.arn] }),
    index('resource_type').on(t.organizationId, t.type),
    index('resource_arn').on(t.organizationId, t.arn),
  ],
);

/** What a unit saw, as hashes of versions in the order of their arrival. */
export const manifest = pgTable(
  'manifest',
  {
    organizationId: organizationId(),
    scan: text().notNull(),
    account: text().notNull(),
    region: text().notNull(),
    collector: text().notNull(),
    hashes: text().array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.scan, t.account, t.region, t.collector] })],
);

export const gap = pgTable(
  'gap',
  {
    organizationId: organizationId(),
    scan: text().notNull(),
    account: text().notNull(),
    region: text().notNull(),
    collector: text().notNull(),
    service: text().notNull(),
    action: text().notNull(),
    reason: text().$type<UnreadReason>().notNull(),
    detail: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.scan, t.account, t.region, t.collector, t.action, t.reason] })],
);
