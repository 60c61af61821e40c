// Policies in tests of checks, and the cases that every check of one kind of policy has in common.

import type { OrganizationPolicy } from '../../../domain/account.ts';
import type { AnyResource } from '../../../domain/resource.ts';
import type { Verdict } from '../../../domain/verdict.ts';

export type Part = Readonly<Record<string, unknown>>;

/** A policy with these statements, as AWS gives it. */
export const documentOf = (...Statement: readonly Part[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });

export const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[] = '*',
  more: Part = {},
): Part => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

export const deny = (
  Action: string | readonly string[],
  Resource: string | readonly string[] = '*',
  more: Part = {},
): Part => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});

/** A trust policy for these principals. */
export const trustOf = (Principal: Part | string, more: Part = {}): string =>
  documentOf({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more });

const levels = ['r-examplerootid111', 'ou-examplerootid111-exampleouid111', '111122223333'];

/**
 * The policies of an organisation that has one of its own: a service or resource control policy of these statements.
 * @param targets where it is attached; the root, the organisational unit and the account when not given
 */
export function controlledBy(
  kind: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY',
  statements: readonly Part[],
  targets: readonly string[] = levels,
): { policies: OrganizationPolicy[] } {
  const arn = `arn:aws:organizations::999988887777:policy/o-exampleorgid/${kind.toLowerCase()}/p-examplepolicyid111`;
  const content = documentOf(...(kind === 'SERVICE_CONTROL_POLICY' ? [allow('*')] : []), ...statements);
  return {
    policies: [{ id: 'p-examplepolicyid111', arn, name: 'Guard', type: kind, awsManaged: false, content, targets }],
  };
}

/** Keeps everybody out who is neither of the organisation nor a service. */
export const outsidersOut = (Action: string): Part => ({
  ...deny(Action),
  Principal: '*',
  Condition: {
    StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorgid' },
    BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
  },
});

interface Case<Subject extends AnyResource> {
  name: string;
  subject: Subject;
  expect: Verdict;
  reason?: string;
  source?: string;
}

/**
 * Whoever asks whether a resource policy opens something to everybody: who is everybody, and what keeps everybody out.
 * @param subject the resource, whose policy opens it to everybody but for the changes to its statement
 * @param rule the AWS page that says what is public
 * @param action the first of the actions that the statement allows
 */
export function publicPolicyCases<Subject extends AnyResource>(
  subject: (changes?: Part) => Subject,
  rule: string,
  action: string,
): readonly Case<Subject>[] {
  const under = (Condition: Part): Subject => subject({ Condition });
  return [
    { name: 'its own account alone', subject: subject({ Principal: { AWS: '111122223333' } }), expect: 'pass' },
    { name: 'everybody', subject: subject(), expect: 'fail', reason: `everybody may ${action}`, source: rule },
    { name: 'everybody, written as AWS principals', subject: subject({ Principal: { AWS: ['*'] } }), expect: 'fail' },
    {
      name: 'everybody of the organisation',
      subject: under({ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }),
      expect: 'pass',
      reason: 'the organisation o-exampleorgid',
      source: rule,
    },
    {
      name: 'everybody of whichever organisation',
      subject: under({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }),
      expect: 'fail',
      source: rule,
    },
    {
      name: 'everybody, with a condition that everybody meets',
      subject: under({ Bool: { 'aws:SecureTransport': 'true' } }),
      expect: 'fail',
      reason: 'if aws:SecureTransport Bool "true"',
    },
    {
      name: 'another account by its id in a condition',
      subject: under({ StringEquals: { 'aws:PrincipalAccount': ['444455556666', '111122223333'] } }),
      expect: 'pass',
      reason: 'account 444455556666',
      source: rule,
    },
    { name: 'everybody is denied', subject: subject({ Effect: 'Deny' }), expect: 'pass' },
  ];
}

const boundaries = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html';
const iamActions =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html';

/**
 * Whoever asks whether a policy by itself gives its holder ways to more permissions.
 * @param subject the resource, with one policy of these statements
 */
export function escalationCases<Subject extends AnyResource>(
  subject: (...statements: readonly Part[]) => Subject,
): readonly Case<Subject>[] {
  const under = (Action: string | readonly string[], Condition: Part): Subject =>
    subject(allow(Action, '*', { Condition }));
  return [
    {
      name: 'keys for every user',
      subject: subject(allow('iam:CreateAccessKey')),
      expect: 'fail',
      reason: 'iam:CreateAccessKey',
      source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
    },
    {
      name: 'keys for oneself',
      subject: subject(allow('iam:*AccessKey*', 'arn:aws:iam::*:user/${aws:username}')),
      expect: 'pass',
      source:
        'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html',
    },
    {
      name: 'inline policies of one role',
      subject: subject(allow('iam:PutRolePolicy', 'arn:aws:iam::111122223333:role/app')),
      expect: 'fail',
      reason: 'iam:PutRolePolicy',
    },
    {
      name: 'inline policies of roles, on users',
      subject: subject(allow('iam:PutRolePolicy', 'arn:aws:iam::111122223333:user/*')),
      expect: 'pass',
      source: iamActions,
    },
    {
      name: 'attaching policies where a boundary is in place',
      subject: under(['iam:AttachRolePolicy', 'iam:PutRolePolicy'], {
        StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/limit' },
      }),
      expect: 'pass',
      source: boundaries,
    },
    {
      name: 'attaching policies, denied unless a boundary is in place',
      subject: subject(
        allow(['iam:AttachRolePolicy', 'iam:PutRolePolicy']),
        deny(['iam:AttachRolePolicy', 'iam:PutRolePolicy'], '*', {
          Condition: { StringNotEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/limit' } },
        }),
      ),
      expect: 'pass',
      source: boundaries,
    },
    {
      name: 'attaching one policy',
      subject: under('iam:AttachUserPolicy', {
        ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      }),
      expect: 'pass',
      source: boundaries,
    },
    {
      name: 'with a condition that everybody can meet',
      subject: under('iam:AddUserToGroup', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
      expect: 'fail',
      reason: 'if aws:MultiFactorAuthPresent Bool "true"',
      source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html',
    },
    { name: 'another statement denies it', subject: subject(allow('iam:*'), deny('iam:*')), expect: 'pass' },
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
    { name: 'everything but IAM', subject: subject(allow('*'), deny('iam:*')), expect: 'pass' },
  ];
}
