import type { BucketConfig } from '../../../../domain/resources/s3.ts';
import { denied, make, testCheck } from '../../testing.ts';
import { type Part, controlledBy, documentOf, outsidersOut } from '../../testing/policies.ts';
import { check } from './bucket-public-write.ts';

const meaning =
  'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status';
const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-public-write-prohibited.html';
const lists = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html';

const controls = 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html';

const off = { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false };
const none = make('AWS::S3::AccountPublicAccessBlock', { publicAccessBlock: null });
const bucket = (config: Partial<BucketConfig>) =>
  make('AWS::S3::Bucket', { publicAccessBlock: off, objectOwnership: 'ObjectWriter', policy: null, ...config });
const putting = {
  Sid: 'Put',
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::amzn-s3-demo-bucket/*',
};
const policy = (changes: Part): { policy: string } => ({ policy: documentOf({ ...putting, ...changes }) });
const acl = (permission: string): Pick<BucketConfig, 'acl'> => ({
  acl: {
    owner: 'owner',
    grants: [{ granteeType: 'Group', grantee: 'http://acs.amazonaws.com/groups/global/AllUsers', permission }],
  },
});

testCheck('s3-bucket-public-write', check, [
  { name: 'no policy, no grants', subject: bucket({}), evidence: [none], expect: 'pass' },
  {
    name: 'everybody may put objects',
    subject: bucket(policy({})),
    evidence: [none],
    expect: 'fail',
    reason: 'everybody may s3:PutObject (statement Put)',
    source: rule,
  },
  {
    name: 'a resource control policy keeps outsiders out',
    subject: bucket(policy({})),
    evidence: [none],
    organization: controlledBy('RESOURCE_CONTROL_POLICY', [outsidersOut('s3:*')]),
    expect: 'pass',
    reason: 'a resource control policy stops it',
    source: controls,
  },
  {
    name: 'a resource control policy keeps outsiders from reading alone',
    subject: bucket(policy({})),
    evidence: [none],
    organization: controlledBy('RESOURCE_CONTROL_POLICY', [outsidersOut('s3:Get*')]),
    expect: 'fail',
    source: controls,
  },
  {
    name: 'everybody may delete objects of one folder',
    subject: bucket(
      policy({ Action: 's3:DeleteObject*', Resource: 'arn:aws:s3:::amzn-s3-demo-bucket/inbox/?/*.json' }),
    ),
    evidence: [none],
    expect: 'fail',
  },
  {
    name: 'everybody may change the policy',
    subject: bucket(policy({ Action: 's3:PutBucketPolicy', Resource: 'arn:aws:s3:::amzn-s3-demo-bucket' })),
    evidence: [none],
    expect: 'fail',
    reason: 's3:PutBucketPolicy',
  },
  {
    name: 'everybody may change the policy of objects, which have none',
    subject: bucket(policy({ Action: 's3:PutBucketPolicy' })),
    evidence: [none],
    expect: 'pass',
    source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html',
  },
  {
    name: 'everybody may read alone',
    subject: bucket(policy({ Action: ['s3:GetObject', 's3:ListBucket'] })),
    evidence: [none],
    expect: 'pass',
  },
  {
    name: 'everybody is denied',
    subject: bucket(policy({ Effect: 'Deny' })),
    evidence: [none],
    expect: 'pass',
  },
  {
    name: 'everybody, but of one account',
    subject: bucket(policy({ Condition: { StringEquals: { 'aws:PrincipalAccount': '444455556666' } } })),
    evidence: [none],
    expect: 'pass',
    reason: 'account 444455556666',
    source: meaning,
  },
  {
    name: 'everybody but one account',
    subject: bucket(policy({ Condition: { StringNotEquals: { 'aws:PrincipalAccount': '444455556666' } } })),
    evidence: [none],
    expect: 'fail',
    source: meaning,
  },
  {
    name: 'a role of one name in whichever account',
    subject: bucket(policy({ Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/uploader' } } })),
    evidence: [none],
    expect: 'fail',
    reason: 'arn:aws:iam::*:role/uploader',
    source: meaning,
  },
  {
    name: 'a service, for whomever it acts',
    subject: bucket(policy({ Principal: { Service: 'cloudtrail.amazonaws.com' } })),
    evidence: [none],
    expect: 'pass',
    reason: 'cloudtrail.amazonaws.com on behalf of anybody',
    source: meaning,
  },
  {
    name: 'the policy is restricted by the bucket',
    subject: bucket({ ...policy({}), publicAccessBlock: { ...off, restrictPublicBuckets: true } }),
    evidence: [none],
    expect: 'pass',
    reason: 'public access block',
  },
  {
    name: 'WRITE by the ACL',
    subject: bucket(acl('WRITE')),
    evidence: [none],
    expect: 'fail',
    reason: 'access control list',
    source: rule,
  },
  { name: 'WRITE_ACP by the ACL', subject: bucket(acl('WRITE_ACP')), evidence: [none], expect: 'fail', source: lists },
  { name: 'FULL_CONTROL by the ACL', subject: bucket(acl('FULL_CONTROL')), evidence: [none], expect: 'fail' },
  { name: 'READ_ACP by the ACL', subject: bucket(acl('READ_ACP')), evidence: [none], expect: 'pass', source: lists },
  {
    name: 'WRITE by an ACL that is ignored',
    subject: bucket({ ...acl('WRITE'), publicAccessBlock: { ...off, ignorePublicAcls: true } }),
    evidence: [none],
    expect: 'pass',
  },
  {
    name: 'everybody may write on purpose',
    subject: bucket(acl('WRITE')),
    evidence: [none],
    parameters: { publicBuckets: ['amzn-s3-demo-bucket'] },
    expect: 'not-applicable',
  },
  {
    name: 'the policy could not be read',
    subject: bucket({ policy: denied('s3:GetBucketPolicy'), policyIsPublic: true }),
    evidence: [none],
    expect: 'unknown',
  },
  {
    name: "the policy is public, and the account's block could not be read",
    subject: bucket(policy({})),
    incomplete: ['AWS::S3::AccountPublicAccessBlock'],
    expect: 'unknown',
  },
]);
