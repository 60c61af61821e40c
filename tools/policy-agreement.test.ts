import { expect, test } from 'vitest';
import { checkAgreement } from './agreement/check.ts';

// More requests and other seeds: node tools/policy-agreement.ts --requests 1000000 --seed <n>
test.each([1, 2])('the compiled and the explaining evaluator agree on random requests (seed %i)', (seed) => {
  const result = checkAgreement(15_000, seed);
  expect(result.differences).toEqual([]);
  expect(result.different).toBe(0);
  // The requests are of every kind, and what the compiled evaluator leaves open is rare.
  expect(Math.min(...Object.values(result.decisions))).toBeGreaterThan(200);
  expect(result.leftOpen).toBeLessThan(15);
});

test('the same seed draws the same requests', () => {
  expect(checkAgreement(300, 5)).toEqual(checkAgreement(300, 5));
  expect(checkAgreement(300, 5).decisions).not.toEqual(checkAgreement(300, 6).decisions);
});
