import { denied, make, testAccount, testCheck } from '../../testing.ts';
import { type Part, allow, controlledBy, deny, documentOf, trustOf } from '../../testing/policies.ts';
import { check } from './role-privilege-escalation.ts';

const passing = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html';
const logic = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html';
const boundaries = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html';
const scps = 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html';
const assuming = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_manage-assume.html';

type RoleConfig = Parameters<typeof make<'AWS::IAM::Role'>>[1] & {};
const arnOf = (name: string): string => `arn:aws:iam::${testAccount}:${name}`;
const inline = (...statements: readonly Part[]) =>
  statements.length === 0 ? [] : [{ name: 'work', document: documentOf(...statements) }];

/** The role that is judged. It may be used by a container. */
const builder = (statements: readonly Part[], config: RoleConfig = {}) =>
  make(
    'AWS::IAM::Role',
    { trustPolicy: trustOf({ Service: 'ecs-tasks.amazonaws.com' }), inlinePolicies: inline(...statements), ...config },
    { name: 'builder', arn: arnOf('role/builder') },
  );
const role = (name: string, statements: readonly Part[], config: RoleConfig = {}) =>
  make(
    'AWS::IAM::Role',
    { trustPolicy: trustOf({ Service: 'lambda.amazonaws.com' }), inlinePolicies: inline(...statements), ...config },
    { name, arn: arnOf(`role/${name}`) },
  );
const policy = (
  name: string,
  statements: readonly Part[],
  config: Parameters<typeof make<'AWS::IAM::Policy'>>[1] = {},
) =>
  make('AWS::IAM::Policy', { document: documentOf(...statements), ...config }, { name, arn: arnOf(`policy/${name}`) });
const attached = (...names: readonly string[]) => names.map((name) => ({ name, arn: arnOf(`policy/${name}`) }));

const admin = role('admin', [allow('*')]);
const create = allow(['lambda:CreateFunction', 'lambda:InvokeFunction']);
const pass = allow('iam:PassRole');
const build = [pass, create];

const guard = (statement: Part) => controlledBy('SERVICE_CONTROL_POLICY', [statement]);

