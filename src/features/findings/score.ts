// Score and coverage: pure functions of how many subjects of each check passed, failed or could not be read.

import type { Severity } from '../../domain/severity.ts';

/** What one severity weighs against another. `info` says nothing of how safe an account is. */
export const severityWeights: Readonly<Record<Severity, number>> = {
  critical: 40,
  high: 15,
  medium: 5,
  low: 1,
  info: 0,
};

/** One check in one scope (an account's region, `global` or `account`): how many subjects got which verdict. */
export interface Pair {
  check: string;
  region: string;
  severity: Severity;
  pass: number;
  fail: number;
  notApplicable: number;
  manual: number;
  unknown: number;
  /** False when the scope was not wholly read. */
  complete: boolean;
}

/** Sums from which an account's score and coverage follow. */
export interface Tally {
  /** Σ weight of the pairs that count. */
  weight: number;
  /** Σ weight × credit. */
  credit: number;
  applicable: number;
  judged: number;
}

const emptyTally: Tally = { weight: 0, credit: 0, applicable: 0, judged: 0 };

/** True when the check says anything of the scope: a pair whose subjects are all not applicable does not count. */
function isApplicable(pair: Pair): boolean {
  return !pair.complete || pair.pass + pair.fail + pair.manual + pair.unknown > 0;
}

/**
 * The part of a pair that passed, 0 to 1: passes ÷ (passes + fails + unknowns), and 0 when the scope was not wholly read,
 * because what is not seen is not passed. Undefined when there is nothing to score.
 */
export function creditOf(pair: Pair): number | undefined {
  if (!pair.complete) return 0;
  const scored = pair.pass + pair.fail + pair.unknown;
  return scored === 0 ? undefined : pair.pass / scored;
}

/** The tally of one account's pairs. */
export function tallyOf(pairs: Iterable<Pair>): Tally {
  const tally = { ...emptyTally };
  for (const pair of pairs) {
    if (!isApplicable(pair)) continue;
    tally.applicable += 1;
    if (pair.complete && pair.unknown === 0) tally.judged += 1;
    const credit = creditOf(pair);
    if (credit === undefined) continue;
    const weight = severityWeights[pair.severity];
    tally.weight += weight;
    tally.credit += weight * credit;
  }
  return tally;
}

export interface Score {
  /** 0 to 100; null when nothing could be scored. */
  score: number | null;
  /** 0 to 1; 0 when nothing was applicable. */
  coverage: number;
}

export function scoreOf(tally: Tally): Score {
  return {
    score: tally.weight === 0 ? null : (100 * tally.credit) / tally.weight,
    coverage: tally.applicable === 0 ? 0 : tally.judged / tally.applicable,
  };
}

/** For people: rounded down, so that 99.96 never reads as 100. */
export function shownScore(score: number): string {
  return (Math.floor(score * 10) / 10).toFixed(1);
}

/** An account as it counts in the organisation. */
export interface AccountTally {
  /** What this scan read; undefined when it could read nothing. */
  read: Tally | undefined;
  /** What the last complete scan that could read it found; undefined when there is none. */
  lastKnown: Tally | undefined;
}

/** The middle one of some counts, of two in the middle the larger, so that a guess never flatters. */
function medianOf(counts: readonly number[]): number {
  return [...counts].sort((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
}

/**
 * The organisation's score is the mean of its accounts' scores, each account equally, and 0 for one that could not be
 * read: what an account weighs cannot be known without reading it, and no guess of it may raise a score. Accounts with
 * nothing to score do not count.
 *
 * Its coverage runs over all pairs. An unread account counts with the pairs that were last known of it, else with as
 * many as the median account that was read has; a unit of the organisation that could not be listed counts as one such
 * account, because nobody knows what lies below it.
 */
export function organizationScore(accounts: readonly AccountTally[], unlistedUnits = 0): Score {
  const read = accounts.flatMap((account) => account.read ?? []);
  const scores = accounts.flatMap((account) => (account.read === undefined ? 0 : (scoreOf(account.read).score ?? [])));
  const median = medianOf(read.map((tally) => tally.applicable));
  const unread = accounts.flatMap((account) => (account.read === undefined ? [account.lastKnown?.applicable] : []));
  const applicable =
    read.reduce((sum, tally) => sum + tally.applicable, 0) +
    unread.reduce<number>((sum, known) => sum + (known ?? median), unlistedUnits * median);
  const judged = read.reduce((sum, tally) => sum + tally.judged, 0);
  return {
    score: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
    coverage: applicable === 0 ? 0 : judged / applicable,
  };
}
