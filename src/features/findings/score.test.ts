import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { severities } from '../../domain/severity.ts';
import {
  type AccountTally,
  type Pair,
  type Tally,
  creditOf,
  organizationScore,
  scoreOf,
  shownScore,
  tallyOf,
} from './score.ts';
import { exampleAccounts, examplePairs, explainScore } from './score-explanation.ts';

const pair = (changes: Partial<Pair>): Pair => ({
  check: 'c',
  region: 'global',
  severity: 'medium',
  pass: 0,
  fail: 0,
  notApplicable: 0,
  manual: 0,
  unknown: 0,
  complete: true,
  ...changes,
});

const credits: readonly [Partial<Pair>, number | undefined][] = [
  [{ pass: 3 }, 1],
  [{ pass: 3, fail: 1 }, 0.75],
  [{ fail: 2 }, 0],
  [{ pass: 1, unknown: 1 }, 0.5],
  [{ unknown: 1 }, 0],
  [{ pass: 1, notApplicable: 9, manual: 9 }, 1],
  [{ pass: 9, complete: false }, 0],
  [{ complete: false }, 0],
  [{ notApplicable: 2 }, undefined],
  [{ manual: 2 }, undefined],
  [{}, undefined],
];
test.each(credits)('credit of %j', (changes, expected) => {
  expect(creditOf(pair(changes))).toBe(expected);
});

const coverages: readonly [Partial<Pair>, { applicable: number; judged: number }][] = [
  [{ pass: 1 }, { applicable: 1, judged: 1 }],
  [
    { pass: 1, unknown: 1 },
    { applicable: 1, judged: 0 },
  ],
  [
    { pass: 1, complete: false },
    { applicable: 1, judged: 0 },
  ],
  [{ notApplicable: 1 }, { applicable: 0, judged: 0 }],
  [{ manual: 1 }, { applicable: 1, judged: 1 }],
  [
    { notApplicable: 1, complete: false },
    { applicable: 1, judged: 0 },
  ],
];
test.each(coverages)('coverage of %j', (changes, expected) => {
  expect(tallyOf([pair(changes)])).toMatchObject(expected);
});

test('the worked example can be followed with a pencil', () => {
  expect(scoreOf(tallyOf(examplePairs))).toEqual({ score: (100 * (40 + 30 + 2.5)) / 105, coverage: 3 / 5 });
  const text = explainScore();
  expect(text).toContain('score    = 100 × 72.5 ÷ 105 = 69.0');
  expect(text).toContain('coverage = 3 ÷ 5 = 0.60');
  expect(organizationScore(exampleAccounts)).toEqual({
    score: ((100 * 72.5) / 105 + 100 + 0) / 3,
    coverage: (3 + 3) / (5 + 3 + 5),
  });
  expect(text).toContain('score    = (69.0 + 100.0 + 0.0) ÷ 3 = 56.3');
  expect(text).toContain('coverage = (3 + 3 + 0) ÷ (5 + 3 + 5) = 0.46');
});

test('nothing applicable has no score', () => {
  expect(scoreOf(tallyOf([pair({ notApplicable: 3 })]))).toEqual({ score: null, coverage: 0 });
});

test('a score is never rounded up', () => {
  expect([99.99, 100, 0.09].map(shownScore)).toEqual(['99.9', '100.0', '0.0']);
});

const light: Tally = { weight: 5, credit: 5, applicable: 1, judged: 1 };
const heavy: Tally = { weight: 200, credit: 50, applicable: 5, judged: 5 };
const nothing: Tally = { weight: 0, credit: 0, applicable: 0, judged: 0 };
const onlyManual: Tally = { weight: 0, credit: 0, applicable: 2, judged: 2 };
const read = (tally: Tally): AccountTally => ({ read: tally, lastKnown: undefined });
const known = (tally: Tally): AccountTally => ({ read: undefined, lastKnown: tally });
const never: AccountTally = { read: undefined, lastKnown: undefined };

const organizations: readonly [string, readonly AccountTally[], number, { score: number | null; coverage: number }][] =
  [
    ['no accounts', [], 0, { score: null, coverage: 0 }],
    ['each account equally, whatever it holds', [read(light), read(heavy)], 0, { score: 62.5, coverage: 1 }],
    ['accounts with nothing to score do not count', [read(light), read(nothing)], 0, { score: 100, coverage: 1 }],
    ['what only a person can judge has coverage and no score', [read(onlyManual)], 0, { score: null, coverage: 1 }],
    ['an account unread, with what was known of it', [read(light), known(heavy)], 0, { score: 50, coverage: 1 / 6 }],
    [
      'an account never read, as the median',
      [read(light), read(light), read(heavy), never],
      0,
      { score: 56.25, coverage: 7 / 8 },
    ],
    ['of two in the middle the larger', [read(light), read(heavy), never], 0, { score: 125 / 3, coverage: 6 / 11 }],
    ['no account read', [never, never], 0, { score: 0, coverage: 0 }],
    ['no account read, one known', [never, known(heavy)], 0, { score: 0, coverage: 0 }],
    ['units that were not listed lower the coverage alone', [read(heavy)], 2, { score: 25, coverage: 5 / 15 }],
    [
      'a score of now stands before what was known',
      [{ read: light, lastKnown: heavy }],
      0,
      { score: 100, coverage: 1 },
    ],
  ];