testCheck('iam-role-privilege-escalation', check, [
  {
    name: 'passes an administrator to a function that it makes',
    subject: builder(build),
    evidence: [admin],
    expect: 'fail',
    reason:
      'it gets at role/admin, an administrator, by iam:PassRole with lambda:CreateFunction with lambda:InvokeFunction (lambda-001; allowed by statement 1 of inline policy work',
    source: passing,
  },
  {
    name: 'the parts of the path lie in three policies',
    subject: builder([pass], { attachedPolicies: attached('create', 'invoke') }),
    evidence: [
      admin,
      policy('create', [allow('lambda:CreateFunction')]),
      policy('invoke', [allow('lambda:Invoke*')], { awsManaged: true }),
    ],
    expect: 'fail',
    reason: 'statement 1 of policy create, statement 1 of policy invoke',
    source: logic,
  },
  {
    name: 'three ways, all of them named',
    subject: builder([allow(['iam:PutRolePolicy', 'iam:AttachRolePolicy', 'sts:AssumeRole'])]),
    evidence: [role('admin', [allow('*')], { trustPolicy: trustOf({ AWS: testAccount }) })],
    expect: 'fail',
    reason: 'by sts:AssumeRole (sts-001; allowed by statement 1 of inline policy work).',
    source: assuming,
  },
  {
    name: 'many ways, of which three are named',
    subject: builder([allow(['iam:PutRolePolicy', 'iam:AttachRolePolicy', 'sts:AssumeRole']), ...build]),
    evidence: [
      role('admin', [allow('*')], { trustPolicy: trustOf({ AWS: testAccount, Service: 'lambda.amazonaws.com' }) }),
    ],
    expect: 'fail',
    reason: 'by sts:AssumeRole (sts-001; allowed by statement 1 of inline policy work); and in 1 more',
    source: assuming,
  },
  { name: 'no role is stronger', subject: builder(build), evidence: [role('app', [allow('s3:*')])], expect: 'pass' },
  {
    name: 'passes one harmless role alone',
    subject: builder([allow('iam:PassRole', arnOf('role/app')), create]),
    evidence: [admin, role('app', [allow('s3:GetObject')])],
    expect: 'pass',
    source: passing,
  },
  {
    name: 'passes roles to another service alone',
    subject: builder([
      allow('iam:PassRole', '*', { Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } }),
      create,
    ]),
    evidence: [admin],
    expect: 'pass',
    source: passing,
  },
  {
    name: 'the stronger role does not trust the service',
    subject: builder(build),
    evidence: [role('admin', [allow('*')], { trustPolicy: trustOf({ Service: 'ec2.amazonaws.com' }) })],
    expect: 'pass',
    source: passing,
  },
  {
    name: 'the stronger role is not that strong: its boundary leaves IAM out',
    subject: builder(build),
    evidence: [
      role('admin', [allow('*')], { permissionsBoundaryArn: arnOf('policy/limit') }),
      policy('limit', [allow('*'), deny('iam:*')]),
    ],
    expect: 'pass',
    source: boundaries,
  },
  {
    name: 'an instance needs an instance profile, and the role has none',
    subject: builder([pass, allow('ec2:RunInstances')]),
    evidence: [role('admin', [allow('*')], { trustPolicy: trustOf({ Service: 'ec2.amazonaws.com' }) })],
    expect: 'pass',
    source: passing,
  },
  {
    name: 'an instance with the role',
    subject: builder([pass, allow('ec2:RunInstances', 'arn:aws:ec2:eu-west-1:111122223333:*')]),
    evidence: [
      role('admin', [allow('*')], {
        trustPolicy: trustOf({ Service: 'ec2.amazonaws.com' }),
        instanceProfileArns: [arnOf('instance-profile/admin')],
      }),
    ],
    expect: 'fail',
    reason: 'ec2-001',
    source: passing,
  },
  {
    name: 'another policy denies it',
    subject: builder(build, { attachedPolicies: attached('closed') }),
    evidence: [admin, policy('closed', [deny('iam:PassRole')])],
    expect: 'pass',
    source: logic,
  },
  {
    name: 'the permissions boundary leaves it out',
    subject: builder(build, { permissionsBoundaryArn: arnOf('policy/limit') }),
    evidence: [admin, policy('limit', [allow(['lambda:*', 's3:*'])])],
    expect: 'pass',
    source: boundaries,
  },
  {
    name: 'the permissions boundary lets it',
    subject: builder(build, { permissionsBoundaryArn: arnOf('policy/limit') }),
    evidence: [admin, policy('limit', [allow(['lambda:*', 'iam:PassRole'])])],
    expect: 'fail',
    source: boundaries,
  },
  {
    name: 'a service control policy stops it',
    subject: builder(build),
    evidence: [admin],
    organization: guard(deny('iam:PassRole')),
    expect: 'pass',
    source: scps,
  },
  {
    name: 'a service control policy stops members, and this is the management account',
    subject: builder(build),
    evidence: [admin],
    organization: guard(deny('iam:PassRole')),
    account: { isManagement: true },
    expect: 'fail',
    source: scps,
  },
  {
    name: 'a service control policy leaves it under a condition',
    subject: builder(build),
    evidence: [admin],
    organization: guard(
      deny('lambda:*', '*', { Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }),
    ),
    expect: 'fail',
    reason: 'if aws:RequestedRegion StringEquals "eu-west-1"',
    source: scps,
  },
  {
    name: 'the service control policies could not be read',
    subject: builder(build),
    evidence: [admin],
    organization: { policies: denied('organizations:ListPolicies') },
    expect: 'fail',
    reason: 'Whether a service control policy stops it could not be read.',
  },
  {
    name: 'writes policies of itself',
    subject: builder([allow('iam:PutRolePolicy', arnOf('role/builder'))]),
    expect: 'fail',
    reason: 'it widens itself by iam:PutRolePolicy (iam-005; allowed by statement 1 of inline policy work)',
    source: logic,
  },
  {
    name: 'writes policies of a role that nobody like it may assume',
    subject: builder([allow('iam:PutRolePolicy', arnOf('role/app'))]),
    evidence: [role('app', [])],
    expect: 'pass',
    source: assuming,
  },
  {
    name: 'writes policies of a role that names it in its trust policy',
    subject: builder([allow('iam:PutRolePolicy', arnOf('role/app'))]),
    evidence: [role('app', [], { trustPolicy: trustOf({ AWS: arnOf('role/builder') }) })],
    expect: 'fail',
    reason: 'iam-017',
    source: assuming,
  },
  {
    name: 'writes policies of itself, within a boundary',
    subject: builder([allow('iam:PutRolePolicy', arnOf('role/builder'))], {
      permissionsBoundaryArn: arnOf('policy/limit'),
    }),
    evidence: [policy('limit', [allow(['iam:PutRolePolicy', 's3:*'])])],
    expect: 'pass',
    source: boundaries,
  },
  {
    name: 'takes its own boundary away',
    subject: builder([allow('*')], { permissionsBoundaryArn: arnOf('policy/limit') }),
    evidence: [policy('limit', [allow(['iam:DeleteRolePermissionsBoundary', 's3:*'])])],
    expect: 'fail',
    reason: 'iam:DeleteRolePermissionsBoundary (x-iam-rolebound',
    source: boundaries,
  },
  {
    name: 'takes a boundary away that keeps it from nothing',
    subject: builder([allow('s3:*'), allow('iam:DeleteRolePermissionsBoundary')], {
      permissionsBoundaryArn: arnOf('policy/limit'),
    }),
    evidence: [policy('limit', [allow(['iam:DeleteRolePermissionsBoundary', 's3:*'])])],
    expect: 'pass',
    source: boundaries,
  },
  {
    name: 'takes the policy away that denies it everything',
    subject: builder([allow('*')], { attachedPolicies: attached('closed') }),
    evidence: [policy('closed', [deny('*', '*', { NotAction: 'iam:DetachRolePolicy', Action: undefined })])],
    expect: 'fail',
    reason: 'iam:DetachRolePolicy (x-iam-detachrole',
    source: logic,
  },
  {
    name: 'assumes an administrator that trusts the account',
    subject: builder([allow('sts:AssumeRole')]),
    evidence: [role('admin', [allow('*')], { trustPolicy: trustOf({ AWS: testAccount }) })],
    expect: 'fail',
    reason: 'it gets at role/admin, an administrator, by sts:AssumeRole (sts-001',
    source: assuming,
  },
  {
    name: 'an administrator trusts the account, and the role may not assume anything',
    subject: builder([allow('s3:*')]),
    evidence: [role('admin', [allow('*')], { trustPolicy: trustOf({ AWS: testAccount }) })],
    expect: 'pass',
    source: assuming,
  },
  {
    name: 'assumes a role that can become administrator',
    subject: builder([allow('sts:AssumeRole', arnOf('role/middle'))]),
    evidence: [admin, role('middle', build, { trustPolicy: trustOf({ AWS: testAccount }) })],
    expect: 'fail',
    reason: 'it gets at role/middle, which can become administrator, by sts:AssumeRole',
    source: assuming,
  },
  {
    name: 'changes a policy that an administrator in waiting has, and assumes it',
    subject: builder([allow('iam:CreatePolicyVersion', arnOf('policy/tools')), allow('sts:AssumeRole')]),
    evidence: [
      role('app', [], { trustPolicy: trustOf({ AWS: testAccount }), attachedPolicies: attached('tools') }),
      policy('tools', [allow('s3:GetObject')]),
    ],
    expect: 'fail',
    reason: 'iam:CreatePolicyVersion on policy/tools with sts:AssumeRole (iam-016',
    source: logic,
  },
  {
    name: 'changes a policy that nobody has',
    subject: builder([allow('iam:CreatePolicyVersion', arnOf('policy/tools')), allow('sts:AssumeRole')]),
    evidence: [policy('tools', [allow('s3:GetObject')])],
    expect: 'pass',
    source: logic,
  },
  { name: 'an administrator', subject: admin, expect: 'not-applicable' },
  {
    name: 'a power user, who may do everything but IAM',
    subject: builder([{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }]),
    evidence: [admin],
    expect: 'pass',
    source: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html',
  },
  {
    name: 'a service-linked role',
    subject: builder(build, { path: '/aws-service-role/support.amazonaws.com/' }),
    evidence: [admin],
    expect: 'not-applicable',
  },
  {
    name: 'one of its policies cannot be read in full',
    subject: builder([{ Effect: 'Allow', Action: 3, Resource: '*' }]),
    evidence: [admin],
    expect: 'unknown',
    reason: 'The inline policy work cannot be read in full',
  },
  {
    name: 'one of its policies is not in the evidence',
    subject: builder([], { attachedPolicies: attached('tools') }),
    expect: 'unknown',
    reason: `The policy ${arnOf('policy/tools')} is not in the evidence.`,
  },
  {
    name: 'a role that it may assume cannot be read in full',
    subject: builder([allow('sts:AssumeRole')]),
    evidence: [role('app', [], { trustPolicy: trustOf({ AWS: testAccount }), attachedPolicies: attached('tools') })],
    expect: 'unknown',
    reason: 'It can become app, of which not all is known',
  },
  {
    name: 'not all users were read, and no way is found',
    subject: builder([allow('iam:CreateAccessKey')]),
    incomplete: ['AWS::IAM::User'],
    expect: 'unknown',
  },
  {
    name: 'not all users were read, and a way is found',
    subject: builder(build),
    evidence: [admin],
    incomplete: ['AWS::IAM::User'],
    expect: 'fail',
  },
]);
