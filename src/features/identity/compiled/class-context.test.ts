import { expect, test } from 'vitest';
import type { ContextInput } from '../policy/context.ts';
import { classContext } from './class-context.ts';
import { anyPrincipal } from './organisation.ts';

const account = '111122223333';

/** The state of a key for all users, or roles, of the account. */
function stateOf(kind: 'user' | 'role', key: string, input: ContextInput = { values: {}, complete: true }): unknown {
  const principal = anyPrincipal(kind, account, 'aws');
  return classContext(principal, 's3:getobject', 'arn:aws:s3:::reports/x', account, input).get(key);
}

test('what differs from one principal to the next is there, with a value that is not known', () => {
  expect(stateOf('user', 'aws:username')).toEqual({ state: 'present' });
  expect(stateOf('user', 'aws:PrincipalArn')).toEqual({ state: 'present' });
  expect(stateOf('user', 'aws:PrincipalTag/team')).toEqual({ state: 'unknown' });
});

test('what the kind has not got is absent, what all of it share is known', () => {
  expect(stateOf('role', 'aws:username')).toEqual({ state: 'absent' });
  expect(stateOf('role', 'aws:PrincipalAccount')).toEqual({ state: 'known', values: [account] });
});

test('what the question states holds for all', () => {
  const values = { 'aws:PrincipalTag/team': ['red'], 'aws:userid': ['AIDACKCEVSQ6C2EXAMPLE'] };
  const stated = { values, present: ['aws:PrincipalTag/cost'], complete: true };
  expect(stateOf('user', 'AWS:principaltag/team', stated)).toEqual({ state: 'known', values: ['red'] });
  expect(stateOf('user', 'aws:userid', stated)).toEqual({ state: 'known', values: ['AIDACKCEVSQ6C2EXAMPLE'] });
  expect(stateOf('user', 'aws:PrincipalTag/cost', stated)).toEqual({ state: 'present' });
});
