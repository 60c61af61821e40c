import { expect, test } from 'vitest';
import { parsePrincipal, type Principal } from '../policy/principal.ts';
import { compilePolicies, noCompiledPolicies, type CompiledPolicies } from './compiled-policies.ts';
import { decide, weigh } from './decide.ts';
import { PolicyLibrary } from './library.ts';
import { ownAccount } from './own-account.ts';
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

test('a policy held for many accounts is read in the account of each request', () => {
  const away = '444455556666';
  const Principal = { AWS: [account, '999900001111'] };
  const Condition = { StringEquals: { 'aws:PrincipalAccount': [account, '999900001111'] } };
  const Resource = [`arn:aws:sqs:eu-west-1:${account}:orders`, 'arn:aws:sqs:eu-west-1:999900001111:orders'];
  const send = { Action: 'sqs:SendMessage' };
  const queue = resource(allow({ ...send, Principal, Resource, Condition }));
  const own = identity(allow({ ...send, Resource, Condition }));
  // The same texts with the id of another account are the same documents, wherever they are asked first.
  const text = (document: unknown): string => JSON.stringify(document).replaceAll(account, away);
  const there = policy(allow({ ...send, Principal, Resource, Condition }));
  expect(library.intern(text(JSON.parse(there)), 'resource', away)).toBe(queue);
  for (const [id, who, wanted] of [
    [account, account, 'allowed'],
    [away, away, 'allowed'],
    [account, away, 'implicit-deny'],
    [away, account, 'implicit-deny'],
    [account, '999900001111', 'implicit-deny'],
    [account, account, 'allowed'],
  ] as const) {
    const principal = parsePrincipal(`arn:aws:iam::${who}:role/app`)!;
    const request = { principal, action: 'sqs:SendMessage', resource: `arn:aws:sqs:eu-west-1:${id}:orders` };
    const context = { values: {}, complete: true };
    for (const policies of [
      { identity: [own], resource: undefined },
      { identity: [own], resource: queue },
    ]) {
      const decided = decide({ ...request, resourceAccount: id, context }, { ...noCompiledPolicies, ...policies });
      const named = policies.resource === undefined ? 'implicit-deny' : wanted;
      expect([id, who, decided]).toEqual([id, who, id === who ? wanted : named]);
    }
  }
});

test('the stand-in for the own account, written in a policy, is an account like others', () => {
  const Condition = { StringEquals: { 'aws:PrincipalAccount': ownAccount } };
  const named = { Principal: { AWS: ownAccount }, Action: 'sqs:*' };
  expect(ask('role/app', 'sqs:SendMessage', '*', { identity: [identity(allow({ Condition }))] })).toBe('implicit-deny');
  expect(ask('role/app', 'sqs:SendMessage', '*', { identity: [identity(deny({ Condition }), allow())] })).toBe(
    'allowed',
  );
  expect(ask('role/app', 'sqs:SendMessage', '*', { resource: resource(allow(named)) })).toBe('implicit-deny');
  expect(
    ask('role/app', 'sqs:SendMessage', '*', { identity: [identity(allow())], resource: resource(deny(named)) }),
  ).toBe('allowed');
});

test('nobody but the root user of its owner repairs a bucket policy', () => {
  const policies = { resource: resource(deny({ Principal: '*', Action: 's3:*' })), identity: [identity(allow())] };
  const repair = (who: string): string => {
    const request = { principal: parsePrincipal(who)!, action: 's3:PutBucketPolicy', resource: 'arn:aws:s3:::reports' };
    const context = { values: {}, complete: true };
    return decide({ ...request, resourceAccount: account, context }, { ...noCompiledPolicies, ...policies });
  };
  expect(repair(`arn:aws:iam::${account}:root`)).toBe('allowed');
  expect(repair(`arn:aws:iam::${account}:user/alice`)).toBe('explicit-deny');
  expect(repair('arn:aws:iam::444455556666:root')).toBe('explicit-deny');
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
