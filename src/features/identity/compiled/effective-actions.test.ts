import { describe, expect, test } from 'vitest';
import { actionNumber, sortedActions, unlistedBit } from '../actions/action-index.ts';
import { countBits, hasBit } from '../actions/bitset.ts';
import type { Principal } from '../policy/principal.ts';
import { noCompiledPolicies } from './compiled-policies.ts';
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
  library,
  nothingKnown,
  own,
  policyText,
  principal,
  standing,
} from './testing/asking.ts';

const none = noCompiledPolicies;
const role = own('role/app');

const logs = (id: string) =>
  library.intern(policyText(allow('s3:*', { Resource: `arn:aws:s3:::logs-${id}/*` })), 'identity', id);

describe('effective actions', () => {
  test('without any policy only what needs no permission is allowed', () => {
    const { allowed, conditional } = ask({});
    expect(countBits(conditional)).toBe(0);
    expect(sortedActions().filter((_, i) => hasBit(allowed, i))).toEqual(['sts:getcalleridentity']);
  });

  test('what AWS refuses to a kind of caller no policy gives, what it gives to everybody none takes', () => {
    const unknown = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    const someone = principal(`arn:aws:sts::${account}:federated-user/bob`);
    for (const statement of [allow('*'), allow('*', { Condition: unknown }), deny('*', { Condition: unknown })]) {
      const policies = { identity: [identity(statement, allow('ec2:*'))] };
      const wide = { ...policies, session: [identity(allow('*'))] };
      expect(standing(ask(policies), 'sts:getfederationtoken')).toBe('denied');
      expect(standing(ask(policies), 'sts:getcalleridentity')).toBe('allowed');
      expect(standing(ask(wide, { resources: '*' }, someone), 'sts:decodeauthorizationmessage')).toBe('denied');
      expect(standing(ask(wide, { resources: '*' }, someone), 'sts:getcalleridentity')).toBe('allowed');
      for (const caller of ['user/alice', 'root']) {
        const own = ask(policies, { resources: '*' }, principal(`arn:aws:iam::${account}:${caller}`));
        expect(standing(own, 'sts:getsessiontoken')).toBe('allowed');
        expect(hasBit(own.conditional, actionNumber('sts:getsessiontoken') ?? -1)).toBe(false);
      }
    }
  });

  test('an administrator may do everything but assume roles, whose trust policies must speak, or use keys', () => {
    const { allowed, conditional } = ask({ identity: [identity(allow('*'))] });
    const missing = sortedActions().filter((_, i) => !hasBit(allowed, i));
    expect(missing).toContain('sts:assumerole');
    expect(missing).toContain('kms:decrypt');
    expect(missing.filter((action) => !/^(?:kms:|sts:)/.test(action))).toEqual([]);
    // Any resource may be a key, whose policy is not given here.
    expect(
      sortedActions()
        .filter((_, i) => hasBit(conditional, i))
        .every((action) => action.startsWith('kms:')),
    ).toBe(true);
    expect(hasBit(allowed, unlistedBit())).toBe(true);
  });

  test('boundary, session, every SCP level and RCPs cut in', () => {
    const policies = {
      identity: [identity(allow('*'))],
      permissionsBoundary: identity(allow(['s3:*', 'ec2:*', 'iam:*', 'sqs:*'])),
      session: [identity(allow(['s3:*', 'ec2:*', 'sqs:*']))],
      serviceControl: [
        [control(allow('*'))],
        [control(allow(['s3:*', 'sqs:*']), allow('kms:*'))],
        [control(allow('*'), deny('s3:Put*'))],
      ],
      resourceControl: [[compiled('resource-control', deny('sqs:SendMessage', everyone))]],
    };
    const sets = ask(policies);
    const of = (action: string): string => standing(sets, action);
    expect(['s3:GetObject', 'sqs:ReceiveMessage'].map(of)).toEqual(['allowed', 'allowed']);
    expect(['s3:PutObject', 'ec2:RunInstances', 'iam:CreateUser', 'sqs:SendMessage'].map(of)).toEqual(
      Array(4).fill('denied'),
    );
    expect(standing(ask({ ...policies, principalInManagementAccount: true }), 's3:PutObject')).toBe('allowed');
    expect(standing(ask({ ...policies, resourceInManagementAccount: true }), 'sqs:SendMessage')).toBe('allowed');
    expect(standing(ask({ ...policies, serviceControl: [[], [control(allow('*'))]] }), 's3:GetObject')).toBe('denied');
  });

  test('NotAction reaches actions that AWS does not list yet, a list of services does not', () => {
    expect(
      standing(ask({ identity: [identity({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })] }), 'new:Action'),
    ).toBe('allowed');
    expect(standing(ask({ identity: [identity(allow('s3:*'))] }), 'new:Action')).toBe('denied');
  });

  test('what conditions leave open is conditional, and a conditional deny too', () => {
    const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
    const sets = ask({ identity: [identity(allow('s3:GetObject', mfa), allow('ec2:*'), deny('ec2:Run*', mfa))] });
    expect(
      ['s3:GetObject', 'ec2:RunInstances', 'ec2:StopInstances', 's3:PutObject'].map((action) => standing(sets, action)),
    ).toEqual(['conditional', 'conditional', 'allowed', 'denied']);
  });

  test('action patterns that are too many to work out leave their actions open', () => {
    const patterns = Array.from({ length: 3000 }, (_, i) => `*:*${i.toString(36)}z*q`);
    const sets = ask({ identity: [identity(allow([...patterns, 's3:GetObject'])), identity(allow('ec2:*'))] });
    expect(['s3:GetObject', 'ec2:RunInstances'].map((action) => standing(sets, action))).toEqual([
      'conditional',
      'allowed',
    ]);
  });

  test('conditions on the region are decided apart for services with one endpoint', () => {
    const region = { Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } };
    const policies = { identity: [identity(allow('*'), deny('*', region))] };
    const sets = ask(policies, { resources: `arn:aws:sqs:eu-west-1:${account}:orders` });
    expect(['sqs:SendMessage', 'iam:CreateUser'].map((action) => standing(sets, action))).toEqual([
      'allowed',
      'denied',
    ]);
    expect(standing(ask(policies), 'sqs:SendMessage')).toBe('conditional');
  });

  test('a pattern of resources is allowed only where all of it is', () => {
    const policies = { identity: [identity(allow('s3:GetObject', { Resource: 'arn:aws:s3:::reports/2026/*' }))] };
    const on = (resources: string): string => standing(ask(policies, { resources }), 's3:GetObject');
    expect(['arn:aws:s3:::reports/2026/*', 'arn:aws:s3:::reports/*', 'arn:aws:s3:::other/*', '*'].map(on)).toEqual([
      'allowed',
      'conditional',
      'denied',
      'conditional',
    ]);
    expect(standing(ask(policies, { resources: '*', withoutResource: true }), 's3:GetObject')).toBe('denied');
    const others = { Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::reports/2026/*' };
    const without = (resources: string): string =>
      standing(ask({ identity: [identity(others)] }, { resources }), 's3:GetObject');
    expect(['arn:aws:s3:::reports/2026/*', 'arn:aws:s3:::reports/*', 'arn:aws:s3:::other/*', '*'].map(without)).toEqual(
      ['denied', 'conditional', 'allowed', 'conditional'],
    );
  });

  test('another account needs both sides', () => {
    const resources = 'arn:aws:sqs:eu-west-1:444455556666:orders';
    const question = { resources, resourceAccount: '444455556666' };
    const queue = library.intern(
      policyText({ Effect: 'Allow', Action: 'sqs:*', Resource: resources, Principal: { AWS: account } }),
      'resource',
      '444455556666',
    );
    const both = ask({ identity: [identity(allow('sqs:*'))], resource: queue }, question);
    // Some actions of SQS cannot be given to other accounts at all.
    expect(['sqs:SendMessage', 'sqs:AddPermission'].map((action) => standing(both, action))).toEqual([
      'allowed',
      'denied',
    ]);
    expect(standing(ask({ resource: queue }, question), 'sqs:SendMessage')).toBe('denied');
    expect(standing(ask({ identity: [identity(allow('sqs:*'))] }, question), 'sqs:SendMessage')).toBe('denied');
  });

  test('answers do not depend on what was asked before', () => {
    const other = '444455556666';
    const named = { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } } };
    const away = { Condition: { StringEquals: { 'aws:PrincipalAccount': other } } };
    const variable = allow('sqs:*', { Resource: 'arn:aws:sqs:*:*:${aws:username}' });
    const lists = [
      [logs(account)],
      [identity(allow('s3:*', named), allow('kms:*', away))],
      [identity(allow('*')), identity(variable)],
    ];
    const guards = [[], [[control(allow('*'), deny('s3:Get*', named))]], [[control(allow('*'), deny('sqs:*', away))]]];
    const ends = [
      undefined,
      compiled('vpc-endpoint', allow('s3:*', { Principal: { AWS: `arn:aws:iam::${account}:role/app` } })),
      compiled('vpc-endpoint', allow('*', everyone), deny('ec2:*', { NotPrincipal: { AWS: account } })),
    ];
    const rcps = [[], [[compiled('resource-control', deny('sqs:*', { ...everyone, ...away }))]]];
    const people = ['role/app', 'role/other', 'user/app', 'root', 'role/aws-service-role/x/AWSServiceRoleForX'];
    const principals = [
      ...[account, other].flatMap((id) => people.map((name) => principal(`arn:aws:iam::${id}:${name}`))),
      principal('lambda.amazonaws.com'),
      principal('*'),
    ];
    const contexts = [nothingKnown, { values: { 'aws:PrincipalOrgID': ['o-a'] }, complete: true }];
    const shared = new ActionAnalysis({ resources: '*' });
    let asked = 0;
    for (const identity of lists) {
      for (const [i, serviceControl] of guards.entries()) {
        for (const who of principals) {
          const policies = {
            ...none,
            identity,
            serviceControl,
            vpcEndpoint: ends[asked % 3],
            resourceControl: rcps[asked % 2] ?? [],
            permissionsBoundary: asked % 4 === 0 ? identity[0] : undefined,
            principalInManagementAccount: i === 1 && asked % 5 === 0,
            resourceInManagementAccount: asked % 7 === 0,
          };
          const context = contexts[asked % 2] ?? nothingKnown;
          const fresh = new ActionAnalysis({ resources: '*' }).effectiveActions(who, policies, context);
          expect(shared.effectiveActions(who, policies, { ...context })).toEqual(fresh);
          asked += 1;
        }
      }
    }
    expect(asked).toBeGreaterThan(100);
  });
});

const queues = (id: string) =>
  library.intern(policyText(allow('sqs:*', { Resource: `arn:aws:sqs:eu-west-1:${id}:*` })), 'identity', id);

describe('what one analysis keeps for those who are asked next', () => {
  const away = '444455556666';
  const other = principal(`arn:aws:iam::${away}:role/app`);

  test('a document that two accounts share covers the resources of each', () => {
    const analysis = new ActionAnalysis({ resources: `arn:aws:sqs:eu-west-1:${account}:*` });
    expect(queues(away)).toBe(queues(account));
    const of = (who: Principal, id: string) =>
      standing(analysis.effectiveActions(who, { ...none, identity: [queues(id)] }, nothingKnown), 'sqs:ReceiveMessage');
    expect([of(role, account), of(other, away)]).toEqual(['allowed', 'denied']);
  });

  test('the management account is none of the others', () => {
    const analysis = new ActionAnalysis({ resources: '*' });
    const policies = {
      ...none,
      identity: [identity(allow('*'))],
      serviceControl: [[control(allow('*'), deny('s3:Put*'))]],
    };
    const of = (principalInManagementAccount: boolean) =>
      standing(
        analysis.effectiveActions(role, { ...policies, principalInManagementAccount }, nothingKnown),
        's3:PutObject',
      );
    expect([of(false), of(true), of(false)]).toEqual(['denied', 'allowed', 'denied']);
  });

  test('one service is not another', () => {
    const queue = `arn:aws:sqs:eu-west-1:${account}:orders`;
    const analysis = new ActionAnalysis({ resources: queue, resourceAccount: account });
    const statement = { ...allow('sqs:SendMessage'), Principal: { Service: 'sns.amazonaws.com' } };
    const policies = { ...none, resource: compiled('resource', statement) };
    const of = (name: string) =>
      standing(analysis.effectiveActions(principal(name), policies, nothingKnown), 'sqs:SendMessage');
    expect([of('sns.amazonaws.com'), of('events.amazonaws.com')]).toEqual(['allowed', 'denied']);
  });
});

test('the root user alone repairs a bucket policy that denies everybody', () => {
  const locked = compiled('resource', deny('s3:*', everyone));
  const question = { resources: 'arn:aws:s3:::amzn-s3-demo-bucket', resourceAccount: account };
  const of = (name: string) =>
    standing(
      ask(
        { identity: [identity(allow('*'))], resource: locked },
        question,
        principal(`arn:aws:iam::${account}:${name}`),
      ),
      's3:PutBucketPolicy',
    );
  expect([of('root'), of('user/alice')]).toEqual(['allowed', 'denied']);
});
