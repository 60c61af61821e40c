import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { severities } from '../../domain/severity.ts';
import {
  type AccountTally,
  type Pair,
  addTallies,
  countedTallies,
  creditOf,
  medianTally,
  scoreOf,
  shownScore,
  tallyOf,
} from './score.ts';
import { examplePairs, explainScore } from './score-explanation.ts';

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
});

test('nothing applicable has no score', () => {
  expect(scoreOf(tallyOf([pair({ notApplicable: 3 })]))).toEqual({ score: null, coverage: 0 });
});

test('a score is never rounded up', () => {
  expect([99.99, 100, 0.09].map(shownScore)).toEqual(['99.9', '100.0', '0.0']);
});

describe('an account that could not be read', () => {
  const light = tallyOf([pair({ pass: 1 })]);
  const heavy = tallyOf([pair({ pass: 1, severity: 'critical' })]);
  const unreadable: AccountTally = { account: 'u', read: undefined, lastKnown: undefined };

  test('counts with its last known weight and without credit', () => {
    const tallies = countedTallies([
      { account: 'a', read: light, lastKnown: heavy },
      { ...unreadable, lastKnown: heavy },
    ]);
    expect(tallies.get('a')).toEqual(light);
    expect(tallies.get('u')).toEqual({ ...heavy, credit: 0, judged: 0 });
    expect(scoreOf(addTallies(tallies.values()))).toEqual({ score: 100 / 9, coverage: 0.5 });
  });

  test('counts as the median account when it was never read; of two in the middle the heavier', () => {
    expect(medianTally([heavy, light])).toEqual(heavy);
    expect(medianTally([light, heavy, light])).toEqual(light);
    expect(countedTallies([{ account: 'a', read: light, lastKnown: undefined }, unreadable]).get('u')).toEqual({
      ...light,
      credit: 0,
      judged: 0,
    });
    expect(countedTallies([unreadable]).get('u')).toMatchObject({ weight: 0, applicable: 0 });
  });
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

  test('of a whole account that was read before never raises the score of the organisation', () => {
    const accounts = fc.array(fc.tuple(fc.array(anyPair, { maxLength: 5 }), fc.boolean()), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(accounts, (rows) => {
        const tallies = rows.map(([pairs]) => tallyOf(pairs));
        const denied = countedTallies(
          rows.map(([, isDenied], n): AccountTally => ({
            account: `${n}`,
            read: isDenied ? undefined : tallies[n],
            lastKnown: tallies[n],
          })),
        );
        const before = scoreOf(addTallies(tallies)).score ?? 100;
        expect(scoreOf(addTallies(denied.values())).score ?? 100).toBeLessThanOrEqual(before + 1e-9);
      }),
      { numRuns: 500 },
    );
  });
});
