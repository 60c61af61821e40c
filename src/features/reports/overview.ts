// Which checks and accounts the findings of a report are of: counted in one pass over them.

import { severities, type Severity } from '../../domain/severity.ts';
import { type ReportFinding, type ReportModel, isClosed } from './model.ts';

export type Counts = Record<Severity, number>;

/** What fails one check. */
export interface CheckCount {
  check: string;
  severity: Severity;
  findings: number;
  accounts: number;
}

export interface Overview {
  /** By account id. */
  accounts: ReadonlyMap<string, Counts>;
  /** The most severe first, then those of the most accounts. */
  checks: readonly CheckCount[];
}

export const noCounts = (): Counts => ({ critical: 0, high: 0, medium: 0, low: 0, info: 0 });

const rank = ({ severity }: CheckCount): number => severities.indexOf(severity);

/** Counts the findings that are open to somebody: not resolved, ended or muted. Holds an entry a check and account. */
export async function overviewOf(model: ReportModel): Promise<Overview> {
  const accounts = new Map<string, Counts>();
  const checks = new Map<string, { first: ReportFinding; findings: number; accounts: Set<string> }>();
  for await (const finding of (model.uncut ?? model.findings)()) {
    if (isClosed(finding) || finding.state === 'muted') continue;
    const counts = accounts.get(finding.account) ?? noCounts();
    counts[finding.severity] += 1;
    accounts.set(finding.account, counts);
    // A person has to see first whether there is anything to fix.
    if (finding.verdict === 'manual') continue;
    const of = checks.get(finding.check) ?? { first: finding, findings: 0, accounts: new Set<string>() };
    of.findings += 1;
    of.accounts.add(finding.account);
    checks.set(finding.check, of);
  }
  return {
    accounts,
    checks: [...checks]
      .map(([check, { first, findings, accounts: of }]) => ({
        check,
        severity: first.severity,
        findings,
        accounts: of.size,
      }))
      .sort(
        (a, b) =>
          rank(a) - rank(b) || b.accounts - a.accounts || b.findings - a.findings || (a.check < b.check ? -1 : 1),
      ),
  };
}
