import { expect, test } from 'vitest';
import { checkSets } from './agreement/check-sets.ts';
import { checkWhoCan } from './agreement/check-who-can.ts';
import { checkAgreement } from './agreement/check.ts';

/** Slow machines are no reason to fail. */
const slow = { timeout: 120_000 };

// More requests and other seeds: node tools/policy-agreement.ts --requests 1000000 --seed <n>
test.each([1, 2])('the compiled and the explaining evaluator agree on random requests (seed %i)', slow, (seed) => {
  const result = checkAgreement(10_000, seed);
  expect(result.differences).toEqual([]);
  expect(result.different).toBe(0);
  // The requests are of every kind, and what the compiled evaluator leaves open is rare.
  expect(Math.min(...Object.values(result.decisions))).toBeGreaterThan(80);
  expect(result.leftOpen).toBeLessThan(15);
});

test('the sets of all actions agree with decisions one by one', slow, () => {
  const result = checkSets(400, 3);
  expect(result.differences).toEqual([]);
  expect(result.different).toBe(0);
  expect(Math.min(...Object.values(result.held))).toBeGreaterThan(800);
});

test('who-can agrees with decisions about every principal', slow, () => {
  const result = checkWhoCan(300, 4);
  expect(result.differences).toEqual([]);
  expect(result.different).toBe(0);
  expect(Math.min(result.allowed, result.conditional)).toBeGreaterThan(50);
  // Most principals are answered for as members of a class.
  expect(result.decidedSingly).toBeLessThan(result.principals / 3);
});

test('the same seed draws the same requests', slow, () => {
  expect(checkAgreement(300, 5)).toEqual(checkAgreement(300, 5));
  expect(checkAgreement(300, 5).decisions).not.toEqual(checkAgreement(300, 6).decisions);
});
