import { describe, expect, test } from 'vitest';
import { actionNumber } from '../actions/action-index.ts';
import { hasBit } from '../actions/bitset.ts';
import type { ControlLevel } from '../evidence/control-levels.ts';
import type { SourcePolicy } from '../evidence/source-policy.ts';
import type { PolicyKind } from '../policy/document.ts';
import { parsePrincipal } from '../policy/principal.ts';
import { impactOf } from './policy-impact.ts';
import { PrincipalAnalysis, principalActions, type PrincipalLayers } from './principal-actions.ts';
import { principalCan } from './principal-can.ts';

type Part = Readonly<Record<string, unknown>>;

const allow = (Action: unknown, more: Part = {}): Part => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const deny = (Action: unknown, more: Part = {}): Part => ({ ...allow(Action, more), Effect: 'Deny' });
const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

function source(kind: PolicyKind, name: string, attachedTo: string, statements: readonly Part[]): SourcePolicy {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  return { title: `the policy ${name}`, name, arn: undefined, kind, attachedTo, text };
}

const level = (place: string, ...policies: readonly (readonly Part[])[]): ControlLevel => ({
  target: place,
  place,
  policies: policies.map((statements, i) => source('service-control', `scp${i}`, place, statements)),
});

function layers(statements: readonly Part[], more: Partial<PrincipalLayers> = {}, name = 'role/app'): PrincipalLayers {
  return {
    principal: parsePrincipal(`arn:aws:iam::111122223333:${name}`)!,
    identity: [source('identity', 'work', name, statements)],
    permissionsBoundary: undefined,
    serviceControl: [],
    inManagementAccount: false,
    context: { values: {}, complete: false },
    ...more,
  };
}

const boundary = (...statements: readonly Part[]): Partial<PrincipalLayers> => ({
  permissionsBoundary: source('permissions-boundary', 'fence', 'role/app', statements),
});
const can = (of: PrincipalLayers, service?: string) => principalCan('app', of, service);

const holds = (one: readonly string[], other: readonly string[]): boolean =>
  one !== other && other.length < one.length && other.every((action) => one.includes(action));

