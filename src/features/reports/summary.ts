// What the end of a scan tells a person. Pure data; the command line renders it.

import type { UnreadReason } from '../../domain/evidence.ts';
import type { Severity } from '../../domain/severity.ts';
import type { AccountScan } from './model.ts';

/** One of the things to fix first: a check with all its findings, or a single finding that stands out. */
export interface FixFirst {
  severity: Severity;
  /** What is wrong, the check's or the finding's title. */
  title: string;
  check: string;
  /** Findings that the fix would end. */
  findings: number;
  /** Accounts that have them. */
  accounts: number;
  /** The most telling one. */
  example: { account: string; accountName: string; region: string; resource: string; reason: string };
  /** A complete command that works as printed, for example `vedette findings show vf-… --demo`. */
  command: string;
}

/** An account's line. Counts are findings that need somebody, by severity. */
export interface AccountSeverities {
  id: string;
  name: string;
  scan: AccountScan;
  score: number | null;
  coverage: number;
  counts: Partial<Record<Severity, number>>;
}

/** What is different from the scan before. */
export interface ScanChanges {
  /** ISO 8601: when the scan before finished. */
  since: string;
  new: number;
  reopened: number;
  resolved: number;
  ended: number;
  muted: number;
  /** Changed because a check changed, neither better nor worse. */
  ruleChanged: number;
  /** Null when there was none before, or when this scan left something out and cannot be compared. */
  scoreBefore: number | null;
  coverageBefore: number | null;
}

/** Gaps of one kind, over all accounts. */
export interface GapGroup {
  reason: UnreadReason;
  service: string;
  action: string;
  accounts: number;
  regions: number;
  /** The region, where it is one; empty where there are several, or none. */
  region: string;
  /** One of the accounts. */
  example: string;
  /** AWS's words for one of them. */
  detail: string;
}

export interface FileWritten {
  path: string;
  format: string;
}

/** A command that makes sense next, complete and working as printed. */
export interface SuggestedCommand {
  command: string;
  /** What it is for, a few words. */
  purpose: string;
}

/** The end of a scan. */
export interface ScanSummary {
  scan: string;
  organizationId: string;
  simulated: boolean;
  /** False when the scan was interrupted. */
  finished: boolean;
  durationMs: number;
  apiCalls: number;
  regions: number;
  /** Checks that were judged. */
  checks: number;
  score: number | null;
  coverage: number;
  /** Every account of the scan, in any order. */
  accounts: readonly AccountSeverities[];
  /** Findings that need a person's look instead of a fix. */
  manual: number;
  /** Most urgent first; at most five are shown. */
  fixFirst: readonly FixFirst[];
  /** Null at the first scan. */
  changes: ScanChanges | null;
  gaps: readonly GapGroup[];
  /** Units of the organisation below which nothing could be listed, one sentence each. */
  unlisted: readonly string[];
  /** True when accounts that nobody knows of may have been left out. */
  accountsMayLack: boolean;
  files: readonly FileWritten[];
  next: readonly SuggestedCommand[];
}
