// Verdicts as counts, findings with their history, and suppressions.

import { bigserial, boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type {
  Disposition,
  FindingKind,
  FindingSource,
  FindingState,
  TransitionCause,
} from '../../../domain/finding.ts';
import type { Json } from '../../../domain/json.ts';
import type { Severity } from '../../../domain/severity.ts';
import { instant, organizationId } from './columns.ts';

/**
 * How a check judged one scope (an account's region, or `global`) in one scan: one row per pair of check and scope.
 * `complete` is false when the scope was not wholly read. A pair without any subject in a wholly read scope has no row.
 */
export const verdictCount = pgTable(
  'verdict_count',
  {
    organizationId: organizationId(),
    scan: text().notNull(),
    account: text().notNull(),
    region: text().notNull(),
    checkId: text('check_id').notNull(),
    severity: text().$type<Severity>().notNull(),
    pass: integer().notNull(),
    fail: integer().notNull(),
    notApplicable: integer('not_applicable').notNull(),
    manual: integer().notNull(),
    unknown: integer().notNull(),
    complete: boolean().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.scan, t.account, t.region, t.checkId] }),
    index('verdict_count_account').on(t.organizationId, t.account, t.scan),
  ],
);

/** Mark that the findings of a scope are committed. `rules`: the version of every check that judged it wholly. */
export const scopeJudged = pgTable(
  'scope_judged',
  {
    organizationId: organizationId(),
    scan: text().notNull(),
    account: text().notNull(),
    region: text().notNull(),
    judgedAt: instant('judged_at').notNull(),
    scanStartedAt: instant('scan_started_at').notNull(),
    rules: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.scan, t.account, t.region] }),
    index('scope_judged_scope').on(t.organizationId, t.account, t.region, t.scanStartedAt),
  ],
);

export const finding = pgTable(
  'finding',
  {
    organizationId: organizationId(),
    id: text().notNull(),
    kind: text().$type<FindingKind>().notNull(),
    source: text().$type<FindingSource>().notNull(),
    checkId: text('check_id').notNull(),
    verdict: text().$type<'fail' | 'manual'>().notNull(),
    severity: text().$type<Severity>().notNull(),
    account: text().notNull(),
    region: text().notNull(),
    /** The scope that judges it: for a bucket `global` or its region, as the check's scope has it. */
    scopeRegion: text('scope_region').notNull(),
    resource: text().notNull(),
    resourceType: text('resource_type').notNull(),
    title: text().notNull(),
    reason: text().notNull(),
    state: text().$type<FindingState>().notNull(),
    firstSeen: instant('first_seen').notNull(),
    lastSeen: instant('last_seen').notNull(),
    lastVerified: instant('last_verified').notNull(),
    lastScan: text('last_scan'),
    /** When the scan began that verified it last: an older scan changes nothing. */
    lastScanStartedAt: instant('last_scan_started_at'),
    /** The version of the check that judged it last. */
    rule: text().notNull(),
    mutedBy: text('muted_by'),
    suppression: text(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    index('finding_state').on(t.organizationId, t.state, t.severity),
    index('finding_scope').on(t.organizationId, t.account, t.scopeRegion),
    index('finding_check').on(t.organizationId, t.checkId),
    index('finding_order').on(t.organizationId, t.severity, t.state, t.checkId, t.account, t.region, t.id),
  ],
);

/** Appended, never changed. */
export const findingTransition = pgTable(
  'finding_transition',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    organizationId: organizationId(),
    finding: text().notNull(),
    at: instant().notNull(),
    fromState: text('from_state').$type<FindingState>(),
    toState: text('to_state').$type<FindingState>().notNull(),
    cause: text().$type<TransitionCause>().notNull(),
    actor: text().notNull(),
    disposition: text().$type<Disposition>(),
    scan: text(),
  },
  (t) => [
    uniqueIndex('finding_transition_once').on(t.organizationId, t.finding, t.scan, t.cause),
    index('finding_transition_scan').on(t.organizationId, t.scan, t.toState),
  ],
);

export const suppression = pgTable(
  'suppression',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    owner: text().notNull(),
    reason: text().notNull(),
    expiresAt: instant('expires_at').notNull(),
    rule: jsonb().$type<Json>().notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    revokedAt: instant('revoked_at'),
    revokedBy: text('revoked_by'),
  },
  (t) => [index('suppression_organization').on(t.organizationId, t.expiresAt)],
);
