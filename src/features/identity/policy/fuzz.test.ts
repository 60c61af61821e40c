import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyKinds } from './document.ts';
import { evaluate } from './evaluate.ts';
import { parsePolicy } from './parse.ts';
import { noPolicies } from './policies.ts';
import type { AccessRequest } from './policies.ts';
import { parsePrincipal } from './principal.ts';
import { requests } from './testing/arbitraries.ts';

const decisions = ['allowed', 'implicit-deny', 'explicit-deny', 'conditional'];

const grammar =
  'Version Statement Id Sid Effect Action NotAction Resource NotResource Principal NotPrincipal Condition AWS Service ' +
  'Federated Allow Deny 2012-10-17 * s3:* s3:Get* arn:aws:s3:::b/* 111122223333 203.0.113.0/24 aws:username aws:SourceIp ' +
  'StringLike ForAllValues:StringNotEquals Null IpAddress DateLessThan BinaryEquals ArnLike ${aws:username} ${ ${*} }';
const odd = [
  "${aws:PrincipalTag/x, 'y'}",
  '__proto__',
  'constructor',
  'toString',
  '\u202e',
  '\u0000',
  '\ud800',
  'İ',
  '🔑',
  '',
];
const words = [...grammar.split(' '), ...odd];

const leaf = fc.oneof(fc.constantFrom(...words), fc.jsonValue({ maxDepth: 1 }));
const policyLike = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    leaf,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...words), tie('node'), { maxKeys: 5 }),
  ),
})).node;

describe('whatever the document', () => {
  test('it is parsed and judged, and never grants beyond a sound Allow', () => {
    fc.assert(
      fc.property(policyLike, fc.constantFrom(...policyKinds), requests, (source, kind, request) => {
        const document = parsePolicy(source, { name: 'p', kind });
        const policies = {
          ...noPolicies,
          identity: [document],
          resource: parsePolicy(source, { name: 'r', kind: 'resource' }),
        };
        const { decision } = evaluate(request, policies);
        expect(decisions).toContain(decision);
        const documents = [document, policies.resource];
        const grants = documents.some(({ statements }) =>
          statements.some((one) => one.effect === 'Allow' && one.sound),
        );
        expect(decision === 'allowed' && !grants && request.principal.kind !== 'root').toBe(false);
      }),
      { numRuns: 1500 },
    );
  });

  test('its text is parsed as its data, unless a key stands twice', () => {
    fc.assert(
      fc.property(policyLike, fc.constantFrom(...policyKinds), (source, kind) => {
        const data: unknown = JSON.parse(JSON.stringify(source ?? null));
        fc.pre(typeof data !== 'string');
        const about = { name: 'p', kind };
        expect(parsePolicy(JSON.stringify(data), about)).toEqual(parsePolicy(data, about));
      }),
      { numRuns: 500 },
    );
  });

  test('any text is parsed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const document = parsePolicy(text, { name: 'p', kind: 'identity' });
        expect(document.statements.some((statement) => statement.effect === 'Allow' && statement.sound)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

const alice = parsePrincipal('arn:aws:iam::111122223333:user/alice');

function ask(source: unknown, request: Partial<AccessRequest> = {}): string {
  if (alice === undefined) throw new Error('alice is a user');
  const identity = [parsePolicy(source, { name: 'p', kind: 'identity' })];
  const context = { values: {}, complete: true };
  const basic = { principal: alice, action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key', context };
  return evaluate({ ...basic, ...request }, { ...noPolicies, identity }).decision;
}

const wide = (count: number, statement: (at: number) => object): object => ({
  Version: '2012-10-17',
  Statement: Array.from({ length: count }, (_, at) => statement(at)),
});

describe('documents made to hurt', () => {
  test('ten thousand statements', () => {
    const document = wide(10_000, (at) => ({ Effect: 'Allow', Action: `s3:Get${at}*`, Resource: '*' }));
    expect(ask(document)).toBe('implicit-deny');
  });

  test('ten thousand statements under unknown conditions', () => {
    const document = wide(5000, (at) => ({
      Effect: at % 2 === 0 ? 'Allow' : 'Deny',
      Action: 's3:*',
      Resource: '*',
      Condition: { StringEquals: { [`aws:PrincipalTag/t${at}`]: 'x' } },
    }));
    expect(ask(document, { context: { values: {}, complete: false } })).toBe('conditional');
  });

  test('patterns that would make a regular expression hang', () => {
    const resource = `arn:aws:s3:::${'a'.repeat(2000)}`;
    const document = wide(400, (at) => ({
      Effect: 'Allow',
      Action: '*',
      Resource: `arn:aws:s3:::${'*a'.repeat(500)}${'?a'.repeat(at % 200)}*b`,
    }));
    expect(ask(document, { resource })).toBe('implicit-deny');
  });

  test('a megabyte in one place', () => {
    const long = 'x'.repeat(1_000_000);
    expect(ask({ Statement: { Effect: 'Allow', Action: '*', Resource: `arn:aws:s3:::${long}` } })).toBe(
      'implicit-deny',
    );
    expect(ask({ Statement: { Sid: long, Effect: 'Allow', Action: '*', Resource: '*' } })).toBe('allowed');
    expect(ask(`${' '.repeat(1_100_000)}{}`)).toBe('explicit-deny');
  });

  test('a hundred thousand values', () => {
    const values = Array.from({ length: 100_000 }, (_, at) => `v${at}`);
    const document = {
      Statement: {
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:username': values } },
      },
    };
    expect(ask(document)).toBe('implicit-deny');
  });

  test('a thousand variables in a pattern', () => {
    const document = {
      Version: '2012-10-17',
      // eslint-disable-next-line no-template-curly-in-string -- a policy variable
      Statement: { Effect: 'Allow', Action: '*', Resource: `arn:aws:s3:::bucket/${'${aws:username}'.repeat(1000)}` },
    };
    expect(ask(document)).toBe('implicit-deny');
    expect(ask(document, { context: { values: {}, present: ['aws:username'], complete: true } })).toBe('conditional');
  });
});
