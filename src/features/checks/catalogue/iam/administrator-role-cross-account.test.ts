import { denied, make, testAccount, testCheck } from '../../testing.ts';
import { type Part, allow, controlledBy, deny, documentOf, outsidersOut, trustOf } from '../../testing/policies.ts';
import { check } from './administrator-role-cross-account.ts';

const crossing =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html';
const made =
  'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html';
const boundaries = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html';
const external = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html';
const controls = 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html';

type RoleConfig = Parameters<typeof make<'AWS::IAM::Role'>>[1] & {};
const everything = allow('*');
const other = 'arn:aws:iam::444455556666:role/deploy';
const role = (trustPolicy: string, statements: readonly Part[] = [everything], config: RoleConfig = {}) =>
  make('AWS::IAM::Role', {
    trustPolicy,
    inlinePolicies: [{ name: 'work', document: documentOf(...statements) }],
    ...config,
  });
const trusting = (principal: string, more: Part = {}): string => trustOf({ AWS: principal }, more);
const policy = (name: string, ...statements: readonly Part[]) =>
  make(
    'AWS::IAM::Policy',
    { document: documentOf(...statements) },
    { name, arn: `arn:aws:iam::${testAccount}:policy/${name}` },
  );
const accounts = (count: number): string[] => Array.from({ length: count }, (_, at) => String(100000000001 + at));
const limited = { permissionsBoundaryArn: `arn:aws:iam::${testAccount}:policy/limit` };
const members = { accountIds: [testAccount, '444455556666', '999988887777'] };

const perimeter = { ...members, ...controlledBy('RESOURCE_CONTROL_POLICY', [outsidersOut('sts:*')]) };

testCheck('iam-administrator-role-cross-account', check, [
  {
    name: 'a role of another account of the organisation may assume an administrator',
    subject: role(trusting(other)),
    organization: members,
    expect: 'fail',
    reason: 'It may do everything, and may be assumed by account 444455556666.',
    source: crossing,
  },
  {
    name: 'an account outside may assume an administrator',
    subject: role(trusting('123456789012')),
    organization: members,
    expect: 'fail',
    reason: 'account 123456789012 outside the organisation',
    source: crossing,
  },
  {
    name: 'an account outside, with an external id',
    subject: role(
      trusting('123456789012', { Condition: { StringEquals: { 'sts:ExternalId': 'a-long-random-value' } } }),
    ),
    organization: members,
    expect: 'fail',
    reason: 'with an external id (if sts:ExternalId StringEquals',
    source: external,
  },
  {
    name: 'everybody of the organisation',
    subject: role(trusting('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } } })),
    organization: members,
    expect: 'fail',
    reason: 'the organisation o-exampleorgid',
  },
  {
    name: 'administrator by several policies',
    subject: role(trusting(other), [allow('iam:*')], {
      attachedPolicies: [{ name: 'power', arn: `arn:aws:iam::${testAccount}:policy/power` }],
    }),
    evidence: [policy('power', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })],
    organization: members,
    expect: 'fail',
    source: crossing,
  },
  {
    name: 'everything but IAM',
    subject: role(trusting(other), [everything, deny('iam:*')]),
    organization: members,
    expect: 'not-applicable',
    source: crossing,
  },
  {
    name: 'its boundary leaves IAM out',
    subject: role(trusting(other), [everything], limited),
    evidence: [policy('limit', allow('s3:*'))],
    organization: members,
    expect: 'not-applicable',
    source: boundaries,
  },
  {
    name: 'its own account alone',
    subject: role(trusting(testAccount)),
    organization: members,
    expect: 'pass',
    reason: 'lets no other account assume it',
  },
  {
    name: 'a service and a provider of identities',
    subject: role(
      trustOf({ Service: 'lambda.amazonaws.com', Federated: `arn:aws:iam::${testAccount}:saml-provider/example` }),
    ),
    organization: members,
    expect: 'pass',
  },
  {
    name: 'another account is denied',
    subject: role(trusting(other, { Effect: 'Deny' })),
    organization: members,
    expect: 'pass',
    source: crossing,
  },
  {
    name: 'the management account, as AWS Organizations makes it',
    subject: role(trusting('999988887777')),
    organization: members,
    expect: 'pass',
    reason: 'the management account alone',
    source: made,
  },
  {
    name: 'the management account and another',
    subject: role(trustOf({ AWS: ['999988887777', other] })),
    organization: members,
    expect: 'fail',
    reason: 'assumed by account 444455556666.',
    source: made,
  },
  {
    name: 'an account that is trusted',
    subject: role(trusting(other)),
    organization: members,
    parameters: { trusted: ['444455556666'] },
    expect: 'pass',
  },
  {
    name: 'a resource control policy keeps outsiders out',
    subject: role(trusting('123456789012')),
    organization: perimeter,
    expect: 'pass',
    reason: 'A resource control policy keeps the other accounts out',
    source: controls,
  },
  {
    name: 'a resource control policy lets members in',
    subject: role(trusting(other)),
    organization: perimeter,
    expect: 'fail',
    source: controls,
  },
  {
    name: 'a service-linked role',
    subject: role(trusting(other), [everything], { path: '/aws-service-role/support.amazonaws.com/' }),
    expect: 'not-applicable',
    reason: 'AWS manages the trust',
  },
  {
    name: 'which account is the management account is not known',
    subject: role(trusting(other)),
    organization: null,
    expect: 'unknown',
    reason: 'which account is the management account is not known',
  },
  {
    name: 'everybody too, whichever account is the management account',
    subject: role(trustOf({ AWS: [other, '*'] })),
    organization: null,
    expect: 'fail',
    reason: 'everybody',
  },
  {
    name: 'another organisation too, whichever account is the management account',
    subject: role(
      documentOf(
        { Effect: 'Allow', Principal: { AWS: other }, Action: 'sts:AssumeRole' },
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-otherorgid11' } },
        },
      ),
    ),
    organization: null,
    expect: 'fail',
    reason: 'o-otherorgid11',
    source: crossing,
  },
  {
    name: 'five accounts are named',
    subject: role(trustOf({ AWS: accounts(5) })),
    organization: members,
    expect: 'fail',
    reason: 'account 100000000005 outside the organisation.',
  },
  {
    name: 'of six accounts five are named',
    subject: role(trustOf({ AWS: accounts(6) })),
    organization: members,
    expect: 'fail',
    reason: 'account 100000000005 outside the organisation; and 1 more.',
  },
  {
    name: 'the resource control policies could not be read',
    subject: role(trusting(other)),
    organization: { ...members, policies: denied('organizations:ListPolicies') },
    expect: 'fail',
    reason: 'Whether a resource control policy stops it could not be read.',
  },
  {
    name: 'its boundary is not in the evidence',
    subject: role(trusting(other), [everything], limited),
    organization: members,
    expect: 'unknown',
    reason: 'Other accounts may assume it, and what it may do is not wholly known',
  },
  {
    name: 'not all policies were read',
    subject: role(trusting(other), [allow('s3:*')]),
    organization: members,
    incomplete: ['AWS::IAM::Policy'],
    expect: 'unknown',
  },
  {
    name: 'its trust policy is not JSON',
    subject: role('{'),
    organization: members,
    expect: 'unknown',
    reason: 'not JSON',
  },
]);
