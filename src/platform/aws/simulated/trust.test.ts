import { expect, test } from 'vitest';
import { type Caller, type TrustStatement, trusts } from './trust.ts';

const caller: Caller = {
  principalArn: 'arn:aws:sts::111122223333:assumed-role/hub/session',
  roleArn: 'arn:aws:iam::111122223333:role/hub',
  account: '111122223333',
  organizationId: 'o-example',
  externalId: 'secret',
};

const open: TrustStatement = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' };
const when = (Condition: NonNullable<TrustStatement['Condition']>): TrustStatement => ({ ...open, Condition });

test.each<[string, boolean, TrustStatement[]]>([
  ['anybody', true, [open]],
  ['anybody, written short', true, [{ ...open, Principal: '*' }]],
  ['the caller’s account', true, [{ ...open, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }]],
  ['the caller’s account by its id', true, [{ ...open, Principal: { AWS: '111122223333' } }]],
  [
    'the caller’s role in a list',
    true,
    [{ ...open, Principal: { AWS: ['arn:aws:iam::444455556666:root', caller.roleArn] } }],
  ],
  ['another account', false, [{ ...open, Principal: { AWS: 'arn:aws:iam::444455556666:root' } }]],
  ['a service', false, [{ ...open, Principal: { Service: 'ec2.amazonaws.com' } }]],
  ['another action', false, [{ ...open, Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'] }]],
  ['the right external id', true, [when({ StringEquals: { 'sts:ExternalId': ['other', 'secret'] } })]],
  ['the wrong external id', false, [when({ StringEquals: { 'sts:ExternalId': 'Secret' } })]],
  [
    'the right organisation, key in another case',
    true,
    [when({ StringEquals: { 'AWS:PrincipalOrgId': 'o-example' } })],
  ],
  [
    'one condition of two',
    false,
    [when({ StringEquals: { 'sts:ExternalId': 'secret', 'aws:PrincipalOrgID': 'o-other' } })],
  ],
  ['a pattern of roles', true, [when({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/h*b' } })]],
  ['a pattern that does not fit', false, [when({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*x' } })]],
  ['a key that the caller does not carry', false, [when({ StringEquals: { 'aws:SourceAccount': '111122223333' } })]],
  ['nobody', false, []],
  ['anybody, but the caller is denied', false, [open, { ...open, Effect: 'Deny', Principal: { AWS: caller.roleArn } }]],
  [
    'anybody, and a denial that does not match',
    true,
    [open, { ...when({ StringEquals: { 'sts:ExternalId': 'x' } }), Effect: 'Deny' }],
  ],
])('a trust in %s admits: %s', (_, admits, Statement) => {
  expect(trusts({ Version: '2012-10-17', Statement }, caller)).toBe(admits);
});
