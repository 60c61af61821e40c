import type { BucketConfig } from '../../../../domain/resources/s3.ts';
import { denied, make, testCheck } from '../../testing.ts';
import { type Part, controlledBy, documentOf, outsidersOut } from '../../testing/policies.ts';
import { check } from './bucket-policy-cross-account.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-6';
const blocks = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html';
const principals = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html';

const controls = 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html';
const perimeter = controlledBy('RESOURCE_CONTROL_POLICY', [outsidersOut('s3:*')]);

const off = { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false };
const none = make('AWS::S3::AccountPublicAccessBlock', { publicAccessBlock: null });
const other = 'arn:aws:iam::444455556666:root';
const sharing = {
  Sid: 'Share',
  Effect: 'Allow',
  Principal: { AWS: other },
  Action: ['s3:PutBucketPolicy', 's3:GetObject'],
  Resource: ['arn:aws:s3:::amzn-s3-demo-bucket', 'arn:aws:s3:::amzn-s3-demo-bucket/*'],
};
const bucket = (changes: Part, config: Partial<BucketConfig> = {}) =>
  make('AWS::S3::Bucket', { publicAccessBlock: off, policy: documentOf({ ...sharing, ...changes }), ...config });

testCheck('s3-bucket-policy-cross-account', check, [
  {
    name: 'another account may change the policy',
    subject: bucket({}),
    evidence: [none],
    expect: 'fail',
    reason: 'account 444455556666 may s3:PutBucketPolicy (statement Share)',
    source: control,
  },
  {
    name: 'another account may change the policy, but a resource control policy keeps outsiders out',
    subject: bucket({}),
    evidence: [none],
    organization: { ...perimeter, accountIds: ['111122223333', '999988887777'] },
    expect: 'pass',
    reason: 'a resource control policy keeps them out',
    source: controls,
  },
  {
    name: 'another account of the organisation may change the policy, and a resource control policy keeps outsiders out',
    subject: bucket({}),
    evidence: [none],
    organization: { ...perimeter, accountIds: ['111122223333', '444455556666', '999988887777'] },
    expect: 'fail',
    reason: 'account 444455556666 may s3:PutBucketPolicy',
    source: controls,
  },
  {
    name: 'another account may change the policy, and whether a resource control policy keeps it out is not known',
    subject: bucket({}),
    evidence: [none],
    organization: { policies: denied('organizations:ListPolicies') },
    expect: 'fail',
    reason: 'Whether a resource control policy stops it could not be read.',
  },
  {
    name: 'a role of another account may do everything',
    subject: bucket({ Principal: { AWS: 'arn:aws:iam::444455556666:role/partner' }, Action: 's3:*' }),
    evidence: [none],
    expect: 'fail',
    source: control,
  },
  {
    name: 'another account may read',
    subject: bucket({ Action: ['s3:GetObject', 's3:ListBucket', 's3:PutObject'] }),
    evidence: [none],
    expect: 'pass',
    source: control,
  },
  {
    name: 'the own account may change the policy',
    subject: bucket({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
    evidence: [none],
    expect: 'pass',
    source: principals,
  },
  {
    name: 'another account is denied',
    subject: bucket({ Effect: 'Deny' }),
    evidence: [none],
    expect: 'pass',
  },
  {
    name: 'members of the organisation may change the policy',
    subject: bucket({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } } }),
    evidence: [none],
    expect: 'fail',
    reason: 'the organisation o-exampleorgid may s3:PutBucketPolicy',
  },
  {
    name: 'everybody, but of the own account',
    subject: bucket({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } }),
    evidence: [none],
    expect: 'pass',
  },
  {
    name: 'another account through one VPC endpoint',
    subject: bucket({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } } }),
    evidence: [none],
    expect: 'fail',
    reason: 'if aws:SourceVpce StringEquals "vpce-1a2b3c4d"',
  },
  {
    name: 'everybody may change the policy',
    subject: bucket({ Principal: '*' }),
    evidence: [none],
    expect: 'fail',
    reason: 'everybody may s3:PutBucketPolicy',
  },
  {
    name: 'everybody may change the policy, but it is restricted to the account',
    subject: bucket({ Principal: '*' }, { publicAccessBlock: { ...off, restrictPublicBuckets: true } }),
    evidence: [none],
    expect: 'pass',
    reason: 'public access block',
    source: blocks,
  },
  {
    name: 'another account may change the policy, and public policies are restricted',
    subject: bucket({}, { publicAccessBlock: { ...off, restrictPublicBuckets: true } }),
    evidence: [none],
    expect: 'fail',
    source: blocks,
  },
  {
    name: 'another account is named, whatever could not be read of the block',
    subject: bucket({}, { publicAccessBlock: denied('s3:GetPublicAccessBlock') }),
    expect: 'fail',
    evidence: [none],
  },
  {
    name: 'everybody may change the policy, and the block could not be read',
    subject: bucket({ Principal: '*' }, { publicAccessBlock: denied('s3:GetPublicAccessBlock') }),
    expect: 'unknown',
    evidence: [none],
  },
  {
    name: 'other actions are listed',
    subject: bucket({ Action: 's3:GetObject' }),
    evidence: [none],
    parameters: { actions: ['s3:GetBucket*', 'S3:getobject'] },
    expect: 'fail',
    reason: 's3:GetObject',
    source: 'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-blacklisted-actions-prohibited.html',
  },
  {
    name: 'a service may put ACLs',
    subject: bucket({ Principal: { Service: 'logging.s3.amazonaws.com' }, Action: 's3:PutObjectAcl' }),
    evidence: [none],
    expect: 'pass',
  },
  { name: 'no policy', subject: make('AWS::S3::Bucket', { policy: null }), expect: 'not-applicable' },
  {
    name: 'the policy could not be read',
    subject: make('AWS::S3::Bucket', { policy: denied('s3:GetBucketPolicy') }),
    expect: 'unknown',
  },
]);
