// Every boundary is proven by the policy engine: what it says it stops is stopped, and what is wanted is allowed, for
// somebody whose identity policy allows everything.

import { describe, expect, test } from 'vitest';
import { accessLevelOf, iamServices, serviceActions } from '../../../domain/iam/actions.ts';
import { resourceTypesOf } from '../actions/resource-types.ts';
import { evaluate } from '../policy/evaluate.ts';
import { parsePolicy } from '../policy/parse.ts';
import { noPolicies } from '../policy/policies.ts';
import { parsePrincipal } from '../policy/principal.ts';
import { generateBoundary, largestBoundary } from './generate.ts';
import { defaultOptions, parseAllowance, parseExpiry, parseRequiredTag } from './options.ts';
import type { BoundaryOptions } from './options.ts';
import { taggedRequests } from './request-tags.ts';

const account = '111122223333';
const boundaryArn = `arn:aws:iam::${account}:policy/developer-boundary`;
const otherArn = `arn:aws:iam::${account}:policy/other`;
const role = (path: string): string => `arn:aws:iam::${account}:role/${path}`;
const user = (path: string): string => `arn:aws:iam::${account}:user/${path}`;
const ec2 = (rest: string): string => `arn:aws:ec2:eu-west-1:${account}:${rest}`;
const anything = parsePolicy(
  { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  { name: 'identity', kind: 'identity' },
);

const trust = parsePolicy(
  {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${account}:root` } },
  },
  { name: 'trust', kind: 'trust' },
);

type Ask = (action: string, resource?: string, context?: Record<string, string>) => string;

/** Asks the engine about a generated boundary; the document must be without any fault. */
function boundary(options: Partial<BoundaryOptions>): Ask {
  const { document } = generateBoundary({ ...defaultOptions, ...options });
  const parsed = parsePolicy(JSON.stringify(document), { name: 'boundary', kind: 'permissions-boundary' });
  expect(parsed.problems).toEqual([]);
  const principal = parsePrincipal(role('developer'), 'session')!;
  return (action, resource = '*', context = {}) => {
    const values = Object.fromEntries(Object.entries(context).map(([key, value]) => [key, [value]]));
    const request = { principal, action, resource, resourceAccount: account, context: { values, complete: true } };
    const trusting = action === 'sts:AssumeRole' ? { resource: trust } : {};
    return evaluate(request, { ...noPolicies, ...trusting, identity: [anything], permissionsBoundary: parsed })
      .decision;
  };
}

describe('ceiling', () => {
  const ask = boundary({ allow: ['s3', 'sqs:Send*', 'dynamodb=read+list'].map(parseAllowance) });
  test.each([
    ['s3:DeleteBucket', 'allowed'],
    ['sqs:SendMessage', 'allowed'],
    ['sqs:ReceiveMessage', 'implicit-deny'],
    ['dynamodb:GetItem', 'allowed'],
    ['dynamodb:ListTables', 'allowed'],
    ['dynamodb:PutItem', 'implicit-deny'],
    ['ec2:RunInstances', 'implicit-deny'],
  ])('%s is %s', (action, decision) => {
    expect(ask(action)).toBe(decision);
  });

  test('access levels cover exactly the actions of those levels', () => {
    const names = serviceActions('dynamodb')!.names.map((name) => `dynamodb:${name}`);
    for (const action of names) {
      const reads = ['Read', 'List'].includes(accessLevelOf(action)!);
      expect(`${action} ${ask(action)}`).toBe(`${action} ${reads ? 'allowed' : 'implicit-deny'}`);
    }
  });
});

describe('regions', () => {
  const ask = boundary({ regions: ['eu-central-1', 'eu-west-1'] });
  const inRegion = (action: string, region: string): string => ask(action, '*', { 'aws:RequestedRegion': region });
  test.each([
    ['ec2:DescribeInstances', 'eu-west-1', 'allowed'],
    ['ec2:DescribeInstances', 'us-east-1', 'explicit-deny'],
    ['ec2:DescribeRegions', 'us-east-1', 'allowed'],
    ['kms:CreateKey', 'us-east-1', 'explicit-deny'],
    ['iam:GetUser', 'us-east-1', 'allowed'],
    ['route53:ListHostedZones', 'us-east-1', 'allowed'],
    ['cloudfront:ListDistributions', 'us-east-1', 'allowed'],
    ['organizations:DescribeOrganization', 'us-east-1', 'allowed'],
    ['support:DescribeCases', 'us-east-1', 'allowed'],
    ['s3:ListAllMyBuckets', 'us-east-1', 'allowed'],
    ['s3:CreateBucket', 'us-east-1', 'explicit-deny'],
  ])('%s in %s is %s', (action, region, decision) => {
    expect(inRegion(action, region)).toBe(decision);
  });
});

describe('expiry', () => {
  const expires = parseExpiry('2027-01-31T12:00:00Z', new Date('2026-11-01T00:00:00Z'));
  const ask = boundary({ expires });
  test.each([
    ['2027-01-31T11:59:59Z', 'allowed'],
    ['2027-01-31T12:00:00Z', 'explicit-deny'],
    ['2030-01-01T00:00:00Z', 'explicit-deny'],
  ])('at %s a request is %s', (now, decision) => {
    expect(ask('s3:ListAllMyBuckets', '*', { 'aws:CurrentTime': now })).toBe(decision);
  });

  test('days are counted from now', () => {
    expect(parseExpiry('90d', new Date('2026-11-01T00:00:00Z'))).toBe(Date.UTC(2027, 0, 30));
  });
});

/** Ways out of a boundary: `iam-paths` of the table in https://pathfinding.cloud and AWS's page on delegation. */
const escapes: [action: string, resource: string, context?: Record<string, string>][] = [
  ['iam:CreateUser', user('anybody')],
  ['iam:CreateUser', user('anybody'), { 'iam:PermissionsBoundary': otherArn }],
  ['iam:CreateRole', role('anything')],
  ['iam:CreateRole', role('anything'), { 'iam:PermissionsBoundary': otherArn }],
  ['iam:PutUserPermissionsBoundary', user('anybody'), { 'iam:PermissionsBoundary': otherArn }],
  ['iam:PutRolePermissionsBoundary', role('developer'), { 'iam:PermissionsBoundary': otherArn }],
  ['iam:DeleteUserPermissionsBoundary', user('anybody'), { 'iam:PermissionsBoundary': boundaryArn }],
  ['iam:DeleteRolePermissionsBoundary', role('developer'), { 'iam:PermissionsBoundary': boundaryArn }],
  ['iam:CreatePolicyVersion', boundaryArn],
  ['iam:SetDefaultPolicyVersion', boundaryArn],
  ['iam:DeletePolicyVersion', boundaryArn],
  ['iam:DeletePolicy', boundaryArn],
  ['iam:AttachRolePolicy', role('admin')],
  ['iam:AttachUserPolicy', user('admin')],
  ['iam:PutRolePolicy', role('admin')],
  ['iam:PutUserPolicy', user('admin')],
  ['iam:DetachRolePolicy', role('admin')],
  ['iam:DeleteRolePolicy', role('admin')],
  ['iam:UpdateAssumeRolePolicy', role('admin')],
  ['iam:CreateAccessKey', user('admin')],
  ['iam:CreateLoginProfile', user('admin')],
  ['iam:UpdateLoginProfile', user('admin')],
  ['iam:CreateServiceSpecificCredential', user('admin')],
  ['iam:DeactivateMFADevice', user('admin')],
  ['iam:AddUserToGroup', `arn:aws:iam::${account}:group/admins`],
  ['iam:AttachGroupPolicy', `arn:aws:iam::${account}:group/admins`],
  ['iam:PutGroupPolicy', `arn:aws:iam::${account}:group/admins`],
  ['iam:CreateSAMLProvider', `arn:aws:iam::${account}:saml-provider/mine`],
  ['iam:UpdateSAMLProvider', `arn:aws:iam::${account}:saml-provider/theirs`],
  ['iam:CreateOpenIDConnectProvider', `arn:aws:iam::${account}:oidc-provider/example.com`],
  ['iam:TagRole', role('admin')],
  ['iam:PassRole', role('admin'), { 'iam:PassedToService': 'ec2.amazonaws.com' }],
  ['sts:AssumeRole', role('admin')],
];

describe.each<[string, Partial<BoundaryOptions>]>([
  ['without delegation', {}],
  ['without delegation, IAM in the ceiling', { allow: [{ pattern: 'iam:*' }, { pattern: 'sts:*' }] }],
  ['with delegation', { delegation: 'boundary', boundaryArn }],
  ['with delegation under a path', { delegation: 'boundary', boundaryArn, delegationPath: '/delegated/' }],
  ['with some roles', { roles: [role('app/*')] }],
])('%s no way out is open', (_, options) => {
  const ask = boundary(options);
  test.each(escapes)('%s on %s', (action, resource, context) => {
    expect(ask(action, resource, context)).toBe('explicit-deny');
  });
});

test('every change that IAM knows is denied without delegation', () => {
  const ask = boundary({});
  const open = serviceActions('iam')!.names.filter(
    (name) => !['Read', 'List'].includes(accessLevelOf(`iam:${name}`)!) && ask(`iam:${name}`) !== 'explicit-deny',
  );
  expect(open).toEqual([]);
});

describe('what delegation is for works', () => {
  const ask = boundary({
    allow: [{ pattern: 's3:*' }, { pattern: 'sts:AssumeRole' }],
    delegation: 'boundary',
    boundaryArn,
    delegationPath: '/delegated/',
    roles: [role('app/*')],
  });
  const carried = { 'iam:PermissionsBoundary': boundaryArn };
  test.each<[action: string, resource: string, context?: Record<string, string>]>([
    ['iam:CreateRole', role('delegated/worker'), carried],
    ['iam:CreateUser', user('delegated/robot'), carried],
    ['iam:PutRolePermissionsBoundary', role('delegated/worker'), carried],
    ['iam:AttachRolePolicy', role('delegated/worker'), carried],
    ['iam:PutRolePolicy', role('delegated/worker'), carried],
    ['iam:DeleteRole', role('delegated/worker'), carried],
    ['iam:CreatePolicy', `arn:aws:iam::${account}:policy/delegated/mine`],
    ['iam:CreatePolicyVersion', `arn:aws:iam::${account}:policy/delegated/mine`],
    ['iam:CreateAccessKey', user('delegated/robot')],
    ['iam:GetRole', role('admin')],
    ['iam:PassRole', role('delegated/worker')],
    ['iam:PassRole', role('app/web')],
    ['sts:AssumeRole', role('app/web')],
    ['s3:CreateBucket', 'arn:aws:s3:::bucket'],
  ])('%s on %s', (action, resource, context) => {
    expect(ask(action, resource, context)).toBe('allowed');
  });
});

describe('tags', () => {
  const allow = [
    'ec2:RunInstances',
    'ec2:CreateVolume',
    'ec2:CreateSnapshot',
    'ec2:CreateTags',
    'ec2:Describe*',
    's3',
    'lambda',
  ];
  const ask = boundary({
    allow: allow.map(parseAllowance),
    tags: ['CostCenter', 'Stage=dev|test'].map(parseRequiredTag),
  });
  const both = { 'aws:RequestTag/CostCenter': '42', 'aws:RequestTag/Stage': 'dev' };
  test.each<[string, string, Record<string, string>, string]>([
    ['s3:CreateBucket', 'arn:aws:s3:::b', both, 'allowed'],
    ['s3:CreateBucket', 'arn:aws:s3:::b', {}, 'explicit-deny'],
    ['s3:CreateBucket', 'arn:aws:s3:::b', { 'aws:RequestTag/CostCenter': '42' }, 'explicit-deny'],
    ['s3:CreateBucket', 'arn:aws:s3:::b', { 'aws:RequestTag/Stage': 'dev' }, 'explicit-deny'],
    ['s3:CreateBucket', 'arn:aws:s3:::b', { ...both, 'aws:RequestTag/Stage': 'prod' }, 'explicit-deny'],
    ['s3:PutObject', 'arn:aws:s3:::b/key', {}, 'allowed'],
    ['s3:GetObject', 'arn:aws:s3:::b/key', {}, 'allowed'],
    ['lambda:CreateFunction', '*', both, 'allowed'],
    ['lambda:CreateFunction', '*', {}, 'explicit-deny'],
    ['lambda:InvokeFunction', '*', {}, 'allowed'],
    ['ec2:RunInstances', ec2('instance/i-1'), both, 'allowed'],
    ['ec2:RunInstances', ec2('instance/i-1'), {}, 'explicit-deny'],
    ['ec2:RunInstances', ec2('subnet/subnet-1'), {}, 'allowed'],
    ['ec2:RunInstances', 'arn:aws:ec2:eu-west-1::image/ami-1', {}, 'allowed'],
    ['ec2:CreateSnapshot', 'arn:aws:ec2:eu-west-1::snapshot/snap-1', {}, 'explicit-deny'],
    ['ec2:CreateSnapshot', ec2('volume/vol-1'), {}, 'allowed'],
    ['ec2:CreateVolume', ec2('volume/vol-1'), {}, 'explicit-deny'],
    ['ec2:CreateTags', ec2('volume/vol-1'), { 'aws:RequestTag/Name': 'x' }, 'allowed'],
    ['ec2:DescribeInstances', '*', {}, 'allowed'],
  ])('%s on %s with %j is %s', (action, resource, context, decision) => {
    expect(ask(action, resource, context)).toBe(decision);
  });

  test.each(['cleanrooms', 'dynamodb', 'ecs', 'elasticache', 'fsx', 'kinesis', 'sns', 'rds', 's3', 'workspaces'])(
    '%s: untagged requests are denied exactly where AWS sees the tags of what is created',
    (service) => {
      const untagged = boundary({ allow: [{ pattern: `${service}:*` }], tags: [parseRequiredTag('Stage')] });
      const requests = new Map(
        taggedRequests()
          .get(service)
          ?.map(({ action, types }) => [action, types]),
      );
      for (const name of serviceActions(service)!.names) {
        const action = `${service}:${name}`;
        const used = resourceTypesOf(action) ?? [];
        const places = used.length === 0 ? [{ name: '', arns: ['*'] }] : used;
        for (const { name: type, arns } of places) {
          const arn = (arns[0] ?? '*').replace('${Partition}', 'aws').replaceAll(/\$\{[^}]*\}/g, 'x');
          const types = requests.get(action);
          const denied = requests.has(action) && (types === undefined || types.includes(type));
          const expected = denied ? 'explicit-deny' : 'allowed';
          expect(`${action} ${arn} ${untagged(action, arn)}`).toBe(`${action} ${arn} ${expected}`);
        }
      }
    },
  );

  test('one statement for each tag: none tests two keys', () => {
    const tags = ['a', 'b=1', 'c=1|2'].map(parseRequiredTag);
    const { document } = generateBoundary({ ...defaultOptions, allow: [{ pattern: 's3:*' }], tags });
    const rules = document.Statement.filter(({ Sid }) => Sid.startsWith('Tag'));
    const keys = rules.map(({ Condition }) => Object.values(Condition ?? {}).flatMap((block) => Object.keys(block)));
    expect(keys).toEqual([['aws:RequestTag/a'], ['aws:RequestTag/b'], ['aws:RequestTag/c']]);
  });
});

test.each(['aws-cn', 'aws-us-gov'] as const)('ARNs are of the partition %s', (partition) => {
  const { document } = generateBoundary({
    ...defaultOptions,
    partition,
    allow: [{ pattern: 'ec2:RunInstances' }],
    delegation: 'boundary',
    delegationPath: '/delegated/',
    boundaryArn: `arn:${partition}:iam::${account}:policy/b`,
    tags: [parseRequiredTag('Stage')],
  });
  const text = JSON.stringify(document);
  expect(text).toContain(`arn:${partition}:ec2:*:*:instance/*`);
  expect(text).not.toContain('arn:aws:');
});

describe('refused with what to do', () => {
  test.each<[string, Partial<BoundaryOptions>, RegExp]>([
    ['tags on everything', { tags: [parseRequiredTag('a')] }, /at most 6144.*the tag rules/],
    [
      'reads of every service',
      { allow: iamServices().map((service) => ({ service, levels: ['Read'] })) },
      /at most 6144/,
    ],
    ['delegation without ARN', { delegation: 'boundary' }, /needs the ARN/],
    ['a path without delegation', { delegationPath: '/x/' }, /without delegation/],
    ['another partition', { boundaryArn: 'arn:aws-cn:iam::111122223333:policy/b' }, /partition aws-cn, not aws/],
    ['an ARN of AWS', { boundaryArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }, /of your own/],
    ['a region that is none', { regions: ['*'] }, /is no region/],
    ['a role that is none', { roles: ['arn:aws:iam::111122223333:user/x'] }, /no ARN of a role/],
    [
      'a change in IAM by name',
      { allow: [{ pattern: 'iam:CreateUser' }] },
      /which a boundary without delegation denies/,
    ],
  ])('%s', (_, options, message) => {
    expect(() => generateBoundary({ ...defaultOptions, ...options })).toThrow(message);
  });

  test.each(['s4', 's3:', 's3=reed', 's3 ', ':x', ''])('--allow %j', (text) => {
    expect(() => parseAllowance(text)).toThrow(/--allow|access level/);
  });
  test.each(['', '=x', 'aws:x', 'a=\u0007', 'k'.repeat(129)])('--require-tag %j', (text) => {
    expect(() => parseRequiredTag(text)).toThrow(/no tag/);
  });
  test.each(['soon', '2026-13-01', '12345', '2020-01-01'])('--expires %j', (text) => {
    expect(() => parseExpiry(text, new Date('2026-11-01T00:00:00Z'))).toThrow(/--expires/);
  });
});

test('a service-linked role may be named beside a boundary without delegation', () => {
  const ask = boundary({ allow: ['iam:CreateServiceLinkedRole', 's3'].map(parseAllowance) });
  expect(ask('iam:CreateServiceLinkedRole')).toBe('allowed');
});

test('the size that is told is that of the document without white space', () => {
  const { document, size } = generateBoundary({ ...defaultOptions, regions: ['eu-west-1'] });
  expect(size).toBe(JSON.stringify(document).length);
  expect(size).toBeLessThan(largestBoundary);
});
