// Random requests with random policies of every kind, in the format of case files: small worlds of names, so that
// patterns, principals and conditions meet their request often enough to matter.

import type { Random } from './random.ts';

/** The accounts of the world. */
export const accounts = ['111122223333', '444455556666'] as const;
const organisation = 'o-exampleorgid';

/** The actions that requests are drawn from; one of them AWS does not list. */
export const actions = [
  's3:GetObject',
  's3:PutObject',
  's3:ListBucket',
  's3:PutBucketPolicy',
  's3:FutureAction',
  'kms:Decrypt',
  'kms:CreateGrant',
  'kms:RetireGrant',
  'kms:CreateAlias',
  'sqs:SendMessage',
  'sqs:AddPermission',
  'sns:Publish',
  'secretsmanager:GetSecretValue',
  'lambda:InvokeFunction',
  'ecr:BatchGetImage',
  'dynamodb:GetItem',
  'iam:PassRole',
  'iam:CreateUser',
  'ec2:RunInstances',
  'sts:AssumeRole',
  'sts:AssumeRoleWithWebIdentity',
  'sts:GetCallerIdentity',
  'sts:TagSession',
] as const;

const actionPatterns = [
  '*',
  '*:*',
  's3:*',
  'S3:get*',
  's3:?etObject',
  's3:*Object',
  'kms:*',
  'sqs:*',
  'iam:*',
  'sts:*',
];

const keys: readonly (readonly [key: string, values: readonly string[], patterns: readonly string[]])[] = [
  ['aws:SourceIp', ['203.0.113.7', '198.51.100.9', '2001:db8::1'], ['203.0.113.0/24', '198.51.100.9', '2001:db8::/32']],
  ['aws:PrincipalTag/team', ['red', 'blue', ''], ['red', 'r*', '?lue', '${aws:RequestTag/team}', '*']],
  ['aws:ResourceTag/team', ['red', 'blue'], ['red', '${aws:PrincipalTag/team}', "${aws:PrincipalTag/team, 'blue'}"]],
  ['aws:RequestTag/team', ['red', 'Blue'], ['red', 'blue', 'b*']],
  ['aws:TagKeys', ['team', 'cost'], ['team', 'c*', 'owner']],
  ['aws:SecureTransport', ['true', 'false'], ['true', 'false']],
  ['aws:MultiFactorAuthPresent', ['true', 'false'], ['true', 'false']],
  ['aws:MultiFactorAuthAge', ['30', '3600'], ['60', '3600', '1e3']],
  ['aws:CurrentTime', ['2026-01-01T00:00:00Z'], ['2025-06-01T00:00:00Z', '2026-01-01T00:00:00Z', '1900000000']],
  ['aws:RequestedRegion', ['eu-west-1', 'us-east-1'], ['eu-*', 'us-east-1']],
  ['aws:PrincipalOrgID', [organisation], [organisation, 'o-other00000']],
  ['aws:PrincipalAccount', [...accounts], [...accounts]],
  [
    'aws:PrincipalArn',
    ['arn:aws:iam::111122223333:role/app'],
    ['arn:aws:iam::*:role/app', 'arn:aws:iam::111122223333:*'],
  ],
  ['aws:ResourceAccount', [...accounts], [...accounts, '${aws:PrincipalAccount}']],
  ['aws:SourceArn', ['arn:aws:s3:::reports'], ['arn:aws:s3:::*', 'arn:aws:sns:*:111122223333:*']],
  ['aws:SourceAccount', [...accounts], [...accounts]],
  ['aws:ViaAWSService', ['true', 'false'], ['true', 'false']],
  ['aws:username', ['alice', 'bob'], ['alice', '${aws:username}', 'a*']],
  ['s3:prefix', ['home/alice/', ''], ['home/${aws:username}/*', 'home/*', '']],
  ['kms:ViaService', ['s3.eu-west-1.amazonaws.com'], ['s3.*.amazonaws.com', 'ec2.us-east-1.amazonaws.com']],
  ['sts:ExternalId', ['sesame'], ['sesame', 'open']],
  ['iam:PassedToService', ['lambda.amazonaws.com'], ['lambda.amazonaws.com', 'ec2.amazonaws.com']],
  ['no:suchkey', ['x'], ['x']],
];

