// What every report format is made from: the result of a scan, or of a query of findings.

import type { AccountStatus } from '../../domain/account.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Gap } from '../../domain/gap.ts';
import type { Severity } from '../../domain/severity.ts';
import type { Verdict } from '../../domain/verdict.ts';

/** How far an account was read. */
export type AccountScan = 'complete' | 'partial' | 'denied' | 'failed' | 'skipped';

export interface ReportAccount {
  id: string;
  name: string;
  ouPath: string;
  status: AccountStatus;
  scan: AccountScan;
  /** 0 to 100; null when nothing could be scored. */
  score: number | null;
  /** 0 to 1. */
  coverage: number;
}

/** A finding as reports show it. `suppression` says why it is muted. */
export interface ReportFinding extends Finding {
  suppression?: { id: string; reason: string };
}

/** What a report says of a check beside each of its findings. */
export interface ReportRule {
  id: string;
  title: string;
  severity: Severity;
  /** The catalogue's folder, for example `s3`. */
  service: string;
  why: string;
  fix: { text: string; cli?: string };
  /** AWS documentation pages. */
  references: readonly string[];
  controls: {
    securityHub?: readonly string[];
    configRules?: readonly string[];
    cis30?: readonly string[];
    cis50?: readonly string[];
    attack?: readonly string[];
  };
}

export interface ReportScan {
  id: string;
  /** ISO 8601. */
  startedAt: string;
  /** ISO 8601; empty while it runs. */
  finishedAt: string;
  organizationId: string;
  partition: string;
  simulated: boolean;
  durationMs: number;
  apiCalls: number;
}

/** Rows that can be read again from the start, one at a time: nothing of a large result is held whole. */
export type Rows<T> = () => Iterable<T> | AsyncIterable<T>;

/**
 * The result that reports show. Each call of `findings` and `gaps` starts anew and must give the same rows,
 * because several formats are written from one model and some need two passes.
 */
export interface ReportModel {
  /** Version of the program. */
  version: string;
  scan: ReportScan;
  /** 0 to 100; null when nothing could be scored. */
  score: number | null;
  /** 0 to 1. */
  coverage: number;
  /** At most some thousands: held whole. */
  accounts: readonly ReportAccount[];
  /** By check id. A finding whose check is not among them is reported all the same. */
  rules: ReadonlyMap<string, ReportRule>;
  /** Failed and manual findings, most urgent first. */
  findings: Rows<ReportFinding>;
  /** All of them, where `findings` ends at a limit: sums are over these. */
  uncut?: Rows<ReportFinding>;
  gaps: Rows<Gap>;
  summary: {
    bySeverity: Partial<Record<Severity, number>>;
    byVerdict: Partial<Record<Verdict, number>>;
  };
  /** What narrows the findings, in words; undefined when nothing does. */
  selection?: string;
}

/** A report as pieces of text, in order. */
export type Chunks = AsyncGenerator<string>;

/** Words that a finding is not a matter of today any more. */
export const isClosed = (finding: ReportFinding): boolean => finding.state === 'resolved' || finding.state === 'ended';

/** A plain place: `global` becomes the partition's home region where a format must have one. */
export function regionOr(finding: { region: string }, partition: string): string {
  if (finding.region !== 'global' && finding.region !== '') return finding.region;
  return { 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' }[partition] ?? 'us-east-1';
}

/** Milliseconds since 1970 of an ISO 8601 text; of `fallback` when it is none, and 0 when neither is. */
export function epoch(iso: string, fallback = ''): number {
  const time = Date.parse(iso);
  if (!Number.isNaN(time)) return time;
  const other = Date.parse(fallback);
  return Number.isNaN(other) ? 0 : other;
}
