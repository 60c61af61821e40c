import { expect, test } from 'vitest';
import { coverageTable, outcomes, policyCoverage } from './policy-coverage.ts';

test('every rule has a case for every outcome', () => {
  const coverage = policyCoverage();
  const empty = [...coverage].flatMap(([rule, counts]) =>
    outcomes.filter((outcome) => counts[outcome] === 0).map((outcome) => `${rule}: ${outcome}`),
  );
  expect(empty).toEqual([]);
  expect(coverage.size).toBeGreaterThan(200);
  expect(coverageTable(coverage)).not.toContain(' -');
});