describe('what a principal can do', () => {
  test('is counted by service and access level', () => {
    const found = can(
      layers([
        allow(['s3:GetObject', 's3:PutObject', 's3:ListBucket', 'sqs:SendMessage']),
        allow('s3:PutBucketPolicy', mfa),
      ]),
    );
    const s3 = found.services.find(({ service }) => service === 's3');
    expect(s3?.levels).toMatchObject({
      Read: { always: 1, partly: 0 },
      List: { always: 1, partly: 0 },
      Write: { always: 1, partly: 0 },
      'Permissions management': { always: 0, partly: 1 },
    });
    expect(s3?.total).toEqual({ always: 3, partly: 1 });
    // GetCallerIdentity needs no permission.
    expect(found.services.map(({ service }) => service)).toEqual(['s3', 'sqs', 'sts']);
    expect(found.totals).toMatchObject({ always: 5, partly: 1 });
    expect(found.permissionsManagement).toEqual({ always: [], partly: ['s3:PutBucketPolicy'] });
    expect([found.everything, found.actions]).toEqual([false, []]);
  });

  test('lists the actions of a service in order, with resources and conditions of what allows them', () => {
    const statements = [
      allow('sqs:SendMessage', { Resource: ['arn:aws:sqs:*:*:a', 'arn:aws:sqs:*:*:b'] }),
      allow('sqs:Send*', { Resource: 'arn:aws:sqs:*:*:a', ...mfa }),
      allow('sqs:ReceiveMessage'),
      { Effect: 'Allow', Action: 'sqs:PurgeQueue', NotResource: 'arn:aws:sqs:*:*:keep' },
      allow('s3:*'),
    ];
    const { actions, services } = can(layers(statements), 'sqs');
    expect(services.map(({ service }) => service)).toEqual(['sqs']);
    expect(actions).toEqual([
      {
        action: 'sqs:PurgeQueue',
        level: 'Write',
        how: 'partly',
        resources: ['all but arn:aws:sqs:*:*:keep'],
        conditions: [],
      },
      { action: 'sqs:ReceiveMessage', level: 'Read', how: 'always', resources: [], conditions: [] },
      {
        action: 'sqs:SendMessage',
        level: 'Write',
        how: 'partly',
        resources: ['arn:aws:sqs:*:*:a', 'arn:aws:sqs:*:*:b'],
        conditions: ['the caller signed in with MFA'],
      },
    ]);
  });

  test('leaves out what cannot hold, and what cannot be read', () => {
    const statements = [
      allow('sqs:SendMessage', { Resource: 'arn:aws:sqs:*:*:a' }),
      allow('sqs:*', {
        Resource: 'arn:aws:sqs:*:*:b',
        Condition: { StringEquals: { 'aws:PrincipalAccount': '444455556666' } },
      }),
      allow('sqs:*', { Resource: 'arn:aws:sqs:*:*:c', Condition: 7 }),
    ];
    expect(can(layers(statements), 'sqs').actions).toMatchObject([
      { action: 'sqs:SendMessage', resources: ['arn:aws:sqs:*:*:a'] },
    ]);
  });

  test.each<[string, Part, readonly string[]]>([
    ['one condition', deny('sqs:*', mfa), ['only where the caller signed in without MFA']],
    ['a resource', deny('sqs:*', { Resource: 'arn:aws:sqs:*:*:a' }), ['not where arn:aws:sqs:*:*:a']],
    [
      'a resource under a condition',
      deny('sqs:*', { Resource: 'arn:aws:sqs:*:*:a', ...mfa }),
      ['not where arn:aws:sqs:*:*:a, the caller signed in with MFA'],
    ],
    [
      'two conditions',
      deny('sqs:*', { Condition: { ...mfa.Condition, StringEquals: { 'aws:PrincipalTag/team': 'red' } } }),
      ['not where the caller signed in with MFA, and the caller\'s tag "team" is red'],
    ],
    [
      'all but a resource',
      { Effect: 'Deny', Action: 'sqs:*', NotResource: 'arn:aws:sqs:*:*:a' },
      ['not where all but arn:aws:sqs:*:*:a'],
    ],
  ])('says what a Deny of %s leaves, be it in a policy, a boundary or an SCP', (_, statement, conditions) => {
    const send = allow('sqs:SendMessage');
    const every = allow('*');
    for (const of of [
      layers([send, statement]),
      layers([send], boundary(every, statement)),
      layers([send], { serviceControl: [level('the root', [every], [statement])] }),
    ]) {
      expect(can(of, 'sqs').actions).toMatchObject([{ action: 'sqs:SendMessage', how: 'partly', conditions }]);
    }
    expect(can(layers([allow('sqs:SendMessage', mfa), deny('s3:*')]), 'sqs').actions).toMatchObject([
      { conditions: ['the caller signed in with MFA'] },
    ]);
  });

  test('needs the word of keys and roles', () => {
    const { actions } = can(layers([allow(['kms:Decrypt', 'kms:CreateKey'])]), 'kms');
    expect(actions).toMatchObject([
      { action: 'kms:CreateKey', how: 'always', conditions: [] },
      {
        action: 'kms:Decrypt',
        how: 'partly',
        conditions: ["where the key's own policy allows it or leaves it to the account"],
      },
    ]);
    const roles = can(layers([allow('sts:AssumeRole')]), 'sts').actions;
    expect(roles).toMatchObject([
      { action: 'sts:AssumeRole', conditions: ["where the role's trust policy admits the caller"] },
      { action: 'sts:GetCallerIdentity', how: 'always' },
    ]);
  });

  // An action without a resource is allowed on "*" or not at all.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
  test('is nothing where an action without a resource is allowed on one', () => {
    const found = can(layers([allow('s3:ListAllMyBuckets', { Resource: 'arn:aws:s3:::reports' })]), 's3');
    expect(found.actions).toEqual([]);
    expect(can(layers([allow('s3:ListAllMyBuckets')]), 's3').actions).toMatchObject([{ how: 'always' }]);
  });

  test('is everything for an administrator, whatever AWS refuses to its kind', () => {
    for (const name of ['role/app', 'user/app', 'root']) {
      expect(can(layers([allow('*')], {}, name)).everything).toBe(true);
    }
    expect(can(layers([{ Effect: 'Allow', NotAction: 'sns:Publish', Resource: '*' }])).everything).toBe(false);
    expect(can(layers([allow('*')], boundary(allow('*'), deny('sns:Publish')))).everything).toBe(false);
    expect(can(layers([allow('*', mfa)])).everything).toBe(false);
    // Calls that carry an assertion or token of an identity provider are made without credentials.
    const names = can(layers([allow('*')]), 'sts').actions.map(({ action }) => action);
    expect(names).toContain('sts:AssumeRole');
    expect(names.filter((name) => name.startsWith('sts:AssumeRoleWith'))).toEqual([]);
  });

  test('leads to more where every permission of a set is held', () => {
    const create = ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'];
    expect(can(layers([allow(create)])).escalations).toMatchObject([{ id: 'lambda-001', how: 'always' }]);
    expect(can(layers([allow(create.slice(1)), allow('iam:PassRole', mfa)])).escalations).toMatchObject([
      { id: 'lambda-001', how: 'partly', gain: expect.stringContaining('stronger role') },
    ]);
    expect(can(layers([allow(create.slice(1))])).escalations).toEqual([]);
    // Two that have one permission in common are two.
    const both = can(layers([allow([...create, 'ec2:RunInstances'])])).escalations;
    expect(both.map(({ id }) => id).sort()).toEqual(['ec2-001', 'lambda-001']);
    // A set that holds a smaller one adds nothing.
    const wide = can(layers([allow('iam:*')])).escalations.map(({ actions }) => actions);
    expect(wide.length).toBeGreaterThan(5);
    expect(wide.filter((one) => wide.some((other) => holds(one, other)))).toEqual([]);
    expect(wide).toContainEqual(['iam:CreateAccessKey']);
  });
});

