import { expect, test } from 'vitest';
import { allowKey, needKey } from '../evidence/source-policy.ts';
import { parsePolicy } from '../policy/parse.ts';
import { all, any, not, test as keyTest, type Expression, type Truth } from '../policy/truth.ts';
import { conditionWords, expressionWords, keyNotes, restsOnUnread, unreadIn } from './condition-words.ts';
import { conditionText } from './statement-words.ts';

/** A Condition element with one test, what it says, and its opposite. */
const cases: readonly [condition: object, words: string, opposite: string][] = [
  [{ Bool: { 'aws:SecureTransport': 'false' } }, 'the request is sent without TLS', 'the request is sent over TLS'],
  [
    { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    'the caller signed in with MFA',
    'the caller signed in without MFA',
  ],
  [
    { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    'the caller signed in without MFA, or nothing is said of it',
    'the caller signed in with MFA',
  ],
  [
    { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '198.51.100.0/24'] } },
    "the caller's IP address is in 203.0.113.0/24 or 198.51.100.0/24",
    "the caller's IP address is not in 203.0.113.0/24 or 198.51.100.0/24",
  ],
  [
    { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } },
    "the caller's organisation is not o-exampleorgid",
    "the caller's organisation is o-exampleorgid",
  ],
  [
    { StringLike: { 'aws:PrincipalTag/team': 'red-*' } },
    'the caller\'s tag "team" matches red-*',
    'the caller\'s tag "team" does not match red-*',
  ],
  [{ NumericLessThanEquals: { 's3:max-keys': 10 } }, 's3:max-keys is at most 10', 's3:max-keys is above 10'],
  [
    { DateGreaterThan: { 'aws:CurrentTime': '2026-12-31T00:00:00Z' } },
    'the time of the request is above 2026-12-31T00:00:00Z',
    'the time of the request is not above 2026-12-31T00:00:00Z',
  ],
  [
    { Null: { 'aws:RequestTag/owner': 'true' } },
    'the tag in the request "owner" is not given',
    'the tag in the request "owner" is given',
  ],
  [
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a', 'b'] } },
    'one of the tag keys in the request is a or b',
    'one of the tag keys in the request is not a or b',
  ],
  [
    { 'ForAllValues:StringLike': { 'aws:TagKeys': 'a*' } },
    'every one of the tag keys in the request matches a*',
    'every one of the tag keys in the request does not match a*',
  ],
  [
    { StringEqualsIfExists: { 'aws:UserName': ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'] } },
    "the caller's user name is a or b or c or d or e or f or g or h or one of 2 more, where it is given",
    "the caller's user name is not a or b or c or d or e or f or g or h or one of 2 more, where it is given",
  ],
  [{ NumericLessThan: { 's3:max-keys': 10 } }, 's3:max-keys is below 10', 's3:max-keys is not below 10'],
  [
    { NumericGreaterThanEquals: { 'aws:MultiFactorAuthAge': 10 } },
    'the seconds since the sign-in with MFA is at least 10',
    'the seconds since the sign-in with MFA is below 10',
  ],
  [
    { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    "the caller's IP address is not in 203.0.113.0/24",
    "the caller's IP address is in 203.0.113.0/24",
  ],
  [
    { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } },
    'the caller does not match arn:aws:iam::*:role/app',
    'the caller matches arn:aws:iam::*:role/app',
  ],
  [
    { StringEquals: { 'aws:SecureTransport': 'true' } },
    'aws:SecureTransport is true',
    'aws:SecureTransport is not true',
  ],
];

test.each(cases)('%j', (condition, words, opposite) => {
  const { statements } = parsePolicy(
    { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: condition } },
    { name: 'p', kind: 'identity' },
  );
  const [one] = statements[0]?.conditions ?? [];
  expect(one && [conditionText(one), conditionText(one, false)]).toEqual([words, opposite]);
});

const tls = keyTest('aws:SecureTransport', 'environment', 'Bool', ['true']);
const mfa = keyTest('aws:MultiFactorAuthPresent', 'environment', 'Bool', ['true']);
const team = keyTest('aws:PrincipalTag/team', 'static', 'StringEquals', ['red']);
const allows = (title: string) => keyTest(allowKey(title), 'static', 'Bool', ['true']);
const denies = (title: string) => keyTest(allowKey(title).replace('allowed', 'denied'), 'static', 'Bool', ['true']);

