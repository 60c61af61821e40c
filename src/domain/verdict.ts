// What a check says of one subject. Five verdicts; what could not be read is unknown and never reads as pass.

import type { Unread } from './evidence.ts';

export const verdicts = ['pass', 'fail', 'not-applicable', 'manual', 'unknown'] as const;
export type Verdict = (typeof verdicts)[number];

/** One judgement: the verdict, why in one sentence, and for `unknown` what could not be read. */
export interface Judgement {
  verdict: Verdict;
  /** A sentence about this subject that a person reads, for example "port 22 is open to 0.0.0.0/0 by rule sgr-1". */
  reason: string;
  unread?: readonly Unread[];
}

export const pass = (reason: string): Judgement => ({ verdict: 'pass', reason });
export const fail = (reason: string): Judgement => ({ verdict: 'fail', reason });
export const notApplicable = (reason: string): Judgement => ({ verdict: 'not-applicable', reason });
export const manual = (reason: string): Judgement => ({ verdict: 'manual', reason });
export const unknown = (reason: string, unread: readonly Unread[] = []): Judgement => ({
  verdict: 'unknown',
  reason,
  unread,
});
