// Whatever a document holds, linting ends, throws nothing and stays within bounds.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyKinds } from '../policy/document.ts';
import type { PolicyKind } from '../policy/document.ts';
import { statementOf } from '../policy/testing/arbitraries.ts';
import { lintPolicy } from './lint.ts';
import { lintJson, lintText } from './report.ts';
import { plainStyle } from '../../../platform/terminal/colour.ts';

const now = new Date('2026-11-01T00:00:00Z');
const lint = (text: string, kind: PolicyKind) => {
  const file = { file: 'policy', guessed: false, ...lintPolicy(text, { name: 'policy', kind }, now) };
  return { file, findings: file.findings, told: lintText([file], plainStyle) + JSON.stringify(lintJson([file])) };
};

test('sound documents of every kind: every finding has a line, and linting twice says the same', () => {
  const documents = fc
    .constantFrom(...policyKinds)
    .chain((kind) => fc.record({ kind: fc.constant(kind), Statement: fc.array(statementOf(kind), { maxLength: 4 }) }));
  const outcome = fc.check(
    fc.property(documents, ({ kind, Statement }) => {
      const text = JSON.stringify({ Version: '2012-10-17', Statement }, undefined, 1);
      const { findings, told } = lint(text, kind);
      return findings.every(({ line }) => line !== undefined && line > 0) && told === lint(text, kind).told;
    }),
    { numRuns: 100 },
  );
  expect(outcome.failed ? fc.defaultReportMessage(outcome) : '').toBe('');
});

test('any JSON in the place of a document, of a statement and of its elements', () => {
  const anything = fc.jsonValue({ maxDepth: 3 });
  const elements = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'Principal', 'Condition'] as const;
  const broken = fc.record(
    Object.fromEntries(elements.map((name) => [name, anything])) as Record<string, fc.Arbitrary<unknown>>,
    { requiredKeys: [] },
  );
  const documents = fc.oneof(
    anything,
    fc.record({ Version: anything, Statement: fc.oneof(anything, fc.array(broken)) }),
  );
  const outcome = fc.check(
    fc.property(documents, fc.constantFrom(...policyKinds), (document, kind) => {
      return lint(JSON.stringify(document), kind).findings.length <= 200;
    }),
    { numRuns: 300 },
  );
  expect(outcome.failed ? fc.defaultReportMessage(outcome) : '').toBe('');
});

function condition(key: string, value: string): object {
  const Condition = { StringEquals: { [key]: value } };
  return { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition } };
}

describe('hostile text', () => {
  test.each<[string, string]>([
    ['empty', ''],
    ['a prototype', '{"__proto__": {"Statement": []}, "Statement": {"__proto__": 1, "Effect": "Allow"}}'],
    ['prototype keys in a condition', JSON.stringify(condition('x', 'y')).replace('"x"', '"__proto__"')],
    ['a terminal escape', JSON.stringify(condition('aws:\u001b]0;x\u0007', 'y'))],
    ['a slash and a tilde in a key', JSON.stringify(condition('aws:RequestTag/a~/b', '*'))],
    ['wildcards without end', JSON.stringify(condition('aws:PrincipalTag/x', '*a'.repeat(2_000)))],
    ['variables without end', JSON.stringify(condition('aws:PrincipalTag/x', '${'.repeat(2_000)))],
    ['nested too deep', '['.repeat(5_000)],
    ['keys given twice', '{"Statement": {"Effect": "Allow", "Effect": "Deny", "Action": "*", "Resource": "*"}}'],
  ])('%s', (_, text) => {
    const { findings, told } = lint(text, 'identity');
    expect(findings.length).toBeLessThanOrEqual(200);
    // eslint-disable-next-line no-control-regex -- what must not be printed
    expect(told).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  test('ten thousand statements', () => {
    const statement = {
      Effect: 'Deny',
      Action: 's3:*',
      Resource: '*',
      Condition: { Null: { 'aws:RequestTag/a': 'true' } },
    };
    const text = JSON.stringify({ Version: '2012-10-17', Statement: Array.from({ length: 10_000 }, () => statement) });
    expect(lint(text, 'identity').findings.map(({ code }) => code)).toContain('not-finished');
  });

  test('as many statements as the rules look at, each with conditions', () => {
    const statement = {
      Effect: 'Deny',
      NotAction: 'iam:*',
      NotResource: 'arn:aws:s3:::x',
      Condition: {
        StringLike: { 'aws:PrincipalTag/x': 'a*', 'aws:PrincipalTag/y': 'a*' },
        IpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
        'ForAllValues:StringLike': { 'aws:TagKeys': ['a*', 'b*'] },
      },
    };
    const text = JSON.stringify({ Version: '2012-10-17', Statement: Array.from({ length: 400 }, () => statement) });
    expect(lint(text, 'identity').findings.length).toBeLessThanOrEqual(200);
  });
});