const operators = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'ArnEquals',
  'ArnLike',
  'ArnNotEquals',
  'ArnNotLike',
] as const;
const numeric = ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericGreaterThanEquals'] as const;
const dates = ['DateEquals', 'DateLessThan', 'DateGreaterThanEquals', 'DateNotEquals'] as const;

export type Policy = Record<string, unknown>;

/** One random world, in the format of case files; `requests` share its policies. */
export interface Scenario {
  policies: Record<string, unknown>;
  requests: Record<string, unknown>[];
}

/** Draws policies of every kind and a number of requests that meet them. */
export function drawScenario(random: Random, requests: number): Scenario {
  const maybe = <T>(probability: number, draw: () => T): T | null => (random.chance(probability) ? draw() : null);
  const levels = (kind: Kind): Policy[][] =>
    Array.from({ length: 1 + random.below(3) }, () =>
      random.chance(0.05) ? [] : Array.from({ length: 1 + random.below(2) }, () => drawPolicy(random, kind)),
    );
  return {
    policies: {
      identityPolicies: Array.from({ length: random.below(5) }, () => drawPolicy(random, 'identity')),
      permissionBoundary: maybe(0.3, () => drawPolicy(random, 'identity')),
      sessionPolicies: random.chance(0.25) ? [drawPolicy(random, 'identity')] : [],
      resourcePolicy: maybe(0.6, () => drawPolicy(random, 'resource')),
      vpcEndpointPolicy: maybe(0.1, () => drawPolicy(random, 'resource')),
      serviceControlPolicies: random.chance(0.5) ? levels('guardrail') : [],
      resourceControlPolicies: random.chance(0.4) ? levels('resource-control') : [],
      settings: random.chance(0.25) ? drawSettings(random) : null,
    },
    requests: Array.from({ length: requests }, () => drawRequest(random)),
  };
}

type Kind = 'identity' | 'resource' | 'guardrail' | 'resource-control';

/** Draws one policy. */
export function drawPolicy(random: Random, kind: Kind): Policy {
  const statements = Array.from({ length: 1 + random.below(3) }, () => drawStatement(random, kind));
  if (kind === 'guardrail' && random.chance(0.85)) statements.push({ Effect: 'Allow', Action: '*', Resource: '*' });
  if (kind === 'identity' && random.chance(0.35)) {
    const condition = random.chance(0.5) ? { Condition: drawConditions(random) } : {};
    statements.push({ Effect: 'Allow', Action: '*', Resource: '*', ...condition });
  }
  return { Version: random.chance(0.95) ? '2012-10-17' : '2008-10-17', Statement: statements };
}

function drawStatement(random: Random, kind: Kind): Policy {
  const deny = kind === 'resource-control' || random.chance(kind === 'guardrail' ? 0.5 : 0.12);
  const statement: Policy = { Effect: deny ? 'Deny' : 'Allow' };
  const action = random.chance(0.2) && kind !== 'resource-control' ? 'NotAction' : 'Action';
  statement[action] = random.some(
    [...actions.filter((name) => name !== 's3:FutureAction'), ...actionPatterns, '*', '*'],
    1,
    4,
  );
  const resource = random.chance(0.15) ? 'NotResource' : 'Resource';
  statement[resource] = random.chance(0.5) ? '*' : random.some(resourcePatterns, 1, 4);
  if (kind === 'resource-control') statement['Principal'] = '*';
  if (kind === 'resource') {
    const not = deny && random.chance(0.3);
    statement[not ? 'NotPrincipal' : 'Principal'] = drawPrincipals(random);
  }
  if (random.chance(0.45)) statement['Condition'] = drawConditions(random);
  return random.chance(0.02) ? spoil(random, statement) : statement;
}

