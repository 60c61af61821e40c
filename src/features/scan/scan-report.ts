// The result of a scan as reports show it, read from the store row by row.

import type { AccountStatus } from '../../domain/account.ts';
import type { UnreadReason } from '../../domain/evidence.ts';
import type { Gap } from '../../domain/gap.ts';
import type { Store } from '../../platform/store/contract.ts';
import { findOperation } from '../../platform/aws/operations/operations.ts';
import type { Catalogue } from '../checks/index.ts';
import {
  type FindingFilter,
  type ReadScope,
  activeStates,
  countFindings,
  listSuppressions,
  streamFindings,
} from '../findings/index.ts';
import type { ReportAccount, ReportFinding, ReportModel, ReportRule, ReportScan } from '../reports/index.ts';
import type { FinishedScan } from './finish-scan.ts';
import { discoveryPart } from './scan-store.ts';

/** What is known of a scan, finished or not. */
export interface ScanHeader {
  id: string;
  organizationId: string;
  startedAt: string;
  finishedAt: string | null;
  status: 'running' | 'finished' | 'interrupted';
  simulated: boolean;
  apiCalls: number;
  /** False when accounts, regions or checks were left out by choice. */
  complete: boolean;
  summary: FinishedScan | null;
}

export const headerColumns = `id, organization_id as "organizationId", started_at as "startedAt", finished_at as "finishedAt", status, simulated,
  api_calls as "apiCalls", options @> '{"complete": true}' as complete, summary`;

/** The newest scan of an organisation, or the one with an id; undefined when there is none. */
export async function scanHeader(store: Store, organization: string, id?: string): Promise<ScanHeader | undefined> {
  const { rows } = await store.pool.query<ScanHeader>(
    `select ${headerColumns} from scan where organization_id = $1 and ($2::text is null or id = $2) order by started_at desc, id desc limit 1`,
    [organization, id ?? null],
  );
  return rows[0];
}

/** The finished scan before this one that left nothing out; undefined when there is none. */
export async function scanBefore(store: Store, scan: ScanHeader): Promise<ScanHeader | undefined> {
  const { rows } = await store.pool.query<ScanHeader>(
    `select ${headerColumns} from scan
      where organization_id = $1 and started_at < $2 and status = 'finished' and options @> '{"complete": true}'
      order by started_at desc limit 1`,
    [scan.organizationId, scan.startedAt],
  );
  return rows[0];
}

/** The accounts of a scan, by id. */
export async function reportAccounts(store: Store, scan: ScanHeader): Promise<ReportAccount[]> {
  const { rows } = await store.pool.query<ReportAccount & { status: AccountStatus }>(
    `select s.account as id, coalesce(a.name, s.account) as name, coalesce(a.ou_path, '/') as "ouPath", coalesce(a.status, 'ACTIVE') as status,
            case when s.status in ('pending', 'running') then 'partial' else s.status end as scan, s.score, coalesce(s.coverage, 0) as coverage
       from scan_account s left join account a on a.organization_id = s.organization_id and a.id = s.account
      where s.organization_id = $1 and s.scan = $2 order by s.account`,
    [scan.organizationId, scan.id],
  );
  return rows;
}

interface GapRow {
  account: string;
  regions: string[];
  service: string;
  action: string;
  reason: UnreadReason;
  detail: string;
}

/** Accounts whose gaps are held at once. */
const accountsAtOnce = 50;

/**
 * What a scan could not read, one row for each account, action and reason, with all its regions; units of the
 * organisation that could not be listed have rows of their own.
 * An operation is named by the IAM action that allows it.
 * @param only of these accounts; default all
 */
export async function* scanGaps(store: Store, scan: ScanHeader, only?: readonly string[]): AsyncGenerator<Gap> {
  const { rows: accounts } = await store.pool.query<{ account: string }>(
    `select distinct account from gap where organization_id = $1 and scan = $2 and ($3::text[] is null or account = any($3))
      order by account`,
    [scan.organizationId, scan.id, only ?? null],
  );
  for (let from = 0; from < accounts.length; from += accountsAtOnce) {
    const { rows } = await store.pool.query<GapRow>(
      `select account, array_agg(distinct region order by region) as regions, min(service) as service, action, reason, min(detail) as detail
         from (select *, case when starts_with(collector, $4) then collector else '' end as part
                 from gap where organization_id = $1 and scan = $2 and account = any($3)) named
        group by account, action, reason, part
        order by account, action collate "C", reason, part collate "C"`,
      [
        scan.organizationId,
        scan.id,
        accounts.slice(from, from + accountsAtOnce).map(({ account }) => account),
        discoveryPart.unlisted,
      ],
    );
    for (const row of rows)
      yield { ...row, action: row.action === '*' ? '*' : (findOperation(row.action)?.actions[0] ?? row.action) };
  }
}