test.each(organizations)('the organisation: %s', (_name, accounts, unlisted, expected) => {
  const { score, coverage } = organizationScore(accounts, unlisted);
  expect(coverage).toBeCloseTo(expected.coverage, 10);
  expect(score?.toFixed(9)).toBe(expected.score?.toFixed(9));
  expect(score === null).toBe(expected.score === null);
});

const count = fc.nat({ max: 5 });
const anyPair: fc.Arbitrary<Pair> = fc.record({
  check: fc.constantFrom('c1', 'c2', 'c3'),
  region: fc.constantFrom('global', 'eu-west-1'),
  severity: fc.constantFrom(...severities),
  pass: count,
  fail: count,
  notApplicable: count,
  manual: count,
  unknown: count,
  complete: fc.boolean(),
});

/** What denying a permission can do to a pair: some subjects become unknown, some are not listed any more. */
const anyLoss = fc.record({
  pass: fc.nat(5),
  fail: fc.nat(5),
  notApplicable: fc.nat(5),
  manual: fc.nat(5),
  tail: fc.boolean(),
});

function withLoss(
  of: Pair,
  loss: { pass: number; fail: number; notApplicable: number; manual: number; tail: boolean },
): Pair {
  const lost = (['pass', 'fail', 'notApplicable', 'manual'] as const).map(
    (key) => [key, Math.min(of[key], loss[key])] as const,
  );
  const left = Object.fromEntries(lost.map(([key, n]) => [key, of[key] - n]));
  const sum = lost.reduce((total, [, n]) => total + n, 0);
  // A list that breaks off loses its subjects and is not complete; a part that is denied makes them unknown.
  return loss.tail ? { ...of, ...left, complete: false } : { ...of, ...left, unknown: of.unknown + sum };
}

/** No score is the best there is: nothing is held against such an account. */
const worth = (pairs: readonly Pair[]): number => scoreOf(tallyOf(pairs)).score ?? 100;

describe('denying a permission', () => {
  test('never raises the score of an account', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyPair, fc.option(anyLoss)), { maxLength: 12 }), (rows) => {
        const before = rows.map(([one]) => one);
        const after = rows.map(([one, loss]) => (loss === null ? one : withLoss(one, loss)));
        expect(worth(after)).toBeLessThanOrEqual(worth(before) + 1e-9);
      }),
      { numRuns: 500 },
    );
  });

  test('never raises the coverage of what was applicable', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyPair, anyLoss), { maxLength: 12 }), (rows) => {
        const before = tallyOf(rows.map(([one]) => one));
        const after = tallyOf(rows.map(([one, loss]) => withLoss(one, loss)));
        expect(after.judged).toBeLessThanOrEqual(before.judged);
        expect(after.applicable).toBeGreaterThanOrEqual(before.applicable);
      }),
      { numRuns: 500 },
    );
  });

  test('never raises the score of the organisation: parts of accounts or whole ones, known before or not', () => {
    const account = fc.record({
      pairs: fc.array(fc.tuple(anyPair, fc.option(anyLoss)), { maxLength: 5 }),
      entered: fc.boolean(),
      lastKnown: fc.option(fc.array(anyPair, { maxLength: 5 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(account, { minLength: 1, maxLength: 6 }), fc.nat(3), (accounts, unlisted) => {
        const known = accounts.map((one) => (one.lastKnown === undefined ? undefined : tallyOf(one.lastKnown)));
        const before = organizationScore(
          accounts.map(({ pairs }, n) => ({ read: tallyOf(pairs.map(([one]) => one)), lastKnown: known[n] })),
        );
        const after = organizationScore(
          accounts.map(({ pairs, entered }, n) => ({
            read: entered
              ? tallyOf(pairs.map(([one, loss]) => (loss === null ? one : withLoss(one, loss))))
              : undefined,
            lastKnown: known[n],
          })),
          unlisted,
        );
        expect(after.score ?? 100).toBeLessThanOrEqual((before.score ?? 100) + 1e-9);
      }),
      { numRuns: 1000 },
    );
  });
});
