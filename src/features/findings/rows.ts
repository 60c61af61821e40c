// Findings and transitions as rows: reading, and writing many at once.

import type { PoolClient } from 'pg';
import type { Finding } from '../../domain/finding.ts';
import { storableJson } from '../../platform/store/storable.ts';
import type { StoredFinding, StoredTransition } from './contract.ts';

export type Client = Pick<PoolClient, 'query'>;

export interface FindingRow {
  id: string;
  kind: Finding['kind'];
  source: Finding['source'];
  check_id: string;
  verdict: Finding['verdict'];
  severity: Finding['severity'];
  account: string;
  region: string;
  scope_region: string;
  resource: string;
  resource_type: string;
  title: string;
  reason: string;
  state: Finding['state'];
  first_seen: string;
  last_seen: string;
  last_verified: string;
  last_scan: string | null;
  last_scan_started_at: string | null;
  rule: string;
  muted_by: string | null;
  suppression: string | null;
}

export const findingColumns = `f.id, f.kind, f.source, f.check_id, f.verdict, f.severity, f.account, f.region, f.scope_region,
  f.resource, f.resource_type, f.title, f.reason, f.state, f.first_seen, f.last_seen, f.last_verified, f.last_scan,
  f.last_scan_started_at, f.rule, f.muted_by, f.suppression`;

export function findingOf(row: FindingRow): StoredFinding {
  return {
    id: row.id,
    kind: row.kind,
    source: row.source,
    check: row.check_id,
    verdict: row.verdict,
    severity: row.severity,
    account: row.account,
    region: row.region,
    scopeRegion: row.scope_region,
    resource: row.resource,
    resourceType: row.resource_type,
    title: row.title,
    reason: row.reason,
    state: row.state,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    lastVerified: row.last_verified,
    lastScan: row.last_scan,
    lastScanStartedAt: row.last_scan_started_at,
    rule: row.rule,
    mutedBy: row.muted_by,
    suppression: row.suppression,
  };
}

const batchSize = 1000;

/** Rows in pieces that one statement takes. */
export function* batches<T>(rows: readonly T[], size: number = batchSize): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}

const upsert = `
  insert into finding (organization_id, id, kind, source, check_id, verdict, severity, account, region, scope_region, resource,
    resource_type, title, reason, state, first_seen, last_seen, last_verified, last_scan, last_scan_started_at, rule,
    muted_by, suppression)
  select $1, f.id, f.kind, f.source, f."check", f.verdict, f.severity, f.account, f.region, f."scopeRegion", f.resource,
    f."resourceType", f.title, f.reason, f.state, f."firstSeen", f."lastSeen", f."lastVerified", f."lastScan",
    f."lastScanStartedAt", f.rule, f."mutedBy", f.suppression
  from jsonb_to_recordset($2::jsonb) as f(id text, kind text, source text, "check" text, verdict text, severity text,
    account text, region text, "scopeRegion" text, resource text, "resourceType" text, title text, reason text, state text,
    "firstSeen" timestamptz, "lastSeen" timestamptz, "lastVerified" timestamptz, "lastScan" text,
    "lastScanStartedAt" timestamptz, rule text, "mutedBy" text, suppression text)
  order by f.id
  on conflict (organization_id, id) do update set verdict = excluded.verdict, severity = excluded.severity,
    scope_region = excluded.scope_region, title = excluded.title, reason = excluded.reason, state = excluded.state,
    last_seen = excluded.last_seen, last_verified = excluded.last_verified, last_scan = excluded.last_scan,
    last_scan_started_at = excluded.last_scan_started_at, rule = excluded.rule, muted_by = excluded.muted_by,
    suppression = excluded.suppression`;

/** Both at once: a scope commits them together. */
const write = `
  with written as (${upsert})
  insert into finding_transition (organization_id, finding, at, from_state, to_state, cause, actor, disposition, scan)
  select $1, t.finding, t.at, t."from", t."to", t.cause, t.actor, t.disposition, t.scan
  from jsonb_to_recordset($3::jsonb) as t(finding text, at timestamptz, "from" text, "to" text, cause text, actor text,
    disposition text, scan text)
  on conflict do nothing`;

/** Writes findings, which must differ in their ids, and appends their transitions. */
export async function writeFindings(
  client: Client,
  organization: string,
  findings: readonly StoredFinding[],
  transitions: readonly StoredTransition[],
): Promise<void> {
  const sorted = [...findings].sort((a, b) => (a.id < b.id ? -1 : 1));
  const rest = batches(transitions);
  const nothing: readonly StoredTransition[] = [];
  for (const batch of batches(sorted)) {
    await client.query(write, [organization, storableJson(batch), storableJson(rest.next().value ?? nothing)]);
  }
  for (const batch of rest) await client.query(write, [organization, '[]', storableJson(batch)]);
}
