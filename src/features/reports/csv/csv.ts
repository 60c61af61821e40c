// One line a finding, then one line a gap with the verdict `unknown`, so that a table without rows for an account
// never reads as an account without problems.

import type { Gap } from '../../../domain/gap.ts';
import { csvLine } from '../../../platform/command/csv.ts';
import type { Chunks, ReportFinding, ReportModel } from '../model.ts';

interface Line {
  model: ReportModel;
  accounts: ReadonlyMap<string, { name: string; ouPath: string }>;
}

const columns: readonly (readonly [string, (finding: ReportFinding, line: Line) => string])[] = [
  ['finding_id', (finding) => finding.id],
  ['verdict', (finding) => finding.verdict],
  ['severity', (finding) => finding.severity],
  ['state', (finding) => finding.state],
  ['check', (finding) => finding.check],
  ['title', (finding) => finding.title],
  ['reason', (finding) => finding.reason],
  ['account', (finding) => finding.account],
  ['account_name', (finding, { accounts }) => accounts.get(finding.account)?.name ?? ''],
  ['ou_path', (finding, { accounts }) => accounts.get(finding.account)?.ouPath ?? ''],
  ['region', (finding) => finding.region],
  ['service', (finding, { model }) => model.rules.get(finding.check)?.service ?? ''],
  ['resource', (finding) => finding.resource],
  ['resource_type', (finding) => finding.resourceType],
  ['kind', (finding) => finding.kind],
  ['source', (finding) => finding.source],
  ['first_seen', (finding) => finding.firstSeen],
  ['last_seen', (finding) => finding.lastSeen],
  ['last_verified', (finding) => finding.lastVerified],
  ['why', (finding, { model }) => model.rules.get(finding.check)?.why ?? ''],
  ['fix', (finding, { model }) => model.rules.get(finding.check)?.fix.text ?? ''],
  ['security_hub', (finding, { model }) => (model.rules.get(finding.check)?.controls.securityHub ?? []).join(' ')],
  ['config_rules', (finding, { model }) => (model.rules.get(finding.check)?.controls.configRules ?? []).join(' ')],
  ['cis_3_0', (finding, { model }) => (model.rules.get(finding.check)?.controls.cis30 ?? []).join(' ')],
  ['cis_5_0', (finding, { model }) => (model.rules.get(finding.check)?.controls.cis50 ?? []).join(' ')],
  ['references', (finding, { model }) => (model.rules.get(finding.check)?.references ?? []).join(' ')],
  ['suppression', (finding) => finding.suppression?.reason ?? ''],
  ['scan', (_finding, { model }) => model.scan.id],
  ['simulated', (_finding, { model }) => String(model.scan.simulated)],
];

/** A gap in the same columns: what could not be read is `unknown`. */
function gapLine(gap: Gap, context: Line): string {
  const { model, accounts } = context;
  const values: Readonly<Record<string, string>> = {
    verdict: 'unknown',
    title: `Could not be read: ${gap.action === '*' ? gap.service : gap.action}`,
    reason: gap.detail === '' ? gap.reason : `${gap.reason}: ${gap.detail}`,
    account: gap.account,
    account_name: accounts.get(gap.account)?.name ?? '',
    ou_path: accounts.get(gap.account)?.ouPath ?? '',
    region: gap.regions.join(' '),
    service: gap.service,
    scan: model.scan.id,
    simulated: String(model.scan.simulated),
  };
  return csvLine(columns.map(([name]) => values[name] ?? ''));
}

/** All findings, then all gaps. */
export async function* renderCsv(model: ReportModel): Chunks {
  const context = { model, accounts: new Map(model.accounts.map((account) => [account.id, account])) };
  yield csvLine(columns.map(([name]) => name));
  for await (const finding of model.findings()) yield csvLine(columns.map(([, value]) => value(finding, context)));
  for await (const gap of model.gaps()) yield gapLine(gap, context);
}
