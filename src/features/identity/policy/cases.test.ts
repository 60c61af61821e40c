import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCases } from './read-cases.ts';
import { runCase } from './run-cases.ts';

const folder = join(import.meta.dirname, 'cases');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));

describe('the cases from the documentation', () => {
  test.each(files.sort())('%s', (file) => {
    const { cases, faults } = readCases(readFileSync(join(folder, file), 'utf8'));
    expect(faults).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
    const wrong = cases
      .map(({ case: given }) => ({ given, result: runCase(given) }))
      .filter(({ given, result }) => !result.ok || given.expect?.decision === undefined || given.source === undefined)
      .map(({ result }) => `${result.name}: ${result.differences.join('; ') || 'has no expectation or source'}`);
    expect(wrong).toEqual([]);
  });

  test('there are at least 400 of them', () => {
    const count = files.flatMap((file) => readCases(readFileSync(join(folder, file), 'utf8')).cases).length;
    expect(count).toBeGreaterThanOrEqual(400);
  });

  test('the example of the description works as it is printed', () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
    const { cases, faults } = readCases(example);
    expect(faults).toEqual([]);
    expect(cases.map(({ case: given }) => runCase(given).differences)).toEqual([[]]);
  });
});
