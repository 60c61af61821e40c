import { expect, test } from 'vitest';
import { parsePrincipal, type Principal } from '../policy/principal.ts';
import { compilePolicies, noCompiledPolicies, type CompiledPolicies } from './compiled-policies.ts';
import { decide, weigh } from './decide.ts';
import { PolicyLibrary } from './library.ts';
import { maybe, no } from './tri.ts';
import { noPolicies } from '../policy/policies.ts';

// The cases of policy/cases hold for this evaluator by the agreement of the two (tools/policy-agreement.test.ts); here is
// what only random requests would seldom meet.

const library = new PolicyLibrary();
const account = '111122223333';

type Statement = Record<string, unknown>;
const policy = (...Statement: Statement[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (more: Statement = {}): Statement => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more });
const deny = (more: Statement = {}): Statement => ({ Effect: 'Deny', Action: '*', Resource: '*', ...more });
const identity = (...Statement: Statement[]) => library.intern(policy(...Statement), 'identity', account);
const resource = (...Statement: Statement[]) => library.intern(policy(...Statement), 'resource', account);
const control = (...Statement: Statement[]) => library.intern(policy(...Statement), 'resource-control');

function somebody(name: string): Principal {
  const principal = parsePrincipal(`arn:aws:iam::${account}:${name}`);
  if (principal === undefined) throw new Error(`${name} is nobody`);
  return principal;
}

function ask(who: string, action: string, arn: string, policies: Partial<CompiledPolicies>): string {
  const request = { principal: somebody(who), action, resource: arn, context: { values: {}, complete: true } };
  return decide({ ...request, resourceAccount: account }, { ...noCompiledPolicies, ...policies });
}

test('resource control policies do not reach managed keys and the retiring of grants', () => {
  const policies = {
    identity: [identity(allow())],
    resource: resource(allow({ Principal: { AWS: account } })),
    resourceControl: [[control(deny({ Principal: '*' }))]],
  };
  const key = `arn:aws:kms:eu-west-1:${account}:`;
  expect(ask('role/app', 'kms:Decrypt', `${key}alias/aws/s3`, policies)).toBe('allowed');
  expect(ask('role/app', 'kms:Decrypt', `${key}alias/app`, policies)).toBe('explicit-deny');
  expect(ask('role/app', 'kms:RetireGrant', `${key}key/1`, policies)).toBe('allowed');
  expect(ask('role/app', 'kms:Decrypt', `${key}key/1`, policies)).toBe('explicit-deny');
  expect(ask('role/app', 'ec2:RunInstances', '*', { ...policies, resource: undefined })).toBe('allowed');
  const linked = 'role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX';
  expect(ask(linked, 'kms:Decrypt', `${key}key/1`, policies)).toBe('allowed');
});

test('the root user repairs a bucket policy that locks everybody out, and has no boundary', () => {
  const policies = {
    resource: resource(deny({ Principal: '*', Action: 's3:*' })),
    permissionsBoundary: identity(deny()),
    identity: [identity(allow())],
  };
  expect(ask('root', 's3:PutBucketPolicy', 'arn:aws:s3:::reports', policies)).toBe('allowed');
  expect(ask('root', 's3:PutObject', 'arn:aws:s3:::reports/x', policies)).toBe('explicit-deny');
  expect(ask('user/alice', 's3:PutBucketPolicy', 'arn:aws:s3:::reports', policies)).toBe('explicit-deny');
  // A boundary bars a user whom NotPrincipal names from being spared; the root user has none.
  const spared = { ...policies, permissionsBoundary: identity(allow()) };
  const named = (arn: string) =>
    resource(
      deny({ NotPrincipal: { AWS: [arn, `arn:aws:iam::${account}:root`] } }),
      allow({ Principal: { AWS: arn } }),
    );
  const root = `arn:aws:iam::${account}:root`;
  const alice = `arn:aws:iam::${account}:user/alice`;
  expect(ask('root', 'sqs:SendMessage', '*', { ...spared, resource: named(root) })).toBe('allowed');
  expect(ask('user/alice', 'sqs:SendMessage', '*', { ...spared, resource: named(alice) })).toBe('explicit-deny');
  const free = { ...spared, permissionsBoundary: undefined, resource: named(alice) };
  expect(ask('user/alice', 'sqs:SendMessage', '*', free)).toBe('allowed');
});

test('a deny that only its conditions together make certain is left open', () => {
  const team = { StringEquals: { 'aws:PrincipalTag/team': 'red' } };
  const others = { StringNotEquals: { 'aws:PrincipalTag/team': 'red' } };
  const policies = { identity: [identity(deny({ Condition: team }), deny({ Condition: others }))] };
  const request = {
    principal: somebody('role/app'),
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::reports/x',
    context: { values: {}, complete: false },
  };
  expect(weigh(request, { ...noCompiledPolicies, ...policies })).toEqual({ allow: no, deny: maybe });
});

test('policies that are parsed already compile to the same decision', () => {
  const compiled = compilePolicies(library, { ...noPolicies, identity: [identity(allow({ Action: 's3:*' })).source] });
  expect(ask('role/app', 's3:GetObject', 'arn:aws:s3:::reports/x', compiled)).toBe('allowed');
  expect(ask('role/app', 'ec2:RunInstances', '*', compiled)).toBe('implicit-deny');
});
