import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideExitCode, exitCodeMeanings, exitCodes } from './exit-codes.ts';
import type { ExitFacts, ExitPolicy } from './exit-codes.ts';

const facts: ExitFacts = { findings: { high: 2 }, newFindings: {}, coverage: 0.9, unreadAccounts: 0 };
const policy: ExitPolicy = { failOn: 'none', minCoverage: 0, newOnly: false, unreadAccountsCount: true };

const cases: readonly [string, Partial<ExitFacts>, Partial<ExitPolicy>, number][] = [
  ['nothing asked for', {}, {}, 0],
  ['a finding at the threshold', {}, { failOn: 'high' }, 3],
  ['a finding above the threshold', {}, { failOn: 'low' }, 3],
  ['a finding below the threshold', {}, { failOn: 'critical' }, 0],
  ['only new findings count', {}, { failOn: 'high', newOnly: true }, 0],
  ['a new finding', { newFindings: { high: 1 } }, { failOn: 'high', newOnly: true }, 3],
  ['coverage too low', {}, { minCoverage: 0.95 }, 4],
  ['coverage as asked', {}, { minCoverage: 0.9 }, 0],
  ['an account wholly unread', { unreadAccounts: 1 }, {}, 4],
  ['an unread account of the simulation', { unreadAccounts: 1 }, { unreadAccountsCount: false }, 0],
  ['findings before incompleteness', { unreadAccounts: 1 }, { failOn: 'high', minCoverage: 1 }, 3],
  ['a verification that failed', { verificationFailed: true }, {}, 3],
];

describe('exit codes', () => {
  test.each(cases)('%s', (_name, change, rule, code) => {
    expect(decideExitCode({ ...facts, ...change }, { ...policy, ...rule })).toBe(code);
  });

  test('each has a meaning', () => {
    expect(Object.values(exitCodes).sort()).toEqual(Object.keys(exitCodeMeanings).map(Number).sort());
  });

  test('less to see never makes the code better', () => {
    const amounts = fc.record({ critical: fc.nat(2), high: fc.nat(2), low: fc.nat(2) });
    const rank = [0, 4, 3];
    fc.assert(
      fc.property(
        amounts,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(3),
        (findings, a, b, unread) => {
          const rule: ExitPolicy = { ...policy, failOn: 'high', minCoverage: 0.5 };
          const seen = decideExitCode({ ...facts, findings, coverage: Math.max(a, b), unreadAccounts: 0 }, rule);
          const less = decideExitCode({ ...facts, findings, coverage: Math.min(a, b), unreadAccounts: unread }, rule);
          expect(rank.indexOf(less)).toBeGreaterThanOrEqual(rank.indexOf(seen));
        },
      ),
      { numRuns: 200 },
    );
  });
});
