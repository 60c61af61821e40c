import { denied, make, testCheck } from '../../testing.ts';
import { check } from './role-trust-too-open.ts';

const deputy = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html';
const thirdParty = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html';
const openId = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html';
const github = 'token.actions.githubusercontent.com';
const cluster = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E';
const clusterSubjects = 'https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html';
const members = { accountIds: ['111122223333', '999988887777'] };

type Part = Readonly<Record<string, unknown>>;
const role = (statement: Part, path = '/') =>
  make('AWS::IAM::Role', {
    path,
    trustPolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Sid: 'Trust', Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }],
    }),
  });
const aws = (principal: string, Condition?: Part) =>
  role({ Principal: { AWS: principal }, ...(Condition === undefined ? {} : { Condition }) });
const vendor = 'arn:aws:iam::444455556666:root';
const web = (Condition: Part, provider = `arn:aws:iam::111122223333:oidc-provider/${github}`) =>
  role({ Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: provider }, Condition });
const audience = { [`${github}:aud`]: 'sts.amazonaws.com' };
const pods = (subject: string) =>
  web({ StringLike: { [`${cluster}:sub`]: subject } }, `arn:aws:iam::111122223333:oidc-provider/${cluster}`);
const service = (name: string, Condition: Part = {}) => role({ Principal: { Service: name }, Condition });

