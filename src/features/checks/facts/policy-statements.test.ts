import { assert, jsonValue, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyStatements } from './policy-statements.ts';

const parse = (statement: unknown) => policyStatements(JSON.stringify({ Version: '2012-10-17', Statement: statement }));

describe('forms of a statement', () => {
  test('everything as a single value', () => {
    expect(
      parse({
        Sid: 'One',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::Bucket',
        Condition: { Bool: { 'aws:SecureTransport': false } },
      }),
    ).toEqual([
      {
        name: 'statement "One"',
        effect: 'Deny',
        principals: ['*'],
        actions: ['s3:getobject'],
        notActions: [],
        resources: ['arn:aws:s3:::Bucket'],
      },
    ]);
  });

  test('everything as a list', () => {
    expect(
      parse([
        {
          Effect: 'Allow',
          Principal: { AWS: ['111122223333', '*'], Service: 'ec2.amazonaws.com' },
          NotAction: ['IAM:*', 'sts:AssumeRole'],
          NotResource: ['a', 'b'],
          Condition: {
            'ForAllValues:StringLikeIfExists': { 'aws:TagKeys': ['x', 'y'] },
            NumericLessThan: { 's3:max-keys': 10, 's3:other': ['1'] },
          },
        },
      ]),
    ).toEqual([
      {
        name: 'statement 1',
        effect: 'Allow',
        principals: ['AWS:111122223333', 'AWS:*', 'Service:ec2.amazonaws.com'],
        actions: [],
        notActions: ['iam:*', 'sts:assumerole'],
        resources: [],
      },
    ]);
  });
});

const unreadable: readonly string[] = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '{}',
  '{"__proto__":{"Statement":[]}}',
  '{"Statement":["text"]}',
  '{"Statement":[{"Effect":"allow","Action":"a"}]}',
  '{"Statement":[{"Action":"a"}]}',
  '{"Statement":[{"Effect":"Allow","Action":{"a":1}}]}',
  '{"Statement":[{"Effect":"Allow","NotAction":[["a"]]}]}',
  '{"Statement":[{"Effect":"Allow","Action":"a","Resource":[null]}]}',
  '{"Statement":[{"Effect":"Allow","Action":"a","Principal":"everybody"}]}',
  '{"Statement":[{"Effect":"Allow","Action":"a","Principal":{"AWS":null}}]}',
  '{"Statement":[{"Effect":"Allow","Action":"a"},{"Effect":"Other"}]}',
];
test.each(unreadable)('%j is no policy', (document) => {
  expect(policyStatements(document)).toBeUndefined();
});

test('no statements are none', () => {
  expect(policyStatements('{"Statement":[]}')).toEqual([]);
});

test('nothing that JSON can say makes it throw', () => {
  assert(
    property(jsonValue({ maxDepth: 5 }), (value) => {
      const whole = policyStatements(JSON.stringify({ Statement: value }));
      const inside = policyStatements(
        JSON.stringify({ Statement: [{ Effect: 'Allow', Action: value, Principal: value, Condition: value }] }),
      );
      for (const statements of [whole, inside])
        expect(statements === undefined || Array.isArray(statements)).toBe(true);
    }),
    { numRuns: 200, seed: 11 },
  );
});

test.each([
  ['Administrators', 'statement "Administrators"'],
  [undefined, 'statement 2'],
  ['', 'statement 2'],
  ['an <b>odd</b> one', 'statement 2'],
  [7, 'statement 2'],
])('the statement with the Sid %j is called %s', (Sid, name) => {
  const first = { Effect: 'Deny', Action: '*', Resource: '*' };
  const document = JSON.stringify({ Statement: [first, { Sid, Effect: 'Allow', Action: '*', Resource: '*' }] });
  expect(policyStatements(document)?.map((one) => one.name)).toEqual(['statement 1', name]);
});