function expression(truth: Truth): Expression {
  if (typeof truth === 'boolean') throw new Error('There is nothing to say.');
  return truth;
}

const words = (truth: Truth): readonly string[] => conditionWords(expression(truth));

test('several conditions are clauses of their own, and what is within them stands in brackets', () => {
  expect(conditionWords(undefined)).toEqual([]);
  expect(words(tls)).toEqual(['the request is sent over TLS']);
  expect(words(all([tls, not(mfa)]))).toEqual(['the request is sent over TLS', 'the caller signed in without MFA']);
  expect(words(any([tls, all([mfa, team])]))).toEqual([
    '(the caller signed in with MFA, and the caller\'s tag "team" is red), or the request is sent over TLS',
  ]);
  expect(words(all([tls, any([mfa, team])]))).toEqual([
    'the caller signed in with MFA, or the caller\'s tag "team" is red',
    'the request is sent over TLS',
  ]);
});

/** A clause of that length. */
function clause(length: number): string {
  return expressionWords(keyTest('x:y', 'static', 'StringEquals', ['z'.repeat(length - 'x:y is '.length)]));
}

test('a clause is bounded', () => {
  expect(clause(1200)).toHaveLength(1200);
  expect(clause(1200)).not.toContain('…');
  expect(clause(1201)).toBe(`${clause(1200)}…`);
});

test('a policy that could not be read is one thing to know', () => {
  const role = 'the policy of role app';
  const both = all([allows(role), not(denies(role))]);
  expect(words(both)).toEqual([`${role}, which could not be read, allows it and does not deny it`]);
  expect(words(all([tls, allows(role)]))).toEqual([
    'the request is sent over TLS',
    `${role}, which could not be read, allows it`,
  ]);
  expect(words(not(denies(role)))).toEqual([`${role}, which could not be read, does not deny it`]);
  const grants = 'the grants of key app';
  expect(words(all([allows(grants), not(denies(grants))]))).toEqual([
    `${grants}, which could not be read, allow it and do not deny it`,
  ]);
  expect(words(all([allows(role), not(denies(grants))]))).toEqual([
    `${grants}, which could not be read, do not deny it`,
    `${role}, which could not be read, allows it`,
  ]);
  expect(expressionWords(denies(role))).toBe(`${role}, which could not be read, denies it`);
  expect(expressionWords(expression(not(allows(grants))))).toBe(`${grants}, which could not be read, do not allow it`);
  expect([words(both).some(restsOnUnread), words(tls).some(restsOnUnread)]).toEqual([true, false]);
  expect(unreadIn(expression(all([both, tls, allows(grants)])))).toEqual([role, grants]);
  expect(unreadIn(undefined)).toEqual([]);
});

test('each key is told once, with who decides it', () => {
  expect(keyNotes(expression(all([tls, any([mfa, not(tls)]), team, allows('the policy of role app')])))).toEqual([
    { key: 'aws:MultiFactorAuthPresent', class: 'environment', words: 'it depends on where and how the call is made' },
    { key: 'aws:SecureTransport', class: 'environment', words: 'it depends on where and how the call is made' },
    { key: 'aws:PrincipalTag/team', class: 'static', words: 'a fact of the accounts that is not in the evidence' },
  ]);
  expect(keyNotes(undefined)).toEqual([]);
});

test("a key that the caller needs as well is told by its name, and is nobody's condition key", () => {
  const arn = 'arn:aws:kms:eu-west-1:111122223333:key/orders';
  const may = keyTest(needKey(arn), 'static', 'Bool', ['true']);
  expect(conditionWords(may)).toEqual([`the caller may kms:Decrypt with ${arn}`]);
  expect(expressionWords(not(may) as Expression)).toBe(`the caller may not kms:Decrypt with ${arn}`);
  expect(expressionWords(not(keyTest(needKey(arn), 'static', 'Bool', ['false'])) as Expression)).toBe(
    `the caller may kms:Decrypt with ${arn}`,
  );
  expect(keyNotes(may)).toEqual([]);
  expect(restsOnUnread(conditionWords(may)[0] ?? '')).toBe(false);
});