testCheck('iam-role-trust-too-open', check, [
  { name: 'its own account', subject: aws('arn:aws:iam::111122223333:root'), organization: members, expect: 'pass' },
  {
    name: 'any AWS account',
    subject: aws('*'),
    organization: members,
    expect: 'fail',
    reason: 'The role admits everybody',
    source: deputy,
  },
  { name: 'any AWS account is denied', subject: role({ Effect: 'Deny', Principal: '*' }), expect: 'pass' },
  {
    name: 'any AWS account, but of the organisation',
    subject: aws('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }),
    organization: members,
    expect: 'pass',
    reason: 'the organisation o-exampleorgid',
  },
  {
    name: 'any AWS account, but of another organisation',
    subject: aws('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-otherorgid' } }),
    organization: members,
    expect: 'fail',
    reason: 'another organisation o-otherorgid',
  },
  {
    name: 'any AWS account that knows the external id',
    subject: aws('*', { StringEquals: { 'sts:ExternalId': 'a-long-random-value' } }),
    organization: members,
    expect: 'fail',
    source: thirdParty,
  },
  {
    name: 'a role of one name in whichever account',
    subject: aws('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy' } }),
    organization: members,
    expect: 'fail',
  },
  {
    name: 'an outside account without external id',
    subject: aws(vendor),
    organization: members,
    expect: 'fail',
    reason: 'account 444455556666 outside the organisation without an external id',
    source: thirdParty,
  },
  {
    name: 'an outside account with external id',
    subject: aws(vendor, { StringEquals: { 'sts:ExternalId': 'a-long-random-value' } }),
    organization: members,
    expect: 'pass',
    source: thirdParty,
  },
  {
    name: 'an outside account with whichever external id',
    subject: aws(vendor, { StringLike: { 'sts:ExternalId': '*' } }),
    organization: members,
    expect: 'fail',
    source: thirdParty,
  },
  {
    name: 'an outside account with an external id, if it gives one',
    subject: aws(vendor, { StringEqualsIfExists: { 'sts:ExternalId': 'a-long-random-value' } }),
    organization: members,
    expect: 'fail',
  },
  {
    name: 'a role of an outside account from one address',
    subject: aws('arn:aws:iam::444455556666:role/partner', { IpAddress: { 'aws:SourceIp': '203.0.113.7/32' } }),
    organization: members,
    expect: 'fail',
  },
  {
    name: 'an outside account, but of the organisation',
    subject: aws(vendor, { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }),
    organization: members,
    expect: 'pass',
  },
  {
    name: 'an account of the organisation',
    subject: aws('arn:aws:iam::999988887777:role/pipeline'),
    organization: members,
    expect: 'pass',
    reason: 'account 999988887777',
  },
  { name: 'an account, and who belongs to the organisation is not known', subject: aws(vendor), expect: 'unknown' },
  {
    name: 'any account, whoever belongs to the organisation',
    subject: aws('*'),
    organization: { policies: denied('organizations:ListPolicies') },
    expect: 'fail',
    reason: 'could not be read',
  },
  {
    name: 'another account, where there is no organisation',
    subject: aws(vendor),
    organization: { reachable: false, id: 'account-111122223333', managementAccount: '111122223333' },
    expect: 'fail',
  },
  {
    name: 'another account, where the organisation is out of reach',
    subject: aws(vendor),
    organization: {
      reachable: false,
      id: 'account-111122223333',
      managementAccount: denied('organizations:ListRoots'),
      policies: denied('organizations:ListRoots'),
    },
    expect: 'unknown',
  },
  {
    name: 'every service account of a cluster',
    subject: pods('system:serviceaccount:*'),
    expect: 'fail',
    reason: 'whatever the subject',
    source: clusterSubjects,
  },
  {
    name: 'every service account of a cluster, in any namespace',
    subject: pods('system:serviceaccount:*:reader'),
    expect: 'fail',
  },
  {
    name: 'the service accounts of one namespace',
    subject: pods('system:serviceaccount:orders:*'),
    expect: 'pass',
    source: clusterSubjects,
  },
  {
    name: 'any workload of a provider',
    subject: web({ StringEquals: audience }),
    expect: 'fail',
    reason: 'whatever the subject',
    source: openId,
  },
  {
    name: 'any subject of a provider',
    subject: web({ StringEquals: audience, StringLike: { [`${github}:sub`]: 'repo:*' } }),
    expect: 'fail',
    source: openId,
  },
  {
    name: 'owners whose name begins alike',
    subject: web({ StringLike: { [`${github}:sub`]: 'repo:example-org*' } }),
    expect: 'fail',
  },
  {
    name: 'all repositories of one owner',
    subject: web({ StringLike: { [`${github}:sub`]: 'repo:example-org/*' } }),
    expect: 'pass',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html',
  },
  {
    name: 'one branch of one repository',
    subject: web({
      StringEquals: { ...audience, [`${github}:sub`]: 'repo:example-org/example-repo:ref:refs/heads/main' },
    }),
    expect: 'pass',
  },
  {
    name: 'the subject of another provider',
    subject: web({ StringEquals: { 'oidc.example.com:sub': 'repo:example-org/example-repo:ref:refs/heads/main' } }),
    expect: 'fail',
  },
  {
    name: 'an identity pool',
    subject: web(
      { StringEquals: { 'cognito-identity.amazonaws.com:aud': 'eu-west-1:12345678-abcd-1234-abcd-123456790ab' } },
      'cognito-identity.amazonaws.com',
    ),
    expect: 'pass',
    source: 'https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html',
  },
  {
    name: 'a SAML provider',
    subject: role({
      Action: 'sts:AssumeRoleWithSAML',
      Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/corporate' },
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    }),
    expect: 'pass',
  },
  {
    name: 'a service for whichever account',
    subject: service('sns.amazonaws.com'),
    expect: 'fail',
    reason: 'sns.amazonaws.com on behalf of anybody',
    source: deputy,
  },
  {
    name: 'a service for one account',
    subject: service('sns.amazonaws.com', { StringEquals: { 'aws:SourceAccount': '111122223333' } }),
    expect: 'pass',
    source: deputy,
  },
  {
    name: 'a service for resources of one account',
    subject: service('states.amazonaws.com', {
      ArnLike: { 'aws:SourceArn': 'arn:aws:states:eu-west-1:111122223333:stateMachine:*' },
    }),
    expect: 'pass',
  },
  {
    name: 'a service that carries no source',
    subject: service('ec2.amazonaws.com'),
    expect: 'pass',
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html',
  },
  {
    name: 'a service-linked role',
    subject: role({ Principal: { Service: 'sns.amazonaws.com' } }, '/aws-service-role/sns.amazonaws.com/'),
    expect: 'not-applicable',
  },
  {
    name: 'a trust policy that cannot be read',
    subject: make('AWS::IAM::Role', { trustPolicy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}' }),
    expect: 'unknown',
    reason: 'cannot be read in full',
  },
]);
