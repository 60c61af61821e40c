import { make, testAccount, testCheck } from '../../testing.ts';
import { type Part, allow, deny, documentOf, trustOf } from '../../testing/policies.ts';
import { check } from './user-privilege-escalation.ts';

const groups = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html';
const versions = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html';
const keys = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html';
const boundaries = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html';
const assuming = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_manage-assume.html';
const variables = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html';

type UserConfig = Parameters<typeof make<'AWS::IAM::User'>>[1] & {};
const arnOf = (name: string): string => `arn:aws:iam::${testAccount}:${name}`;
const inline = (...statements: readonly Part[]) =>
  statements.length === 0 ? [] : [{ name: 'work', document: documentOf(...statements) }];
const user = (name: string, statements: readonly Part[], config: UserConfig = {}, tags = {}) =>
  make(
    'AWS::IAM::User',
    { groups: [], inlinePolicies: inline(...statements), ...config },
    { name, arn: arnOf(`user/${name}`), tags },
  );
const alice = (statements: readonly Part[], config: UserConfig = {}, tags = {}) =>
  user('alice', statements, config, tags);
const group = (name: string, statements: readonly Part[], policies: readonly string[] = []) =>
  make(
    'AWS::IAM::Group',
    {
      inlinePolicies: inline(...statements),
      attachedPolicies: policies.map((one) => ({ name: one, arn: arnOf(`policy/${one}`) })),
    },
    { name, arn: arnOf(`group/${name}`) },
  );
const policy = (name: string, statements: readonly Part[], awsManaged = false) =>
  make('AWS::IAM::Policy', { document: documentOf(...statements), awsManaged }, { name, arn: arnOf(`policy/${name}`) });

const root = user('root-like', [allow('*')]);
const admins = group('admins', [allow('*')]);
const tools = policy('tools', [allow('iam:CreatePolicyVersion', arnOf('policy/tools'))]);

type RoleConfig = Parameters<typeof make<'AWS::IAM::Role'>>[1] & {};
const role = (name: string, statements: readonly Part[], config: RoleConfig) =>
  make('AWS::IAM::Role', { inlinePolicies: inline(...statements), ...config }, { name, arn: arnOf(`role/${name}`) });
const unbound = [allow(['iam:DeleteRolePermissionsBoundary', 'sts:AssumeRole'])];
const limit = policy('limit', [allow('s3:*')]);
const bounded = { trustPolicy: trustOf({ AWS: testAccount }), permissionsBoundaryArn: arnOf('policy/limit') };

