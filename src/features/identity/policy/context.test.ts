import { expect, test } from 'vitest';
import { classOfKey, createContext } from './context.ts';

test.each([
  ['aws:PrincipalArn', 'static'],
  ['aws:PrincipalOrgID', 'static'],
  ['aws:PrincipalTag/team', 'static'],
  ['aws:ResourceTag/env', 'static'],
  ['iam:PassedToService', 'static'],
  ['s3:ExistingObjectTag/data', 'static'],
  ['aws:RequestTag/team', 'attacker-chosen'],
  ['aws:TagKeys', 'attacker-chosen'],
  ['aws:RequestedRegion', 'attacker-chosen'],
  ['aws:UserAgent', 'attacker-chosen'],
  ['aws:Referer', 'attacker-chosen'],
  ['sts:RoleSessionName', 'attacker-chosen'],
  ['s3:prefix', 'attacker-chosen'],
  ['kms:EncryptionContext:Department', 'attacker-chosen'],
  ['aws:SourceIp', 'environment'],
  ['aws:SourceVpce', 'environment'],
  ['aws:MultiFactorAuthPresent', 'environment'],
  ['aws:SecureTransport', 'environment'],
  ['aws:CurrentTime', 'environment'],
  ['AWS:VIAAWSSERVICE', 'environment'],
  ['sts:ExternalId', 'secret'],
  ['token.actions.githubusercontent.com:sub', 'secret'],
  ['accounts.google.com:aud', 'secret'],
])('%s is %s', (key, expected) => {
  expect(classOfKey(key)).toBe(expected);
});

test('what the asker knows wins over what is filled in, and keys do not regard case', () => {
  const filled = new Map([['aws:PrincipalArn', { state: 'known', values: ['filled'] } as const]]);
  const context = createContext({ values: { 'AWS:principalarn': ['asked'] }, complete: true }, filled);
  expect(context.get('aws:PrincipalArn')).toEqual({ state: 'known', values: ['asked'] });
});

test('a key nobody named is absent or unknown, one without value absent, one of unknown value present', () => {
  const input = { values: { empty: [] }, present: ['there'] };
  const state = (complete: boolean): readonly string[] =>
    ['other', 'empty', 'there'].map((key) => createContext({ ...input, complete }).get(key).state);
  expect(state(true)).toEqual(['absent', 'absent', 'present']);
  expect(state(false)).toEqual(['unknown', 'absent', 'present']);
});
