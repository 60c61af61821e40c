import type { BucketConfig } from '../../../../domain/resources/s3.ts';
import { denied, make, testCheck } from '../../testing.ts';
import { type Part, controlledBy, documentOf, outsidersOut } from '../../testing/policies.ts';
import { check } from './bucket-public-read.ts';

const meaning =
  'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status';
const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-public-read-prohibited.html';
const ownership = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html';
const controls = 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html';

const off = { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false };
const open: Partial<BucketConfig> = { publicAccessBlock: null, objectOwnership: 'ObjectWriter', policy: null };
const bucket = (config: Partial<BucketConfig>) => make('AWS::S3::Bucket', { ...open, ...config });
const none = make('AWS::S3::AccountPublicAccessBlock', { publicAccessBlock: null });
const accountBlock = (changes: Partial<typeof off>) =>
  make('AWS::S3::AccountPublicAccessBlock', { publicAccessBlock: { ...off, ...changes } });

const reading = (more: Part = {}): Part => ({
  Sid: 'Read',
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::amzn-s3-demo-bucket/*',
  ...more,
});
const policy = (...statements: readonly Part[]): { policy: string } => ({ policy: documentOf(...statements) });
const under = (Condition: Part) => bucket(policy(reading({ Condition })));
const acl = (group: string, permission = 'READ'): Pick<BucketConfig, 'acl'> => ({
  acl: {
    owner: 'owner',
    grants: [{ granteeType: 'Group', grantee: `http://acs.amazonaws.com/groups/${group}`, permission }],
  },
});

const perimeter = (target?: string) =>
  controlledBy('RESOURCE_CONTROL_POLICY', [outsidersOut('s3:*')], target === undefined ? undefined : [target]);

testCheck('s3-bucket-public-read', check, [
  { name: 'no policy, no grants', subject: bucket({}), evidence: [none], expect: 'pass' },
  {
    name: 'everybody may get objects by the policy',
    subject: bucket(policy(reading())),
    evidence: [none],
    expect: 'fail',
    reason: 'everybody may s3:GetObject (statement Read)',
    source: rule,
  },
  {
    name: 'everybody may list by a wildcard',
    subject: bucket(policy(reading({ Action: 's3:L*', Resource: 'arn:aws:s3:::amzn-s3-demo-*' }))),
    evidence: [none],
    expect: 'fail',
    reason: 's3:ListBucket',
  },
  {
    name: 'everybody may get objects of one folder that a deny excepts',
    subject: bucket(
      policy(
        reading(),
        reading({
          Sid: 'Rest',
          Effect: 'Deny',
          Resource: undefined,
          NotResource: 'arn:aws:s3:::amzn-s3-demo-bucket/public/*',
        }),
      ),
    ),
    evidence: [none],
    expect: 'fail',
  },
  {
    name: 'everybody may write alone',
    subject: bucket(policy(reading({ Action: 's3:PutObject' }))),
    evidence: [none],
    expect: 'pass',
  },
  {
    name: "the bucket's block restricts its policy",
    subject: bucket({ ...policy(reading()), publicAccessBlock: { ...off, restrictPublicBuckets: true } }),
    evidence: [none],
    expect: 'pass',
    reason: 'the public access block stops it',
    source: meaning,
  },
  {
    name: "the account's block restricts its policy",
    subject: bucket(policy(reading())),
    evidence: [accountBlock({ restrictPublicBuckets: true })],
    expect: 'pass',
  },
  {
    name: 'only new public policies are blocked',
    subject: bucket({ ...policy(reading()), publicAccessBlock: { ...off, blockPublicPolicy: true } }),
    evidence: [none],
    expect: 'fail',
    source: meaning,
  },
  {
    name: 'everybody of the organisation',
    subject: under({ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }),
    evidence: [none],
    expect: 'pass',
    reason: 'It is open to the organisation o-exampleorgid',
    source: meaning,
  },
  {
    name: 'everybody of an organisation of any name',
    subject: under({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }),
    evidence: [none],
    expect: 'fail',
    source: meaning,
  },
  {
    name: 'everybody through one VPC endpoint',
    subject: under({ StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }),
    evidence: [none],
    expect: 'pass',
    reason: 'aws:SourceVpce StringEquals "vpce-1a2b3c4d"',
    source: meaning,
  },
  {
    name: 'everybody through one VPC endpoint, or through none',
    subject: under({ StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }),
    evidence: [none],
    expect: 'fail',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists',
  },
  {
    name: 'everybody but through one VPC endpoint, by a deny',
    subject: bucket(
      policy(
        reading(),
        reading({ Effect: 'Deny', Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } } }),
      ),
    ),
    evidence: [none],
    expect: 'pass',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html',
  },
  {
    name: 'everybody from a range of /8',
    subject: under({ IpAddress: { 'aws:SourceIp': '203.0.0.0/8' } }),
    evidence: [none],
    expect: 'pass',
    source: meaning,
  },
  {
    name: 'everybody from a range wider than /8',
    subject: under({ IpAddress: { 'aws:SourceIp': '192.0.0.0/7' } }),
    evidence: [none],
    expect: 'fail',
    source: meaning,
  },
  {
    name: 'everybody with a header that anybody can send',
    subject: under({ StringLike: { 'aws:Referer': 'https://www.example.com/*' } }),
    evidence: [none],
    expect: 'fail',
    reason: 'if aws:Referer StringLike "https://www.example.com/*"',
  },
  {
    name: 'another account',
    subject: bucket(policy(reading({ Principal: { AWS: 'arn:aws:iam::444455556666:root' } }))),
    evidence: [none],
    expect: 'pass',
    reason: 'account 444455556666',
  },
  {
    name: 'everybody has READ by the ACL',
    subject: bucket(acl('global/AllUsers')),
    evidence: [none],
    expect: 'fail',
    reason: 'access control list',
    source: rule,
  },
  {
    name: 'every AWS account has READ by the ACL',
    subject: bucket(acl('global/AuthenticatedUsers')),
    evidence: [none],
    expect: 'fail',
    reason: 'everybody with an AWS account',
  },
  {
    name: 'everybody has WRITE by the ACL',
    subject: bucket(acl('global/AllUsers', 'WRITE')),
    evidence: [none],
    expect: 'pass',
  },
  {
    name: 'a public ACL where ACLs are disabled',
    subject: bucket({ ...acl('global/AllUsers'), objectOwnership: 'BucketOwnerEnforced' }),
    evidence: [none],
    expect: 'pass',
    source: ownership,
  },
  {
    name: 'a public ACL that the account ignores',
    subject: bucket(acl('global/AllUsers')),
    evidence: [accountBlock({ ignorePublicAcls: true })],
    expect: 'pass',
    reason: 'public access block',
  },
  {
    name: 'a public ACL, and the policy denies everybody else',
    subject: bucket({
      ...acl('global/AllUsers'),
      ...policy({
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: ['arn:aws:s3:::amzn-s3-demo-bucket', 'arn:aws:s3:::amzn-s3-demo-bucket/*'],
        Condition: { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } },
      }),
    }),
    evidence: [none],
    expect: 'pass',
  },
  {
    name: 'log delivery has WRITE and READ_ACP',
    subject: bucket(acl('s3/LogDelivery', 'READ_ACP')),
    evidence: [none],
    expect: 'pass',
  },
  {
    name: 'a resource control policy keeps outsiders out',
    subject: bucket(policy(reading())),
    evidence: [none],
    organization: perimeter(),
    expect: 'pass',
    reason: 'a resource control policy stops it',
    source: controls,
  },
  {
    name: 'a resource control policy of another unit',
    subject: bucket(policy(reading())),
    evidence: [none],
    organization: perimeter('ou-examplerootid111-exampleouid222'),
    expect: 'fail',
    source: controls,
  },
  {
    name: 'a resource control policy in the management account',
    subject: bucket(policy(reading())),
    evidence: [none],
    account: { isManagement: true },
    organization: perimeter(),
    expect: 'fail',
    source: controls,
  },
  {
    name: 'resource control policies could not be read',
    subject: bucket(policy(reading())),
    evidence: [none],
    organization: { policies: denied('organizations:ListPolicies') },
    expect: 'fail',
    reason: 'could not be read',
  },
  {
    name: 'public on purpose',
    subject: bucket(policy(reading())),
    evidence: [none],
    parameters: { publicBuckets: ['amzn-s3-demo-bucket'] },
    expect: 'not-applicable',
  },
  {
    name: 'the policy could not be read, and AWS calls it public',
    subject: bucket({ policy: denied('s3:GetBucketPolicy'), policyIsPublic: true }),
    evidence: [none],
    expect: 'unknown',
    reason: 's3:GetBucketPolicy',
  },
  {
    name: 'the policy could not be read, and AWS calls it not public',
    subject: bucket({ policy: denied('s3:GetBucketPolicy'), policyIsPublic: false }),
    evidence: [none],
    expect: 'pass',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html',
  },
  {
    name: 'the policy could not be read, but is restricted',
    subject: bucket({
      policy: denied('s3:GetBucketPolicy'),
      policyIsPublic: denied('s3:GetBucketPolicyStatus'),
      publicAccessBlock: { ...off, restrictPublicBuckets: true },
    }),
    evidence: [none],
    expect: 'pass',
  },
  {
    name: 'the policy is malformed',
    subject: bucket({ policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow"' }),
    evidence: [none],
    expect: 'unknown',
    reason: 'cannot be read in full',
  },
  {
    name: 'one statement is public, another malformed',
    subject: bucket(policy(reading(), reading({ Effect: 'Permit' }))),
    evidence: [none],
    expect: 'unknown',
  },
  {
    name: 'the policy is public, and the block could not be read',
    subject: bucket({ ...policy(reading()), publicAccessBlock: denied('s3:GetPublicAccessBlock') }),
    evidence: [none],
    expect: 'unknown',
    reason: 's3:GetPublicAccessBlock',
  },
  {
    name: 'private, whatever could not be read of the blocks',
    subject: bucket({ publicAccessBlock: denied('s3:GetPublicAccessBlock') }),
    incomplete: ['AWS::S3::AccountPublicAccessBlock'],
    expect: 'pass',
  },
  {
    name: 'the ACL could not be read',
    subject: bucket({ acl: denied('s3:GetBucketAcl') }),
    evidence: [none],
    expect: 'unknown',
    reason: 's3:GetBucketAcl',
  },
  {
    name: 'the ACL could not be read, but is ignored',
    subject: bucket({ acl: denied('s3:GetBucketAcl'), publicAccessBlock: { ...off, ignorePublicAcls: true } }),
    evidence: [none],
    expect: 'pass',
  },
  {
    name: 'a public ACL, and it could not be read whether ACLs are disabled',
    subject: bucket({ ...acl('global/AllUsers'), objectOwnership: denied('s3:GetBucketOwnershipControls') }),
    evidence: [none],
    expect: 'unknown',
  },
  {
    name: 'the policy is public, whatever could not be read of the ACL',
    subject: bucket({ ...policy(reading()), acl: denied('s3:GetBucketAcl') }),
    evidence: [none],
    expect: 'fail',
  },
]);
