import type { KmsGrant } from '../../../../domain/resources/kms.ts';
import { denied, make, testCheck } from '../../testing.ts';
import { check } from './key-not-shared-outside-organization.ts';

const grants = 'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html';
const listed = 'https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html';
const members = { organization: { accountIds: ['111122223333', '777788889999'] } };

const policyOf = (AWS: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Owner', Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
      { Sid: 'Other', Effect: 'Allow', Principal: { AWS }, Action: 'kms:Decrypt', Resource: '*' },
    ],
  });
const own = policyOf('111122223333');
const grant = (granteePrincipal: string, more: Partial<KmsGrant> = {}): KmsGrant => ({
  grantId: 'example',
  granteePrincipal,
  retiringPrincipal: null,
  operations: ['Decrypt', 'GenerateDataKey'],
  encryptionContextSubset: {},
  encryptionContextEquals: null,
  sourceArn: null,
  ...more,
});
const to = (principal: string, more: Partial<KmsGrant> = {}) =>
  make('AWS::KMS::Key', { policy: own, grants: [grant(principal, more)] });

const outside = 'arn:aws:iam::444455556666:role/reader';

testCheck('kms-key-not-shared-outside-organization', check, [
  { name: 'no grants', subject: make('AWS::KMS::Key', { policy: own, grants: [] }), expect: 'pass' },
  {
    name: 'a grant to a role outside',
    subject: to(outside),
    organization: members.organization,
    expect: 'fail',
    reason: 'account 444455556666 outside the organisation may kms:Decrypt (a grant)',
    source: grants,
  },
  {
    name: 'a grant to an account outside, to read alone',
    subject: to('arn:aws:iam::444455556666:root', { operations: ['DescribeKey'] }),
    organization: members.organization,
    expect: 'fail',
  },
  {
    name: 'a grant to a role outside, for one encryption context',
    subject: to(outside, { encryptionContextSubset: { app: 'orders' } }),
    organization: members.organization,
    expect: 'fail',
    reason: 'kms:EncryptionContext:app',
    source: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html',
  },
  {
    name: 'a grant to a role of the organisation',
    subject: to('arn:aws:iam::777788889999:role/reader'),
    organization: members.organization,
    expect: 'pass',
    reason: 'account 777788889999',
  },
  {
    name: 'a grant to a role of its own account',
    subject: to('arn:aws:iam::111122223333:role/reader'),
    organization: members.organization,
    expect: 'pass',
  },
  {
    name: 'a grant to a service',
    subject: to('rds.eu-west-1.amazonaws.com'),
    organization: members.organization,
    expect: 'pass',
    source: listed,
  },
  {
    name: 'the key policy names an account outside',
    subject: make('AWS::KMS::Key', { policy: policyOf('444455556666'), grants: [] }),
    organization: members.organization,
    expect: 'fail',
    reason: 'statement Other',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  },
  {
    name: 'the key policy names an account outside, and grants could not be read',
    subject: make('AWS::KMS::Key', { policy: policyOf('444455556666'), grants: denied('kms:ListGrants') }),
    organization: members.organization,
    expect: 'fail',
  },
  {
    name: 'the key policy denies what a grant would allow',
    subject: make('AWS::KMS::Key', {
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Principal: { AWS: '444455556666' }, Action: 'kms:*', Resource: '*' }],
      }),
      grants: [grant(outside)],
    }),
    organization: members.organization,
    expect: 'pass',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html',
  },
  {
    name: 'which accounts are members is not known',
    subject: to(outside),
    organization: null,
    expect: 'unknown',
    reason: 'belongs to the organisation is not known',
  },
  {
    name: 'AWS manages the key',
    subject: make('AWS::KMS::Key', { manager: 'AWS', policy: null, grants: null }),
    expect: 'not-applicable',
  },
  {
    name: 'grants could not be read',
    subject: make('AWS::KMS::Key', { policy: own, grants: denied('kms:ListGrants') }),
    expect: 'unknown',
  },
  {
    name: 'the policy could not be read',
    subject: make('AWS::KMS::Key', { policy: denied('kms:GetKeyPolicy'), grants: [grant(outside)] }),
    expect: 'unknown',
  },
]);
