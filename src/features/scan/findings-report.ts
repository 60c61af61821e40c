// Findings of a query as reports show them, with what the last scan could not see of the same accounts.

import type { Account, Organization } from '../../domain/account.ts';
import type { Gap } from '../../domain/gap.ts';
import { findOperation } from '../../platform/aws/operations/operations.ts';
import type { Store } from '../../platform/store/contract.ts';
import { type CheckEntry, checks, createCatalogue } from '../checks/index.ts';
import { type FindingFilter, countFindings, scanScore } from '../findings/index.ts';
import { type RegisteredCollector, collectors } from '../inventory/index.ts';
import type { ReportAccount, ReportModel } from '../reports/index.ts';
import { neededCollectors } from './needed-collectors.ts';
import {
  type ScanHeader,
  headerColumns,
  reportAccounts,
  reportFindings,
  reportRules,
  reportScan,
  scanGaps,
} from './scan-report.ts';

/** The scan that says most of the organisation now: the newest that left nothing out, else the newest that finished. */
async function lastScan(store: Store, organization: string): Promise<ScanHeader | undefined> {
  const { rows } = await store.pool.query<ScanHeader>(
    `select ${headerColumns} from scan where organization_id = $1
      order by (status = 'finished' and options @> '{"complete": true}') desc, status = 'finished' desc, started_at desc, id desc
      limit 1`,
    [organization],
  );
  return rows[0];
}

/** The IAM actions with which collectors read. */
function actionsOf(some: readonly RegisteredCollector[]): Set<string> {
  const operations = some.flatMap(({ collector }) => collector.operations);
  return new Set(operations.map((operation) => findOperation(operation)?.actions[0] ?? operation));
}

/** The checks that a filter may be about. */
function entriesOf({ checks: ids, severities }: FindingFilter, entries: readonly CheckEntry[]): readonly CheckEntry[] {
  return entries.filter(
    ({ id, check }) => ids?.includes(id) !== false && severities?.includes(check.severity) !== false,
  );
}

/** Those gaps because of which the list may lack a finding: of its regions, and what its checks need. */
async function* gapsFor(
  gaps: AsyncIterable<Gap>,
  { regions }: FindingFilter,
  entries: readonly CheckEntry[],
): AsyncGenerator<Gap> {
  const all = actionsOf(collectors);
  const needed = actionsOf(neededCollectors(collectors, entries));
  for await (const gap of gaps) {
    if (all.has(gap.action) && !needed.has(gap.action)) continue;
    const within = gap.regions.filter((region) => region === 'global' || regions?.includes(region) !== false);
    if (within.length > 0) yield { ...gap, regions: within };
  }
}

export interface FindingsReportInput {
  store: Store;
  organization: Organization;
  /** The organisation's, as they are stored. */
  accounts: readonly Account[];
  version: string;
  filter: FindingFilter;
}

export interface FindingsReport {
  /** How many findings match. */
  total: number;
  /** The first of them as a model; all without a limit. `selection` as the model has it. */
  model(limit: number | undefined, selection: string | undefined): ReportModel;
}

/** How the accounts stand that a list is about. One that the scan did not look at is `skipped`. */
async function accountsOf(
  { store, accounts, filter }: FindingsReportInput,
  scan: ScanHeader | undefined,
): Promise<ReportAccount[]> {
  const scanned = new Map(scan === undefined ? [] : (await reportAccounts(store, scan)).map((one) => [one.id, one]));
  return accounts
    .filter(({ id }) => filter.accounts?.includes(id) !== false)
    .map(
      ({ id, name, ouPath, status }) =>
        scanned.get(id) ?? { id, name, ouPath, status, scan: 'skipped', score: null, coverage: 0 },
    );
}

/** Counts the findings of a filter, and says how to report them. Score and coverage are those of its accounts. */
export async function findingsReport(input: FindingsReportInput): Promise<FindingsReport> {
  const { store, organization, filter } = input;
  const scope = { organization: organization.id };
  const catalogue = createCatalogue(checks);
  const scan = await lastScan(store, organization.id);
  const { total, bySeverity } = await countFindings(store, scope, filter);
  const accounts = await accountsOf(input, scan);
  const stands =
    filter.accounts === undefined || scan === undefined
      ? scan?.summary
      : await scanScore(store, organization.id, scan.id, 0, filter.accounts);
  const entries = entriesOf(filter, catalogue.entries);
  const header: ScanHeader = scan ?? {
    id: '',
    organizationId: organization.id,
    startedAt: '',
    finishedAt: null,
    status: 'interrupted',
    simulated: organization.simulated,
    apiCalls: 0,
    complete: false,
    summary: null,
  };
  return {
    total,
    model: (limit, selection) => ({
      version: input.version,
      scan: reportScan(header, organization.partition),
      score: stands?.score ?? null,
      coverage: stands?.coverage ?? 0,
      accounts,
      rules: reportRules(catalogue),
      findings: () => reportFindings(store, scope, filter, limit),
      ...(limit === undefined ? {} : { uncut: () => reportFindings(store, scope, filter) }),
      gaps: () => gapsFor(scanGaps(store, header, filter.accounts), filter, entries),
      summary: { bySeverity, byVerdict: {} },
      ...(selection === undefined ? {} : { selection }),
    }),
  };
}
