import { make, testCheck } from '../../testing.ts';
import { check } from './user-inline-privilege-escalation.ts';

const passing = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html';
const boundaries = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html';
const selfService =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html';

type Part = Readonly<Record<string, unknown>>;
const documentOf = (...Statement: readonly Part[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | readonly string[], more: Part = {}): Part => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});

const subject = (...statements: readonly Part[]) =>
  make('AWS::IAM::User', { inlinePolicies: [{ name: 'work', document: documentOf(...statements) }] });

testCheck('iam-user-inline-privilege-escalation', check, [
  {
    name: 'keys for every user',
    subject: subject(allow('iam:CreateAccessKey')),
    expect: 'fail',
    reason: 'iam:CreateAccessKey',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
  },
  {
    name: 'keys for oneself',
    subject: subject(allow('iam:*AccessKey*', { Resource: 'arn:aws:iam::*:user/${aws:username}' })),
    expect: 'pass',
    source: selfService,
  },
  {
    name: 'inline policies of one role',
    subject: subject(allow('iam:PutRolePolicy', { Resource: 'arn:aws:iam::111122223333:role/app' })),
    expect: 'fail',
    reason: 'iam:PutRolePolicy',
  },
  {
    name: 'inline policies of roles, on users',
    subject: subject(allow('iam:PutRolePolicy', { Resource: 'arn:aws:iam::111122223333:user/*' })),
    expect: 'pass',
    source:
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html',
  },
  {
    name: 'attaching policies where a boundary is in place',
    subject: subject(
      allow(['iam:AttachRolePolicy', 'iam:PutRolePolicy'], {
        Condition: { StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/limit' } },
      }),
    ),
    expect: 'pass',
    source: boundaries,
  },
  {
    name: 'attaching one policy',
    subject: subject(
      allow('iam:AttachUserPolicy', {
        Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/ReadOnlyAccess' } },
      }),
    ),
    expect: 'pass',
    source: boundaries,
  },
  {
    name: 'with a condition that everybody can meet',
    subject: subject(allow('iam:AddUserToGroup', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })),
    expect: 'fail',
    reason: 'if aws:MultiFactorAuthPresent Bool "true"',
    source: passing,
  },
  {
    name: 'another statement denies it',
    subject: subject(allow('iam:*'), { Effect: 'Deny', Action: 'iam:*', Resource: '*' }),
    expect: 'pass',
  },
  {
    name: 'half of a set',
    subject: subject(allow('iam:DeleteRolePermissionsBoundary')),
    expect: 'pass',
    source: boundaries,
  },
  {
    name: 'the whole of a set',
    subject: subject(allow('iam:DeleteRolePermissionsBoundary'), allow('sts:AssumeRole')),
    expect: 'fail',
    reason: 'iam:DeleteRolePermissionsBoundary with sts:AssumeRole',
    source: boundaries,
  },
  { name: 'reading alone', subject: subject(allow(['iam:Get*', 'iam:List*'])), expect: 'pass' },
  { name: 'everything', subject: subject(allow('*')), expect: 'not-applicable' },
  {
    name: 'the second of two policies',
    subject: make('AWS::IAM::User', {
      inlinePolicies: [
        { name: 'read', document: documentOf(allow('s3:GetObject')) },
        { name: 'write', document: documentOf(allow('iam:UpdateAssumeRolePolicy')) },
      ],
    }),
    expect: 'fail',
    reason: 'The inline policy "write" allows ways to more permissions: iam:UpdateAssumeRolePolicy.',
  },
  { name: 'no inline policy', subject: make('AWS::IAM::User', { inlinePolicies: [] }), expect: 'not-applicable' },
  {
    name: 'one of two cannot be read',
    subject: make('AWS::IAM::User', {
      inlinePolicies: [
        { name: 'read', document: documentOf(allow('s3:GetObject')) },
        { name: 'broken', document: '{' },
      ],
    }),
    expect: 'unknown',
    reason: 'The inline policy "broken"',
  },
]);