export function reportRules(catalogue: Catalogue): Map<string, ReportRule> {
  return new Map(
    catalogue.entries.map(({ id, service, check }) => [
      id,
      {
        id,
        title: check.title,
        severity: check.severity,
        service,
        why: check.why,
        fix: { text: check.fix.text, ...(check.fix.cli === undefined ? {} : { cli: check.fix.cli }) },
        references: check.references,
        controls: check.controls,
      },
    ]),
  );
}

async function verdictTotals(store: Store, scan: ScanHeader): Promise<ReportModel['summary']['byVerdict']> {
  const { rows } = await store.pool.query<{
    pass: number;
    fail: number;
    not_applicable: number;
    manual: number;
    unknown: number;
  }>(
    `select coalesce(sum(pass), 0)::int8 as pass, coalesce(sum(fail), 0)::int8 as fail, coalesce(sum(not_applicable), 0)::int8 as not_applicable,
            coalesce(sum(manual), 0)::int8 as manual, coalesce(sum(unknown), 0)::int8 as unknown
       from verdict_count where organization_id = $1 and scan = $2`,
    [scan.organizationId, scan.id],
  );
  const totals = rows[0];
  if (totals === undefined) return {};
  const { pass, fail, manual, unknown } = totals;
  return { pass, fail, 'not-applicable': totals.not_applicable, manual, unknown };
}

/** Findings as reports show them; a muted one says why. */
export async function* reportFindings(
  store: Store,
  scope: ReadScope,
  filter: FindingFilter,
  limit?: number,
): AsyncGenerator<ReportFinding> {
  const reasons = new Map<string, string>();
  for (const one of await listSuppressions(store, scope.organization)) reasons.set(one.id, one.reason);
  for await (const { suppression, ...finding } of streamFindings(store, scope, filter, limit)) {
    if (finding.state !== 'muted' || suppression === null) yield finding;
    else yield { ...finding, suppression: { id: suppression, reason: reasons.get(suppression) ?? '' } };
  }
}

export function reportScan(scan: ScanHeader, partition: string): ReportScan {
  return {
    id: scan.id,
    startedAt: scan.startedAt,
    finishedAt: scan.finishedAt ?? '',
    organizationId: scan.organizationId,
    partition,
    simulated: scan.simulated,
    durationMs: scan.finishedAt === null ? 0 : Date.parse(scan.finishedAt) - Date.parse(scan.startedAt),
    apiCalls: scan.apiCalls,
  };
}

export interface ScanReportOptions {
  store: Store;
  catalogue: Catalogue;
  version: string;
  partition: string;
  filter: FindingFilter;
}

/** The model of one scan. Findings are those that need somebody, as the filter narrows them. */
export async function scanReport(scan: ScanHeader, options: ScanReportOptions): Promise<ReportModel> {
  const { store } = options;
  const accounts = await reportAccounts(store, scan);
  const filter: FindingFilter = {
    states: activeStates,
    accounts: accounts.map((account) => account.id),
    ...options.filter,
  };
  const scope = { organization: scan.organizationId };
  const { bySeverity } = await countFindings(store, scope, filter);
  return {
    version: options.version,
    scan: reportScan(scan, options.partition),
    score: scan.summary?.score ?? null,
    coverage: scan.summary?.coverage ?? 0,
    accounts,
    rules: reportRules(options.catalogue),
    findings: () =>
      reportFindings(store, scope, { ...filter, states: options.filter.states ?? [...activeStates, 'muted'] }),
    gaps: () => scanGaps(store, scan),
    summary: { bySeverity, byVerdict: await verdictTotals(store, scan) },
  };
}
