import { expect, test } from 'vitest';
import type { Principal } from '../policy/principal.ts';
import { noCompiledPolicies, type CompiledPolicies } from './compiled-policies.ts';
import { ActionAnalysis } from './effective-actions.ts';
import {
  account,
  allow,
  ask,
  compiled,
  control,
  deny,
  everyone,
  identity,
  nothingKnown,
  own,
  principal,
  standing,
} from './testing/asking.ts';

const app = own('role/app');
const away = '444455556666';

/** Asks one analysis for everybody in turn, and expects what a fresh one would say. */
function inTurn(asked: readonly (readonly [Principal, Partial<CompiledPolicies>])[], action: string): string[] {
  const analysis = new ActionAnalysis({ resources: '*', resourceAccount: account });
  return asked.map(([who, policies]) =>
    standing(analysis.effectiveActions(who, { ...noCompiledPolicies, ...policies }, nothingKnown), action),
  );
}

const guarded: Partial<CompiledPolicies> = {
  identity: [identity(allow('*'))],
  serviceControl: [[control(allow('*'))]],
  resourceControl: [[compiled('resource-control', deny('s3:*', everyone))]],
  vpcEndpoint: compiled('vpc-endpoint', allow('*', everyone)),
};

test.each<[string, string, Partial<CompiledPolicies>]>([
  ['other SCPs', 'sqs:SendMessage', { serviceControl: [[control(allow('ec2:*'))]] }],
  ['other RCPs', 'sqs:SendMessage', { resourceControl: [[compiled('resource-control', deny('sqs:*', everyone))]] }],
  ['another endpoint', 'sqs:SendMessage', { vpcEndpoint: compiled('vpc-endpoint', allow('s3:*', everyone)) }],
])('%s after those of the same principal', (_, action, more) => {
  const others = { ...guarded, ...more };
  const turns = [app, app, app].map((who, i) => [who, i === 1 ? others : guarded] as const);
  expect(inTurn(turns, action)).toEqual(['allowed', 'denied', 'allowed']);
});

test('a resource of the management account after one of another', () => {
  const managed = { ...guarded, resourceInManagementAccount: true };
  const turns = [guarded, managed, guarded].map((policies) => [app, policies] as const);
  expect(inTurn(turns, 's3:GetObject')).toEqual(['denied', 'allowed', 'denied']);
});

test('a service-linked role after another role, whom SCPs and RCPs stop', () => {
  const linked = own('role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX');
  const fenced = { ...guarded, serviceControl: [[control(allow('*'), deny('sqs:*'))]] };
  const turns = [app, linked, app].map((who) => [who, fenced] as const);
  expect(inTurn(turns, 'sqs:SendMessage')).toEqual(['denied', 'allowed', 'denied']);
  expect(inTurn(turns, 's3:GetObject')).toEqual(['denied', 'allowed', 'denied']);
});

test('what a condition says of one kind of caller, or of one service, it does not say of the next', () => {
  const service = { Condition: { StringEquals: { 'aws:PrincipalServiceName': 'sns.amazonaws.com' } } };
  const type = { Condition: { StringEquals: { 'aws:PrincipalType': 'User' } } };
  const queue = { resource: compiled('resource', allow('sqs:*', { ...everyone, ...service })) };
  const callers = ['sns.amazonaws.com', 'events.amazonaws.com', 'sns.amazonaws.com'].map(principal);
  expect(
    inTurn(
      callers.map((who) => [who, queue] as const),
      'sqs:SendMessage',
    ),
  ).toEqual(['allowed', 'denied', 'allowed']);
  const users = { identity: [identity(allow('sqs:*', type))] };
  const people = [own('user/alice'), app, principal(`arn:aws:iam::${away}:role/app`)];
  expect(
    inTurn(
      people.map((who) => [who, users] as const),
      'sqs:SendMessage',
    ),
  ).toEqual(['allowed', 'denied', 'denied']);
});

test('the boundary bars a user from being spared by NotPrincipal, also after one without', () => {
  const alice = own('user/alice');
  const spared = deny('sqs:*', { NotPrincipal: { AWS: [`arn:aws:iam::${account}:user/alice`, account] } });
  const free = { identity: [identity(allow('*'))], resource: compiled('resource', spared) };
  const bounded = { ...free, permissionsBoundary: identity(allow('*')) };
  expect(
    inTurn(
      [free, bounded, free].map((policies) => [alice, policies] as const),
      'sqs:SendMessage',
    ),
  ).toEqual(['allowed', 'denied', 'allowed']);
});

test('a variable beside a plain resource is filled in for each', () => {
  const Resource = ['arn:aws:sqs:eu-west-1:111122223333:${aws:username}', 'arn:aws:sqs:eu-west-1:111122223333:all'];
  const policies = { identity: [identity(allow('sqs:*', { Resource }))] };
  const question = { resources: `arn:aws:sqs:eu-west-1:${account}:alice` };
  const of = (name: string): string => standing(ask(policies, question, own(name)), 'sqs:SendMessage');
  expect(['user/alice', 'user/bob'].map(of)).toEqual(['allowed', 'denied']);
});

test.each<[string, string, object]>([
  ['the region', `arn:aws:sqs:*:${account}:orders`, { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }],
  ['the region', '*', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }],
  [
    'a condition on another region',
    `arn:aws:sqs:eu-*:${account}:orders`,
    { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } },
  ],
])(
  '%s stays open where the pattern %s does not tell, however much is known of the request',
  (_, resources, Condition) => {
    const policies = { identity: [identity(allow('sqs:*', { Condition }))] };
    const all = { values: {}, complete: true };
    expect(standing(ask(policies, { resources }, app, all), 'sqs:SendMessage')).toBe('conditional');
  },
);

test('that no service forwards the request of a service is known for a pattern too', () => {
  const Condition = { Null: { 'aws:CalledVia': 'true', 'aws:ViaAWSService': 'true' } };
  const policies = { resource: compiled('resource', allow('sqs:*', { ...everyone, Condition })) };
  const question = { resources: 'arn:aws:sqs:*:111122223333:orders', resourceAccount: account };
  const sets = ask(policies, question, principal('sns.amazonaws.com'), { values: {}, complete: true });
  expect(standing(sets, 'sqs:SendMessage')).toBe('allowed');
});