describe('what limits take away', () => {
  test('a boundary, each Deny of an SCP, and what a level does not allow', () => {
    const serviceControl = [
      level('the root', [allow('*')], [deny('sqs:*')], [deny('sns:Publish', mfa)]),
      level('the account', [allow(['s3:*', 'sns:*', 'sts:*'])]),
    ];
    const mine = [allow(['s3:GetObject', 'sqs:SendMessage', 'sns:Publish', 'ec2:RunInstances'])];
    const { limits } = can(
      layers(mine, { ...boundary(allow(['s3:*', 'sqs:*', 'sns:*'], mfa), allow('sts:*')), serviceControl }),
    );
    expect(
      limits.map(({ policy, kind, attachedTo, removed, narrowed }) => [
        policy,
        kind,
        attachedTo,
        removed.examples,
        narrowed.examples,
      ]),
    ).toEqual([
      [
        'fence',
        'permissions-boundary',
        'role/app',
        ['ec2:RunInstances'],
        ['s3:GetObject', 'sns:Publish', 'sqs:SendMessage'],
      ],
      ['scp1', 'service-control', 'the root', ['sqs:SendMessage'], []],
      ['scp2', 'service-control', 'the root', [], ['sns:Publish']],
      ['scp0', 'service-control', 'the account', ['ec2:RunInstances', 'sqs:SendMessage'], []],
    ]);
  });

  test('a level that allows nothing takes all, and the management account has none', () => {
    const serviceControl = [level('the root', [deny('sqs:*')])];
    const of = layers([allow('s3:GetObject')], { serviceControl });
    expect(can(of).limits).toMatchObject([
      { policy: 'no policy that allows', removed: { examples: ['s3:GetObject'] } },
    ]);
    expect(can({ ...of, inManagementAccount: true }).limits).toEqual([]);
    expect(can({ ...of, inManagementAccount: true }).totals.always).toBe(2);
  });

  test('a document that allows and denies is both, and is told with its ARN', () => {
    const arn = 'arn:aws:organizations::111122223333:policy/o-exampleorgid/service_control_policy/p-1';
    const mixed = { ...source('service-control', 'mixed', 'the root', [allow('*'), deny('sqs:*')]), arn };
    const serviceControl = [{ target: 'r-1', place: 'the root', policies: [mixed] }];
    expect(can(layers([allow('sqs:SendMessage', mfa)], { serviceControl })).limits).toEqual([
      {
        policy: 'mixed',
        arn,
        kind: 'service-control',
        attachedTo: 'the root',
        removed: { count: 1, examples: ['sqs:SendMessage'] },
        narrowed: { count: 0, examples: [] },
      },
    ]);
    const permissionsBoundary = { ...source('permissions-boundary', 'fence', 'role/app', [allow('sts:*')]), arn };
    expect(can(layers([allow('sqs:SendMessage', mfa)], { permissionsBoundary })).limits).toMatchObject([{ arn }]);
    expect(can(layers([allow('sqs:SendMessage')], boundary(allow('sts:*')))).limits).toMatchObject([{ arn: null }]);
  });

  test('many are counted, and five of them named', () => {
    const { limits } = can(layers([allow('sqs:*')], boundary(allow('sts:*'))));
    expect(limits[0]?.removed.count).toBeGreaterThan(5);
    expect(limits[0]?.removed.examples.length).toBe(5);
  });
});

