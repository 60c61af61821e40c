import { expect, test } from 'vitest';
import { scanningOf } from './scanning.ts';

// The table of https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
const names = ['prod', 'repo-prod', 'prod-repo', 'repo-prod-repo', 'prodrepo'];
test.each([
  ['prod', [true, true, true, true, true]],
  ['*prod', [true, true, false, false, false]],
  ['prod*', [true, false, true, false, true]],
  ['*prod*', [true, true, true, true, true]],
  ['prod*repo', [false, false, true, false, true]],
] as const)('the filter %s', (filter, expected) => {
  const registry = { type: 'ENHANCED', rules: [{ frequency: 'SCAN_ON_PUSH', filters: [filter] }] } as const;
  expect(names.map((name) => scanningOf(registry, { name, scanOnPush: true }).frequency === 'SCAN_ON_PUSH')).toEqual(
    expected,
  );
});

test('continuous scanning wins, and the own setting counts with basic scanning alone', () => {
  const rules = [
    { frequency: 'SCAN_ON_PUSH', filters: ['*'] },
    { frequency: 'CONTINUOUS_SCAN', filters: ['live'] },
  ] as const;
  const one = { name: 'shop-live', scanOnPush: false };
  expect(scanningOf({ type: 'ENHANCED', rules }, one)).toEqual({ frequency: 'CONTINUOUS_SCAN', filters: ['live'] });
  expect(scanningOf({ type: 'BASIC', rules: [] }, { ...one, scanOnPush: true }).frequency).toBe('SCAN_ON_PUSH');
  expect(scanningOf({ type: 'BASIC', rules: [] }, one).frequency).toBe('MANUAL');
});
