// A finding and its life. Every change of state is an appended transition; nothing is overwritten without one.

import { createHash } from 'node:crypto';
import type { Severity } from './severity.ts';

export const findingStates = ['new', 'open', 'resolved', 'reopened', 'muted', 'ended'] as const;
/** `ended`: the account closed or left; never counted as resolved. */
export type FindingState = (typeof findingStates)[number];

export const findingSources = [
  'vedette',
  'guardduty',
  'securityhub',
  'inspector',
  'config',
  'macie',
  'access-analyzer',
] as const;
export type FindingSource = (typeof findingSources)[number];

export const findingKinds = ['posture', 'threat', 'vulnerability', 'code', 'cost'] as const;
export type FindingKind = (typeof findingKinds)[number];

/** Why a finding changed its state. */
export const transitionCauses = [
  'first-seen',
  'seen-again',
  'passed',
  'absent',
  'failed-again',
  'muted',
  'unmuted',
  'mute-expired',
  'rule-changed',
  'account-closed',
  'account-left',
] as const;
export type TransitionCause = (typeof transitionCauses)[number];

export const dispositions = ['true', 'false', 'accepted'] as const;
export type Disposition = (typeof dispositions)[number];

export interface Finding {
  id: string;
  kind: FindingKind;
  source: FindingSource;
  check: string;
  verdict: 'fail' | 'manual';
  severity: Severity;
  account: string;
  region: string;
  resource: string;
  resourceType: string;
  title: string;
  reason: string;
  state: FindingState;
  firstSeen: string;
  lastSeen: string;
  lastVerified: string;
}

export interface FindingTransition {
  finding: string;
  at: string;
  from: FindingState | null;
  to: FindingState;
  cause: TransitionCause;
  /** `vedette` or the name of the person. */
  actor: string;
  disposition: Disposition | null;
  scan: string | null;
}

/**
 * The stable id of a finding: the same rule, place and subject give the same id in every scan and installation.
 * @returns `vf-` and 32 hexadecimal digits.
 */
export function findingId(parts: {
  rule: string;
  partition: string;
  account: string;
  region: string;
  subject: string;
  discriminator?: string;
}): string {
  const text = JSON.stringify([
    parts.rule,
    parts.partition,
    parts.account,
    parts.region,
    parts.subject,
    parts.discriminator ?? '',
  ]);
  return `vf-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}