/** Draws what S3 and KMS bring beside policies. */
export function drawSettings(random: Random): Record<string, unknown> {
  return {
    publicAccessBlock: {
      bucket: { IgnorePublicAcls: random.chance(0.5), RestrictPublicBuckets: random.chance(0.5) },
      account: { BlockPublicAcls: random.chance(0.3) },
    },
    objectOwnership: random.pick(['', 'BucketOwnerEnforced', 'ObjectWriter']),
    acl: random.some(
      [
        { grantee: 'AllUsers', permission: 'READ' },
        { grantee: accounts[1], permission: 'FULL_CONTROL' },
        { grantee: 'AuthenticatedUsers', permission: 'WRITE' },
      ],
      0,
      2,
    ),
    accessPointPolicy: random.chance(0.2) ? drawPolicy(random, 'resource') : null,
    kmsGrants: random.some(
      [
        { granteePrincipal: 'arn:aws:iam::111122223333:role/app', operations: ['Decrypt', 'CreateGrant'] },
        {
          granteePrincipal: 'arn:aws:iam::444455556666:user/alice',
          operations: ['Decrypt'],
          constraints: { encryptionContextSubset: { purpose: 'pay' } },
        },
      ],
      0,
      2,
    ),
  };
}

/** A statement with a fault, which voids an Allow and widens a Deny. */
function spoil(random: Random, statement: Policy): Policy {
  const { Effect: effect, ...rest } = statement;
  return random.pick<Policy>([
    { ...rest, Effect: random.pick(['allow', 'Permit', 7]) },
    { ...statement, Action: 's3 GetObject' },
    { ...statement, Resource: 'reports' },
    { ...statement, Resource: '*', NotResource: 'arn:aws:s3:::reports' },
    { ...statement, Condition: { StringIs: { 'aws:username': 'alice' } } },
    { ...statement, Colour: effect },
  ]);
}

export const resources = [
  'arn:aws:s3:eu-west-1:111122223333:accesspoint/reader/object/q1',
  'arn:aws:s3:::reports',
  'arn:aws:s3:::reports/2026/q1.csv',
  'arn:aws:s3:::reports/home/alice/notes',
  ...accounts.flatMap((account) => [
    `arn:aws:kms:eu-west-1:${account}:key/11111111-2222-3333-4444-555555555555`,
    `arn:aws:kms:eu-west-1:${account}:alias/app`,
    `arn:aws:kms:eu-west-1:${account}:alias/aws/s3`,
    `arn:aws:sqs:eu-west-1:${account}:orders`,
    `arn:aws:sns:eu-west-1:${account}:alarms`,
    `arn:aws:secretsmanager:eu-west-1:${account}:secret:db-AbCdEf`,
    `arn:aws:lambda:eu-west-1:${account}:function:pay`,
    `arn:aws:iam::${account}:role/app`,
    `arn:aws:iam::${account}:user/alice`,
    `arn:aws:ecr:eu-west-1:${account}:repository/base`,
    `arn:aws:dynamodb:eu-west-1:${account}:table/carts`,
  ]),
];

const resourcePatterns = [
  ...resources,
  '*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::reports/*',
  'arn:aws:s3:::reports/home/${aws:username}/*',
  'arn:aws:s3:::repor??',
  'arn:aws:kms:*:111122223333:key/*',
  'arn:aws:sqs:*:*:orders',
  'arn:aws:*:eu-west-1:111122223333:*',
  'arn:aws:iam::*:role/*',
  'arn:aws:iam::111122223333:role/${aws:PrincipalTag/team}',
];

