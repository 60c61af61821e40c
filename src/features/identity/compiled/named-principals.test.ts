import { expect, test } from 'vitest';
import type { PrincipalEntry } from '../policy/document.ts';
import { NamedPrincipals } from './named-principals.ts';

const account = '111122223333';
const aws = (value: string): PrincipalEntry => ({ kind: 'AWS', value });
const named = (...entries: PrincipalEntry[]): NamedPrincipals => new NamedPrincipals(entries);
const role = `arn:aws:iam::${account}:role/path/app`;

test('roles are named by their ARN or by a session of theirs', () => {
  const byArn = named(aws('AROADBQP57FF2AEXAMPLE'), aws(role));
  expect([byArn.in(account), byArn.has(role, account)]).toEqual([true, true]);
  expect(byArn.has(`arn:aws:iam::${account}:role/app`, account)).toBe(false);
  const bySession = named(aws(`arn:aws:sts::${account}:assumed-role/app/run`));
  expect(bySession.has(role, account)).toBe(true);
  expect(bySession.has(`arn:aws:iam::${account}:role/run`, account)).toBe(false);
});

test.each<[string, PrincipalEntry]>([
  ['the account by its id', aws(account)],
  ['the account by its root user', aws(`arn:aws:iam::${account}:root`)],
  ['somebody of another account', aws('arn:aws:iam::444455556666:role/app')],
  ['a user of a deleted id', aws('AIDACKCEVSQ6C2EXAMPLE')],
  ['everyone', { kind: 'everyone' }],
  ['a service', { kind: 'Service', value: 'sns.amazonaws.com' }],
])('nobody of the account is named by %s', (_, entry) => {
  expect(named(entry).in(account)).toBe(false);
  expect(named(entry).has(role, account)).toBe(false);
});
