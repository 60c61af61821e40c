import { expect, test } from 'vitest';
import { parsePolicy } from '../policy/parse.ts';
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
];

test.each(cases)('%j', (condition, words, opposite) => {
  const { statements } = parsePolicy(
    { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: condition } },
    { name: 'p', kind: 'identity' },
  );
  const [one] = statements[0]?.conditions ?? [];
  expect(one && [conditionText(one), conditionText(one, false)]).toEqual([words, opposite]);
});