const principals = [
  '*',
  ...accounts,
  ...accounts.flatMap((account) => [
    `arn:aws:iam::${account}:root`,
    `arn:aws:iam::${account}:role/app`,
    `arn:aws:iam::${account}:user/alice`,
    `arn:aws:sts::${account}:assumed-role/app/build`,
  ]),
];

function drawPrincipals(random: Random): unknown {
  if (random.chance(0.25)) return '*';
  const named: Policy = { AWS: random.some(principals, 1, 3) };
  if (random.chance(0.15)) named['Service'] = random.some(['lambda.amazonaws.com', 's3.amazonaws.com'], 1, 2);
  if (random.chance(0.1)) named['Federated'] = 'token.actions.githubusercontent.com';
  return named;
}

function drawConditions(random: Random): Policy {
  const block: Record<string, Record<string, unknown>> = {};
  for (let i = random.below(2); i >= 0; i -= 1) {
    const [key, values, patterns] = random.pick(keys);
    const operator = drawOperator(random, key);
    const given = operator.startsWith('Null')
      ? [random.pick(['true', 'false'])]
      : random.some([...values, ...patterns], 1, 2);
    const member = (block[operator] ??= {});
    member[key] = given.length === 1 ? given[0] : given;
  }
  return block;
}

function drawOperator(random: Random, key: string): string {
  if (random.chance(0.08)) return 'Null';
  const suffix = random.chance(0.25) ? 'IfExists' : '';
  const quantifier = key === 'aws:TagKeys' ? random.pick(['ForAllValues:', 'ForAnyValue:', '']) : '';
  const base = key.endsWith('SourceIp')
    ? random.pick(['IpAddress', 'NotIpAddress'])
    : key.endsWith('Age')
      ? random.pick(numeric)
      : key.endsWith('Time')
        ? random.pick(dates)
        : /Transport|Present|ViaAWS/.test(key) && random.chance(0.8)
          ? 'Bool'
          : random.pick(operators);
  return `${quantifier}${base}${suffix}`;
}

/** Draws one request, in the format of case files. */
export function drawRequest(random: Random): Policy {
  const account = random.pick(accounts);
  const resource = random.chance(0.05) ? '*' : random.pick(resources);
  const resourceAccount =
    /::reports/.test(resource) || resource === '*' ? random.pick(accounts) : resource.split(':')[4];
  const context: Record<string, string[]> = {};
  const unknownContext: string[] = [];
  for (const [key, values] of keys) {
    if (!random.chance(0.35) || /Principal(Account|Arn)|ResourceAccount|username/.test(key)) continue;
    if (random.chance(0.3)) unknownContext.push(key);
    else context[key] = key === 'aws:TagKeys' ? random.some(values, 0, 2) : [random.pick(values)];
  }
  const principal = drawPrincipal(random, account);
  return {
    request: {
      ...principal,
      action: random.pick(actions),
      resource,
      resourceAccount,
      context,
      unknownContext,
    },
    completeContext: random.chance(0.6),
    principalInManagementAccount: random.chance(0.1),
    resourceInManagementAccount: random.chance(0.1),
  };
}

function drawPrincipal(random: Random, account: string): Policy {
  const role = `arn:aws:iam::${account}:role/app`;
  return random.pick<Policy>([
    { principal: `arn:aws:iam::${account}:user/alice`, principalAccount: account },
    { principal: `arn:aws:iam::${account}:user/alice`, principalAccount: account },
    { principal: role, principalAccount: account },
    { principal: role, principalAccount: account, sessionName: 'build' },
    { principal: `arn:aws:sts::${account}:assumed-role/app/build`, principalAccount: account },
    { principal: `arn:aws:iam::${account}:root`, principalAccount: account },
    {
      principal: `arn:aws:iam::${account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
      principalAccount: account,
    },
    { principal: 'lambda.amazonaws.com' },
    { principal: 'token.actions.githubusercontent.com' },
    { principal: '*' },
  ]);
}