testCheck('iam-user-privilege-escalation', check, [
  {
    name: 'rewrites the policy that it has by its group',
    subject: alice([], { groups: ['builders'] }),
    evidence: [group('builders', [], ['tools']), tools],
    expect: 'fail',
    reason:
      'it widens itself by iam:CreatePolicyVersion on policy/tools (iam-001; allowed by statement 1 of policy tools)',
    source: versions,
  },
  {
    name: 'rewrites a policy that others have',
    subject: alice([allow('iam:CreatePolicyVersion', arnOf('policy/tools'))]),
    evidence: [group('builders', [], ['tools']), tools],
    expect: 'pass',
    source: versions,
  },
  {
    name: 'has a policy of AWS, which nobody can rewrite',
    subject: alice([allow('iam:CreatePolicyVersion')], { groups: ['builders'] }),
    evidence: [group('builders', [], ['tools']), policy('tools', [allow('s3:GetObject')], true)],
    expect: 'pass',
    source: versions,
  },
  {
    name: 'joins the administrators',
    subject: alice([allow('iam:AddUserToGroup')]),
    evidence: [admins],
    expect: 'fail',
    reason: 'it gets at group/admins, an administrator, by iam:AddUserToGroup (iam-013',
    source: groups,
  },
  {
    name: 'joins a group that is no stronger',
    subject: alice([allow('iam:AddUserToGroup')]),
    evidence: [group('readers', [allow('s3:Get*')])],
    expect: 'pass',
    source: groups,
  },
  {
    name: 'is an administrator by its group',
    subject: alice([], { groups: ['admins'] }),
    evidence: [admins],
    expect: 'not-applicable',
  },
  {
    name: 'writes a policy of its own group',
    subject: alice([allow('iam:PutGroupPolicy', arnOf('group/builders'))], { groups: ['builders'] }),
    evidence: [group('builders', [])],
    expect: 'fail',
    reason: 'iam:PutGroupPolicy on group/builders (iam-011',
    source: groups,
  },
  {
    name: 'writes a policy of another group',
    subject: alice([allow('iam:PutGroupPolicy', arnOf('group/others'))], { groups: ['builders'] }),
    evidence: [group('builders', []), group('others', [])],
    expect: 'pass',
    source: groups,
  },
  {
    name: 'makes keys for an administrator',
    subject: alice([allow('iam:CreateAccessKey')]),
    evidence: [root],
    expect: 'fail',
    reason: 'if the user has fewer than two access keys',
    source: keys,
  },
  {
    name: 'makes keys, and no user is stronger',
    subject: alice([allow('iam:CreateAccessKey')]),
    evidence: [user('bob', [allow('s3:*')])],
    expect: 'pass',
    source: keys,
  },
  {
    name: 'makes keys for itself alone',
    subject: alice([allow('iam:CreateAccessKey', 'arn:aws:iam::*:user/${aws:username}')]),
    evidence: [root],
    expect: 'pass',
    source: variables,
  },
  {
    name: 'attaches policies to another user and makes keys for it',
    subject: alice([allow(['iam:AttachUserPolicy', 'iam:CreateAccessKey'], arnOf('user/bob'))]),
    evidence: [user('bob', [])],
    expect: 'fail',
    reason: 'iam-015',
    source: keys,
  },
  {
    name: 'attaches policies to itself, and no others but one',
    subject: alice([
      allow('iam:AttachUserPolicy', '*', {
        Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/ReadOnlyAccess' } },
      }),
    ]),
    expect: 'pass',
    source: boundaries,
  },
  {
    name: 'attaches policies where its tag lets it, and it has the tag',
    subject: alice(
      [allow('iam:AttachUserPolicy', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/lead': 'yes' } } })],
      {},
      { lead: 'yes' },
    ),
    expect: 'fail',
    reason: 'iam-008',
    source: variables,
  },
  {
    name: 'attaches policies where its tag lets it, and it has not',
    subject: alice([
      allow('iam:AttachUserPolicy', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/lead': 'yes' } } }),
    ]),
    expect: 'pass',
    source: variables,
  },
  {
    name: 'takes its own boundary away',
    subject: alice([allow('*')], { permissionsBoundaryArn: arnOf('policy/limit') }),
    evidence: [policy('limit', [allow('iam:DeleteUserPermissionsBoundary'), allow('s3:*')])],
    expect: 'fail',
    reason: 'iam-022',
    source: boundaries,
  },
  {
    name: 'deletes the inline policy that denies it everything',
    subject: alice([allow('*')], {
      inlinePolicies: [
        { name: 'work', document: documentOf(allow('*')) },
        { name: 'closed', document: documentOf({ Effect: 'Deny', NotAction: 'iam:DeleteUserPolicy', Resource: '*' }) },
      ],
    }),
    expect: 'fail',
    reason: 'iam-026',
    source: boundaries,
  },
  {
    name: 'deletes policies of its own, and its group denies it everything',
    subject: alice([allow('*')], { groups: ['closed'] }),
    evidence: [group('closed', [{ Effect: 'Deny', NotAction: 'iam:DeleteUserPolicy', Resource: '*' }])],
    expect: 'pass',
    source: groups,
  },
  {
    name: 'rewrites who may assume an administrator',
    subject: alice([allow('iam:UpdateAssumeRolePolicy'), deny('iam:UpdateAssumeRolePolicy', arnOf('role/closed'))]),
    evidence: [role('deploy', [allow('*')], { trustPolicy: trustOf({ Service: 'ec2.amazonaws.com' }) })],
    expect: 'fail',
    reason: 'iam:UpdateAssumeRolePolicy (iam-012',
    source: boundaries,
  },
  {
    name: 'is named by the trust policy of an administrator, among others',
    subject: alice([]),
    evidence: [
      role('deploy', [allow('*')], {
        trustPolicy: documentOf(
          { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
          { Effect: 'Allow', Principal: { AWS: [arnOf('user/alice'), arnOf('user/bob')] }, Action: 'sts:AssumeRole' },
        ),
      }),
    ],
    expect: 'fail',
    reason: 'it gets at role/deploy, an administrator, by sts:AssumeRole (sts-001',
    source: assuming,
  },
  {
    name: 'an administrator trusts everybody',
    subject: alice([]),
    evidence: [role('deploy', [allow('*')], { trustPolicy: trustOf('*') })],
    expect: 'fail',
    reason: 'sts-001',
    source: assuming,
  },
  {
    name: 'an administrator trusts its account, and it may not assume roles',
    subject: alice([allow('s3:*')]),
    evidence: [role('deploy', [allow('*')], { trustPolicy: trustOf({ AWS: testAccount }) })],
    expect: 'pass',
    source: assuming,
  },
  {
    name: 'takes the boundary off a role that is an administrator without',
    subject: alice(unbound),
    evidence: [role('kept', [allow('*')], bounded), limit],
    expect: 'fail',
    reason: 'iam-023',
    source: boundaries,
  },
  {
    name: 'takes the boundary off a role that is nothing without',
    subject: alice(unbound),
    evidence: [role('kept', [allow('s3:*')], bounded), limit],
    expect: 'pass',
    source: boundaries,
  },
  {
    name: 'may take boundaries away, and the role that it may assume has none',
    subject: alice(unbound),
    evidence: [role('app', [allow('s3:*')], { trustPolicy: trustOf({ AWS: testAccount }) }), limit],
    expect: 'pass',
    source: boundaries,
  },
  {
    name: 'its group is not in the evidence',
    subject: alice([], { groups: ['builders'] }),
    expect: 'unknown',
    reason: 'The group builders is not in the evidence.',
  },
]);
