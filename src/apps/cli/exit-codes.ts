// The exit codes, the same for every command, and the one decision between them.

import { atLeast, severities } from '../../domain/severity.ts';
import type { Severity } from '../../domain/severity.ts';

export const exitCodes = {
  done: 0,
  failure: 1,
  usage: 2,
  findings: 3,
  incomplete: 4,
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What each means, for the help text and the documentation. */
export const exitCodeMeanings: Readonly<Record<ExitCode, string>> = {
  0: 'done',
  1: 'Vedette failed',
  2: 'wrong usage: an option, an argument or the configuration',
  3: 'findings at or above --fail-on, or a verification that failed',
  4: 'incomplete: a selected account could not be read at all, or coverage is below --min-coverage',
  130: 'interrupted (Ctrl-C); the scan can be resumed',
  143: 'terminated; the scan can be resumed',
};

export interface ExitPolicy {
  failOn: Severity | 'none';
  /** 0 to 1. */
  minCoverage: number;
  /** Only findings that are new or reopened count against `failOn`. */
  newOnly: boolean;
  /** False for the simulated organisation, whose unread accounts are planted. */
  unreadAccountsCount: boolean;
}

export interface ExitFacts {
  /** Findings that need somebody, by severity; muted ones are not among them. */
  findings: Partial<Record<Severity, number>>;
  /** Those of them that are new or reopened since the baseline. */
  newFindings: Partial<Record<Severity, number>>;
  /** 0 to 1. */
  coverage: number;
  /** Selected accounts of which nothing could be read. */
  unreadAccounts: number;
  /** A check of ours on ourselves failed, for example the audit log's chain. */
  verificationFailed?: boolean;
}

/**
 * The exit code of a command that came to its end. Findings are reported before incompleteness:
 * what was found stays true whatever else could not be read.
 */
export function decideExitCode(facts: ExitFacts, policy: ExitPolicy): ExitCode {
  const { failOn, minCoverage, newOnly, unreadAccountsCount } = policy;
  const counted = newOnly ? facts.newFindings : facts.findings;
  const reached =
    failOn !== 'none' && severities.some((severity) => atLeast(severity, failOn) && (counted[severity] ?? 0) > 0);
  if (reached || facts.verificationFailed === true) return exitCodes.findings;
  if (facts.coverage < minCoverage || (unreadAccountsCount && facts.unreadAccounts > 0)) return exitCodes.incomplete;
  return exitCodes.done;
}
