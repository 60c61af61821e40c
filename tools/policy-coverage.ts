// Prints how the policy cases cover the rules: one row for each rule, one column for each outcome.
// A rule is a file of cases; in `cases/operators` it is an operator with its modifiers, the part of a case's name
// before the first colon.
// Usage: node tools/policy-coverage.ts

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readCases } from '../src/features/identity/policy/read-cases.ts';

export const outcomes = ['allowed', 'implicit-deny', 'explicit-deny', 'conditional'] as const;
type Outcome = (typeof outcomes)[number];

export type Coverage = ReadonlyMap<string, Readonly<Record<Outcome, number>>>;

const folder = join(import.meta.dirname, '../src/features/identity/policy/cases');

/** Counts the cases of every rule by the decision they expect. */
export function policyCoverage(): Coverage {
  const rows = new Map<string, Record<Outcome, number>>();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  for (const file of files.sort()) {
    const rule = file.replaceAll('\\', '/').slice(0, -'.json'.length);
    for (const { case: given } of readCases(readFileSync(join(folder, file), 'utf8')).cases) {
      const row = ruleOf(rule, given.name);
      const counts = rows.get(row) ?? { allowed: 0, 'implicit-deny': 0, 'explicit-deny': 0, conditional: 0 };
      const outcome = outcomes.find((name) => name === given.expect?.decision);
      if (outcome !== undefined) counts[outcome] += 1;
      rows.set(row, counts);
    }
  }
  return rows;
}

function ruleOf(rule: string, name: string): string {
  if (!rule.startsWith('operators/') || rule === 'operators/details') return rule;
  const end = name.indexOf(': ');
  return `operators/${name.slice(0, end)}`;
}

/** The table as text, empty cells as a dash. */
export function coverageTable(coverage: Coverage): string {
  const width = Math.max(...[...coverage.keys()].map((rule) => rule.length));
  const line = (rule: string, cells: readonly string[]): string =>
    `${rule.padEnd(width)}  ${cells.map((cell) => cell.padStart(13)).join('  ')}`;
  const body = [...coverage].map(([rule, counts]) =>
    line(
      rule,
      outcomes.map((outcome) => (counts[outcome] === 0 ? '-' : String(counts[outcome]))),
    ),
  );
  const total = [...coverage.values()].reduce(
    (sum, counts) => sum + outcomes.reduce((all, one) => all + counts[one], 0),
    0,
  );
  return [line('rule', outcomes), ...body, `${coverage.size} rules, ${total} cases`].join('\n');
}

if (import.meta.main) process.stdout.write(`${coverageTable(policyCoverage())}\n`);
