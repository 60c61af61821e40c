import { expect, test } from 'vitest';
import { daysSince } from './days.ts';

const now = new Date('2026-11-20T12:00:00Z');

test.each([
  ['2026-11-20T12:00:00Z', 0],
  ['2026-11-19T12:00:00Z', 1],
  ['2026-11-20T00:00:00Z', 0.5],
  ['2026-11-21T12:00:00Z', -1],
  ['2026-11-20T13:00:00+01:00', 0],
  ['N/A', undefined],
  ['', undefined],
] as const)('since %s there are %s days', (at, days) => {
  expect(daysSince(at, now)).toBe(days);
});
