// The end of a scan for a person: what to fix first, how accounts stand, what changed, what could not be seen.

import { type Severity, severities } from '../../domain/severity.ts';
import type { Store } from '../../platform/store/contract.ts';
import { type FindingFilter, activeStates, countFindings, scanDelta } from '../findings/index.ts';
import {
  type FileWritten,
  type FixFirst,
  type ReportModel,
  type ScanSummary,
  type SuggestedCommand,
  groupGaps,
} from '../reports/index.ts';
import type { FinishedScan } from './finish-scan.ts';
import { type ScanHeader, scanBefore } from './scan-report.ts';
import { discoveryPart } from './scan-store.ts';

interface GroupRow {
  check_id: string;
  severity: Severity;
  title: string;
  findings: number;
  accounts: number;
  id: string;
  account: string;
  name: string | null;
  region: string;
  resource: string;
  reason: string;
}

/** Checks with failing findings: the most urgent first, among equals the one that most accounts share. */
async function fixFirst(
  store: Store,
  organization: string,
  accounts: readonly string[],
  { checks, regions }: FindingFilter,
  command: (check: string) => string,
): Promise<FixFirst[]> {
  const { rows } = await store.pool.query<GroupRow>(
    `with grouped as (
       select check_id, severity, min(title) as title, count(*) as findings, count(distinct account) as accounts,
              (array_agg(id order by first_seen desc, id))[1] as id
         from finding
        where organization_id = $1 and account = any($2) and state = any($3) and verdict = 'fail'
          and ($5::text[] is null or check_id = any($5)) and ($6::text[] is null or region = any($6))
        group by check_id, severity
        order by array_position($4, severity), count(distinct account) desc, count(*) desc, check_id limit 5)
     select g.check_id, g.severity, g.title, g.findings, g.accounts, f.id, f.account, a.name, f.region, f.resource, f.reason
       from grouped g join finding f on f.organization_id = $1 and f.id = g.id
       left join account a on a.organization_id = $1 and a.id = f.account
      order by array_position($4, g.severity), g.accounts desc, g.findings desc, g.check_id`,
    [organization, accounts, activeStates, severities, checks ?? null, regions ?? null],
  );
  return rows.map((row) => ({
    severity: row.severity,
    title: row.title,
    check: row.check_id,
    findings: row.findings,
    accounts: row.accounts,
    example: {
      account: row.account,
      accountName: row.name ?? row.account,
      region: row.region,
      resource: row.resource,
      reason: row.reason,
    },
    command: command(row.check_id),
  }));
}

/** What of the organisation discovery could not list. */
async function discoveryUnseen(store: Store, scan: ScanHeader): Promise<{ unlisted: boolean; detail: string }[]> {
  const { rows } = await store.pool.query<{ unlisted: boolean; detail: string }>(
    `select distinct starts_with(collector, $3) as unlisted, detail from gap
      where organization_id = $1 and scan = $2 and (starts_with(collector, $3) or collector = $4) order by detail`,
    [scan.organizationId, scan.id, discoveryPart.unlisted, discoveryPart.accounts],
  );
  return rows;
}

export interface SummaryInput {
  store: Store;
  header: ScanHeader;
  finished: FinishedScan;
  model: ReportModel;
  filter: FindingFilter;
  checks: number;
  files: readonly FileWritten[];
  commandFor: (check: string) => string;
  next: readonly SuggestedCommand[];
}

export async function summarise(input: SummaryInput): Promise<ScanSummary> {
  const { store, header, finished, model } = input;
  const organization = header.organizationId;
  const ids = model.accounts.map((account) => account.id);
  const scope = { organization };
  const counts = await countFindings(store, scope, { ...input.filter, accounts: ids, states: activeStates });
  const before = await scanBefore(store, header);
  const { rows } = await store.pool.query<{ regions: number }>(
    'select count(distinct r) as regions from scan_account s, unnest(s.regions) as r where s.organization_id = $1 and s.scan = $2',
    [organization, header.id],
  );
  const unseen = await discoveryUnseen(store, header);
  const delta =
    before === undefined
      ? finished.delta
      : await scanDelta(store, scope, header.id, before.finishedAt ?? before.startedAt);
  return {
    scan: header.id,
    organizationId: organization,
    simulated: header.simulated,
    finished: true,
    durationMs: Date.parse(finished.finishedAt) - Date.parse(finished.startedAt),
    apiCalls: finished.apiCalls,
    regions: rows[0]?.regions ?? 0,
    checks: input.checks,
    score: finished.score,
    coverage: finished.coverage,
    accounts: model.accounts.map((account) => ({ ...account, counts: counts.byAccount.get(account.id) ?? {} })),
    manual: model.summary.byVerdict.manual ?? 0,
    fixFirst: await fixFirst(store, organization, ids, input.filter, input.commandFor),
    changes:
      before === undefined
        ? null
        : {
            since: before.finishedAt ?? before.startedAt,
            new: delta.new,
            reopened: delta.reopened,
            resolved: delta.resolved,
            ended: delta.ended,
            muted: delta.muted,
            ruleChanged: delta.ruleChanged,
            // The score of a part of the checks, regions or accounts is neither better nor worse than that of all.
            scoreBefore: header.complete ? (before.summary?.score ?? null) : null,
            coverageBefore: header.complete ? (before.summary?.coverage ?? null) : null,
          },
    gaps: await groupGaps(model.gaps()),
    unlisted: unseen.flatMap(({ unlisted, detail }) => (unlisted ? detail : [])),
    accountsMayLack: unseen.some(({ unlisted }) => !unlisted),
    files: input.files,
    next: input.next,
  };
}
