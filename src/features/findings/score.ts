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

/** Sums from which score and coverage follow; sums of accounts add up to those of the organisation. */
export interface Tally {
  /** Σ weight of the pairs that count. */
  weight: number;
  /** Σ weight × credit. */
  credit: number;
  applicable: number;
  judged: number;
}

export const emptyTally: Tally = { weight: 0, credit: 0, applicable: 0, judged: 0 };

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

/** The tally of an account of which nothing could be read: all of its weight, none of its credit. */
export function unreadTally(tally: Tally): Tally {
  return { weight: tally.weight, credit: 0, applicable: tally.applicable, judged: 0 };
}

export function addTallies(tallies: Iterable<Tally>): Tally {
  const sum = { ...emptyTally };
  for (const tally of tallies) {
    sum.weight += tally.weight;
    sum.credit += tally.credit;
    sum.applicable += tally.applicable;
    sum.judged += tally.judged;
  }
  return sum;
}

/** The middle account by weight; of two in the middle the heavier, so that a guess never flatters. */
export function medianTally(tallies: readonly Tally[]): Tally {
  const sorted = [...tallies].sort((a, b) => a.weight - b.weight || a.applicable - b.applicable);
  return sorted[Math.floor(sorted.length / 2)] ?? emptyTally;
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
  account: string;
  /** What this scan read; undefined when it could read nothing. */
  read: Tally | undefined;
  /** What the last scan that could read it found; undefined when none could. */
  lastKnown: Tally | undefined;
}

/** The tally with which an account counts: its own, else its last known or the median account's without credit. */
export function countedTallies(accounts: readonly AccountTally[]): Map<string, Tally> {
  const median = medianTally(accounts.flatMap(({ read }) => read ?? []));
  return new Map(accounts.map(({ account, read, lastKnown }) => [account, read ?? unreadTally(lastKnown ?? median)]));
}
