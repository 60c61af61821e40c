// The life of a finding, as a pure function: what was known and what is observed now give what is known next.
//
//   (none) ─first-seen─▶ new ─seen-again─▶ open ─passed, absent─▶ resolved ─failed-again─▶ reopened ─seen-again─▶ open
//   new, open, reopened ─muted─▶ muted ─unmuted, mute-expired─▶ open;  any but resolved ─account-closed, -left─▶ ended
//
// A change of the check's version is the cause `rule-changed`, whichever way it goes: it is not the account that changed.

import type { FindingState, TransitionCause } from '../../domain/finding.ts';
import type { JudgedCheck, JudgedVerdict, JudgingScan, StoredFinding, StoredTransition } from './contract.ts';

/** What a scan saw of one finding's subject; `verdict` is undefined when the subject does not appear. */
export interface Observation {
  verdict: JudgedVerdict | undefined;
  check: JudgedCheck;
  scan: JudgingScan;
  account: string;
  scopeRegion: string;
  /** ISO 8601. */
  at: string;
  /** The version of the check that judged this scope wholly before; undefined when none did. */
  earlierRule: string | undefined;
}

export interface Step {
  finding: StoredFinding;
  transitions: readonly StoredTransition[];
}

const machine = 'vedette';

function transition(
  finding: string,
  from: FindingState | null,
  to: FindingState,
  cause: TransitionCause,
  at: string,
  scan: string | null,
): StoredTransition {
  return { finding, at, from, to, cause, actor: machine, disposition: null, scan };
}

function firstSeen(verdict: JudgedVerdict & { verdict: 'fail' | 'manual' }, seen: Observation): Step {
  const { check, scan, at } = seen;
  const ruleChanged = seen.earlierRule !== undefined && seen.earlierRule !== check.rule;
  const finding: StoredFinding = {
    id: verdict.findingId,
    kind: 'posture',
    source: 'vedette',
    check: check.id,
    ...described(verdict, seen),
    account: seen.account,
    state: 'new',
    firstSeen: at,
    lastSeen: at,
    lastVerified: at,
    ...verified(seen),
    mutedBy: null,
    suppression: null,
  };
  const cause = ruleChanged ? 'rule-changed' : 'first-seen';
  return { finding, transitions: [transition(finding.id, null, 'new', cause, at, scan.id)] };
}

function described(verdict: JudgedVerdict & { verdict: 'fail' | 'manual' }, seen: Observation) {
  const { region, resource, resourceType, title, reason } = verdict;
  const severity = seen.check.severity;
  return {
    verdict: verdict.verdict,
    severity,
    region,
    resource,
    resourceType,
    title,
    reason,
    scopeRegion: seen.scopeRegion,
  };
}

function verified({ scan, check }: Observation) {
  return { lastScan: scan.id, lastScanStartedAt: scan.startedAt, rule: check.rule };
}

/** Where a finding goes that is seen failing again; undefined when it stays. */
function failingAgain(previous: StoredFinding, seen: Observation): [FindingState, TransitionCause] | undefined {
  switch (previous.state) {
    case 'new':
    case 'reopened':
      return previous.lastScan === seen.scan.id ? undefined : ['open', 'seen-again'];
    case 'resolved':
      return ['reopened', previous.rule === seen.check.rule ? 'failed-again' : 'rule-changed'];
    case 'ended':
      return ['reopened', 'failed-again'];
    case 'open':
    case 'muted':
      return undefined;
  }
}

function stillFailing(
  previous: StoredFinding,
  verdict: JudgedVerdict & { verdict: 'fail' | 'manual' },
  seen: Observation,
): Step {
  const next = failingAgain(previous, seen);
  const finding: StoredFinding = {
    ...previous,
    ...described(verdict, seen),
    state: next?.[0] ?? previous.state,
    lastSeen: seen.at,
    lastVerified: seen.at,
    ...verified(seen),
  };
  if (next === undefined) return { finding, transitions: [] };
  return { finding, transitions: [transition(previous.id, previous.state, next[0], next[1], seen.at, seen.scan.id)] };
}

function resolved(previous: StoredFinding, seen: Observation): Step {
  const { check, scan, at } = seen;
  const cause = previous.rule !== check.rule ? 'rule-changed' : seen.verdict?.verdict === 'pass' ? 'passed' : 'absent';
  const finding: StoredFinding = {
    ...previous,
    state: 'resolved',
    lastVerified: at,
    ...verified(seen),
    mutedBy: null,
    suppression: null,
  };
  return { finding, transitions: [transition(previous.id, previous.state, 'resolved', cause, at, scan.id)] };
}

function isFailing(verdict: JudgedVerdict): verdict is JudgedVerdict & { verdict: 'fail' | 'manual' } {
  return verdict.verdict === 'fail' || verdict.verdict === 'manual';
}

/**
 * The next state of a finding, or undefined when the observation changes nothing.
 * It resolves only by a complete scan that read the check's scope wholly and shows a pass, that the check no longer
 * applies, or that the subject is gone; never by an unknown, a gap, a filtered scan, or one that began before the scan
 * that verified it last.
 */
export function observe(previous: StoredFinding | undefined, seen: Observation): Step | undefined {
  const { verdict, check, scan } = seen;
  const older = (previous?.lastScanStartedAt ?? '') > scan.startedAt;
  if (older || verdict?.verdict === 'unknown') return undefined;
  if (verdict !== undefined && isFailing(verdict)) {
    return previous === undefined ? firstSeen(verdict, seen) : stillFailing(previous, verdict, seen);
  }
  if (previous === undefined || previous.state === 'resolved' || previous.state === 'ended') return undefined;
  return scan.complete && check.complete ? resolved(previous, seen) : undefined;
}

/** Mutes a finding that needs somebody; undefined when it does not. */
export function mute(
  finding: StoredFinding,
  by: { suppression: string; actor: string },
  at: string,
  scan: string | null,
): Step | undefined {
  if (finding.state === 'resolved' || finding.state === 'ended') return undefined;
  const muted: StoredFinding = { ...finding, state: 'muted', mutedBy: by.actor, suppression: by.suppression };
  if (finding.state === 'muted') {
    return finding.suppression === by.suppression ? undefined : { finding: muted, transitions: [] };
  }
  const step = transition(finding.id, finding.state, 'muted', 'muted', at, scan);
  return { finding: muted, transitions: [{ ...step, actor: by.actor, disposition: 'accepted' }] };
}

/** Opens a muted finding again; undefined when it is not muted. */
export function unmute(
  finding: StoredFinding,
  cause: 'unmuted' | 'mute-expired',
  actor: string,
  at: string,
  scan: string | null,
): Step | undefined {
  if (finding.state !== 'muted') return undefined;
  const step = transition(finding.id, 'muted', 'open', cause, at, scan);
  return {
    finding: { ...finding, state: 'open', mutedBy: null, suppression: null },
    transitions: [{ ...step, actor }],
  };
}

/** Ends a finding with its account; undefined when it is resolved or ended already. */
export function end(
  finding: StoredFinding,
  cause: 'account-closed' | 'account-left',
  at: string,
  scan: string | null,
): Step | undefined {
  if (finding.state === 'resolved' || finding.state === 'ended') return undefined;
  return {
    finding: { ...finding, state: 'ended', mutedBy: null, suppression: null },
    transitions: [transition(finding.id, finding.state, 'ended', cause, at, scan)],
  };
}
