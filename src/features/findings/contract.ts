// What goes into the findings, and what comes out.

import type {
  Disposition,
  Finding,
  FindingKind,
  FindingSource,
  FindingState,
  TransitionCause,
} from '../../domain/finding.ts';
import type { Severity } from '../../domain/severity.ts';
import type { Verdict } from '../../domain/verdict.ts';

/** Whose rows may be read: an organisation, and the caller's accounts when he may not see all. */
export interface ReadScope {
  organization: string;
  accounts?: readonly string[] | undefined;
}

/** The scan that judged. `complete` is false when anything was left out by selection: such a scan resolves nothing. */
export interface JudgingScan {
  id: string;
  /** ISO 8601. A scan that began before the one that verified a finding last changes nothing of it. */
  startedAt: string;
  complete: boolean;
}

/** A check that judged a scope. Every check that applies to it is listed, also when it found no subject. */
export interface JudgedCheck {
  id: string;
  severity: Severity;
  /** The check's version: changes whenever its logic, parameters or severity do. */
  rule: string;
  /** True when all the evidence that it needs was wholly read, so that a missing subject is absent. */
  complete: boolean;
}

/** One verdict on one subject. Passes and not-applicable ones belong here too: they are counted and they resolve. */
export interface JudgedVerdict {
  check: string;
  verdict: Verdict;
  /** `findingId` of domain/finding.ts, the same in every scan. */
  findingId: string;
  resource: string;
  resourceType: string;
  /** The subject's own region; `global` when it has none. */
  region: string;
  title: string;
  reason: string;
  /** As far as they could be read; suppressions by tag mute nothing when they could not. */
  tags?: Readonly<Record<string, string>> | undefined;
}

/** All verdicts on one scope, an account's region or `global`, in one scan. */
export interface JudgedScope {
  organization: string;
  scan: JudgingScan;
  account: string;
  region: string;
  /** ISO 8601. */
  judgedAt: string;
  checks: readonly JudgedCheck[];
  verdicts: readonly JudgedVerdict[];
}

export interface CommittedScope {
  /** False when the scope of this scan had been committed before: nothing was written. */
  written: boolean;
  /** The transitions that this commit appended. */
  transitions: readonly StoredTransition[];
}

export interface StoredFinding extends Finding {
  /** The scope that judges it. */
  scopeRegion: string;
  lastScan: string | null;
  lastScanStartedAt: string | null;
  rule: string;
  mutedBy: string | null;
  suppression: string | null;
}

export interface StoredTransition {
  finding: string;
  at: string;
  from: FindingState | null;
  to: FindingState;
  cause: TransitionCause;
  actor: string;
  disposition: Disposition | null;
  scan: string | null;
}

/** What to list. Lists are alternatives; different fields must all match. */
export interface FindingFilter {
  ids?: readonly string[] | undefined;
  /** The beginning of an id. */
  idPrefix?: string | undefined;
  severities?: readonly Severity[] | undefined;
  accounts?: readonly string[] | undefined;
  regions?: readonly string[] | undefined;
  /** Ids of checks; resolve aliases before. */
  checks?: readonly string[] | undefined;
  /** Service folders of the catalogue: the first part of a check's id, for example `s3`. */
  services?: readonly string[] | undefined;
  states?: readonly FindingState[] | undefined;
  sources?: readonly FindingSource[] | undefined;
  kinds?: readonly FindingKind[] | undefined;
  /** The exact resource. */
  resource?: string | undefined;
  /** Anywhere in title, reason, resource or check, whatever the case. */
  text?: string | undefined;
}

/** States in which a finding needs somebody. */
export const activeStates = ['new', 'open', 'reopened'] as const satisfies readonly FindingState[];

/** What a scan changed, in findings. Muted ones are not counted as new. */
export interface ScanDelta {
  new: number;
  reopened: number;
  resolved: number;
  /** Failing or manual, as in the scan before. */
  stillOpen: number;
  ended: number;
  muted: number;
  /** Opened or resolved because the check changed, not the account. */
  ruleChanged: number;
}
