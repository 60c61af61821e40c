// Scans, how far they are, and the units of work that they consist of.

import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import type { Json } from '../../../domain/json.ts';
import { instant, organizationId } from './columns.ts';

export const scanStatuses = ['running', 'finished', 'interrupted'] as const;
export type ScanStatus = (typeof scanStatuses)[number];

export const scanAccountStatuses = [
  'pending',
  'running',
  'complete',
  'partial',
  'denied',
  'failed',
  'skipped',
] as const;
export type ScanAccountStatus = (typeof scanAccountStatuses)[number];

export const unitStatuses = ['pending', 'done', 'incomplete'] as const;
export type UnitStatus = (typeof unitStatuses)[number];

/** What was selected. `complete` is true when nothing was left out; only such a scan may resolve findings. */
export type ScanOptions = { readonly complete: boolean } & { readonly [key: string]: Json };

/** Ids sort by time of start. */
export const scan = pgTable(
  'scan',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    status: text().$type<ScanStatus>().notNull(),
    simulated: boolean().notNull(),
    options: jsonb().$type<ScanOptions>().notNull(),
    catalogueVersion: text('catalogue_version').notNull(),
    programVersion: text('program_version').notNull(),
    apiCalls: bigint('api_calls', { mode: 'number' }).notNull().default(0),
    summary: jsonb().$type<Json>(),
  },
  (t) => [index('scan_started').on(t.organizationId, t.startedAt)],
);

/** How a scan stands in one account. `fence` grows with every lease, so that a late writer is recognised. */
export const scanAccount = pgTable(
  'scan_account',
  {
    organizationId: organizationId(),
    scan: text().notNull(),
    account: text().notNull(),
    status: text().$type<ScanAccountStatus>().notNull(),
    detail: jsonb().$type<Json>(),
    regions: text().array().notNull().default([]),
    score: doublePrecision(),
    coverage: doublePrecision(),
    pairs: jsonb().$type<Json>(),
    fence: bigint({ mode: 'number' }).notNull().default(0),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
  },
  (t) => [primaryKey({ columns: [t.scan, t.account] }), index('scan_account_account').on(t.organizationId, t.account)],
);

/** A unit of work: one collector in one region of one account (`global` for collectors without a region). */
export const unit = pgTable(
  'unit',
  {
    organizationId: organizationId(),
    scan: text().notNull(),
    account: text().notNull(),
    region: text().notNull(),
    collector: text().notNull(),
    status: text().$type<UnitStatus>().notNull(),
    cursor: text(),
    attempts: integer().notNull().default(0),
    resources: integer().notNull().default(0),
    calls: integer().notNull().default(0),
    finishedAt: instant('finished_at'),
  },
  (t) => [primaryKey({ columns: [t.scan, t.account, t.region, t.collector] })],
);
