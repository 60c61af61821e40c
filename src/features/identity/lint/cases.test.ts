// Cases are data: `cases/*.json` hold a document, what it is attached to, and the codes that must be found, no other.

import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { policyCaseSchema } from '../policy/case-format.ts';
import { runCase } from '../policy/run-cases.ts';
import { asCase } from './asking.ts';
import codes from './codes.json' with { type: 'json' };
import { kindNames } from './guess-kind.ts';
import { lintPolicy } from './lint.ts';

const caseSchema = z.strictObject({
  name: z.string().min(1),
  kind: z.string(),
  document: z.unknown(),
  /** When the policy is linted; else the first of November 2026. */
  now: z.iso.datetime().optional(),
  expect: z.array(z.string()),
});

/** The parser's codes stand first, those of the rules after them. */
const rulesCodes = new Set(Object.keys(codes).slice(Object.keys(codes).indexOf('unknown-action')));

const folder = new URL('./cases/', import.meta.url);
const files = readdirSync(folder).map((file) => ({
  file,
  cases: z.array(caseSchema).parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
}));
const all = files.flatMap(({ cases }) => cases);

function run({ document, kind, now }: z.infer<typeof caseSchema>) {
  const about = { name: 'policy', kind: kindNames[kind]! };
  return lintPolicy(JSON.stringify(document, undefined, 2), about, new Date(now ?? '2026-11-01T00:00:00Z'));
}

describe.each(files)('$file', ({ cases }) => {
  test.each(cases)('$name', (one) => {
    const { findings, document, source } = run(one);
    expect([...new Set(findings.map(({ code }) => code))].sort()).toEqual([...one.expect].sort());
    for (const { code, severity, place, line, evidence, fix, source: page } of findings) {
      const claims = rulesCodes.has(code) && severity === 'error' && !code.startsWith('unknown-');
      expect(`${code}: ${!claims || evidence.length > 0}`).toBe(`${code}: true`);
      expect(`${place} ${line}`).toMatch(/ \d+$/);
      expect(fix).not.toBe('');
      expect(page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
      for (const shown of evidence.filter(({ changed }) => changed !== true)) {
        const result = runCase(policyCaseSchema.parse(asCase(document, source, shown)));
        expect([shown.shows, ...result.differences]).toEqual([shown.shows]);
      }
    }
  });
});

test('there are cases for every rule, and as many clean twins', () => {
  expect(all.length).toBeGreaterThanOrEqual(100);
  expect(all.filter(({ expect: found }) => found.length === 0).length).toBeGreaterThanOrEqual(45);
  const shown = new Set(all.flatMap(({ expect: found }) => found));
  expect([...rulesCodes].filter((code) => !shown.has(code))).toEqual([]);
});