/** Which of four actions a set holds. */
const held = (set: Uint32Array): boolean[] =>
  ['s3:GetObject', 'sqs:SendMessage', 'sts:AssumeRole', 'kms:Decrypt'].map((action) =>
    hasBit(set, actionNumber(action) ?? -1),
  );

test('all actions at once agree with what is asked layer by layer', () => {
  const serviceControl = [level('the root', [allow('*')], [deny('sqs:*')])];
  const of = layers([allow(['sqs:SendMessage', 's3:GetObject', 'sts:AssumeRole', 'kms:Decrypt'])], {
    serviceControl,
    ...boundary(allow(['s3:*', 'sqs:*', 'kms:*'], mfa), allow('sts:*')),
  });
  const analysis = new PrincipalAnalysis();
  expect(analysis.effective(of)).toEqual(principalActions(of).effective);
  const { allowed, conditional, leftToResource } = analysis.effective(of);
  expect(held(allowed)).toEqual([false, false, false, false]);
  expect(held(conditional)).toEqual([true, false, true, true]);
  expect(held(leftToResource)).toEqual([false, false, true, false]);
});

describe('what a changed policy means for a principal', () => {
  const impact = (before: readonly Part[], after: readonly Part[]) =>
    impactOf(new PrincipalAnalysis(), layers(before), layers(after));

  test('gained, lost, widened and narrowed actions apart', () => {
    expect(
      impact(
        [allow(['s3:GetObject', 's3:ListBucket']), allow('sqs:SendMessage', mfa), allow('sns:Publish')],
        [allow('s3:ListBucket'), allow('sqs:SendMessage'), allow('sns:Publish', mfa), allow('s3:PutObject', mfa)],
      ),
    ).toEqual({
      gained: ['s3:PutObject'],
      lost: ['s3:GetObject'],
      widened: ['sqs:SendMessage'],
      narrowed: ['sns:Publish'],
    });
  });

  test.each<[string, readonly Part[], readonly Part[]]>([
    ['gained', [], [allow('sns:Publish')]],
    ['lost', [allow('sns:Publish')], []],
    ['widened', [allow('sns:Publish', mfa)], [allow('sns:Publish')]],
    ['narrowed', [allow('sns:Publish')], [allow('sns:Publish', mfa)]],
  ])('only %s', (which, before, after) => {
    const none = { gained: [], lost: [], widened: [], narrowed: [] };
    expect(impact(before, after)).toEqual({ ...none, [which]: ['sns:Publish'] });
  });

  test('nothing', () => {
    expect(impact([allow(['sns:Publish', 's3:*'])], [allow('s3:*'), allow('sns:Publish')])).toBeUndefined();
  });
});
