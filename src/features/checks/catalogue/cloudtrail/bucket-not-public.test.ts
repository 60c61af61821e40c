import type { BucketConfig } from '../../../../domain/resources/s3.ts';
import { denied, make, testCheck } from '../../testing.ts';
import { check } from './bucket-not-public.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-6';
const blocks = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html';
const ownership = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html';
const rcps = 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html';
const trail = make('AWS::CloudTrail::Trail');
const off = { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false };
const open: Partial<BucketConfig> = {
  publicAccessBlock: null,
  objectOwnership: 'ObjectWriter',
  policy: null,
  policyIsPublic: null,
};
const policyFor = (Principal: unknown): Partial<BucketConfig> => ({
  policy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Read',
        Effect: 'Allow',
        Principal,
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::amzn-s3-demo-bucket/*',
      },
    ],
  }),
  policyIsPublic: Principal === '*',
});
const publicPolicy = policyFor('*');
const unreadPolicy: Partial<BucketConfig> = {
  policy: denied('s3:GetBucketPolicy'),
  policyIsPublic: denied('s3:GetBucketPolicyStatus'),
};
const bucket = (config: Partial<BucketConfig>) => make('AWS::S3::Bucket', { ...open, ...config });
const accountBlock = (changes: Partial<typeof off> = {}) =>
  make('AWS::S3::AccountPublicAccessBlock', { publicAccessBlock: { ...off, ...changes } });
const none = make('AWS::S3::AccountPublicAccessBlock', { publicAccessBlock: null });
const acl = (group: string, permission = 'READ') => ({
  owner: 'owner',
  grants: [{ granteeType: 'Group' as const, grantee: `http://acs.amazonaws.com/groups/${group}`, permission }],
});
const everybody = acl('global/AllUsers');

testCheck('cloudtrail-bucket-not-public', check, [
  { name: 'private', subject: trail, evidence: [bucket({}), none], expect: 'pass', reason: 'is not public.' },
  {
    name: 'the policy is public',
    subject: trail,
    evidence: [bucket({ ...publicPolicy }), none],
    expect: 'fail',
    reason: 'is public. ',
    source: control,
  },
  {
    name: 'the policy is public, and the account blocks nothing',
    subject: trail,
    evidence: [bucket({ ...publicPolicy, publicAccessBlock: off }), accountBlock()],
    expect: 'fail',
  },
  {
    name: 'the policy is public, but the bucket is restricted',
    subject: trail,
    evidence: [bucket({ ...publicPolicy, publicAccessBlock: { ...off, restrictPublicBuckets: true } }), none],
    expect: 'pass',
    source: blocks,
  },
  {
    name: 'the policy is public, but the account is restricted',
    subject: trail,
    evidence: [bucket({ ...publicPolicy }), accountBlock({ restrictPublicBuckets: true })],
    expect: 'pass',
    source: blocks,
  },
  {
    name: 'the policy is public, and only new policies are blocked',
    subject: trail,
    evidence: [bucket({ ...publicPolicy }), accountBlock({ blockPublicPolicy: true })],
    expect: 'fail',
    source: blocks,
  },
  {
    name: 'the ACL gives everybody READ',
    subject: trail,
    evidence: [bucket({ acl: everybody }), none],
    expect: 'fail',
    reason: 'by its access control list',
  },
  {
    name: 'the ACL gives every AWS account WRITE',
    subject: trail,
    evidence: [bucket({ acl: acl('global/AuthenticatedUsers', 'WRITE') }), none],
    expect: 'fail',
    reason: 'everybody with an AWS account',
  },
  {
    name: 'the ACL gives log delivery WRITE',
    subject: trail,
    evidence: [bucket({ acl: acl('s3/LogDelivery', 'WRITE') }), none],
    expect: 'pass',
  },
  {
    name: 'the ACL names a person, whatever the name',
    subject: trail,
    evidence: [
      bucket({
        acl: {
          owner: 'o',
          grants: [
            {
              granteeType: 'CanonicalUser',
              grantee: 'http://acs.amazonaws.com/groups/global/AllUsers',
              permission: 'READ',
            },
          ],
        },
      }),
      none,
    ],
    expect: 'pass',
  },
  {
    name: 'a public ACL, but ACLs are ignored by the bucket',
    subject: trail,
    evidence: [bucket({ acl: everybody, publicAccessBlock: { ...off, ignorePublicAcls: true } }), none],
    expect: 'pass',
    source: blocks,
  },
  {
    name: 'a public ACL, but ACLs are ignored by the account',
    subject: trail,
    evidence: [bucket({ acl: everybody }), accountBlock({ ignorePublicAcls: true })],
    expect: 'pass',
  },
  {
    name: 'a public ACL, and only new ACLs are blocked',
    subject: trail,
    evidence: [bucket({ acl: everybody }), accountBlock({ blockPublicAcls: true })],
    expect: 'fail',
  },
  {
    name: 'a public ACL, but ACLs are disabled',
    subject: trail,
    evidence: [bucket({ acl: everybody, objectOwnership: 'BucketOwnerEnforced' }), none],
    expect: 'pass',
    source: ownership,
  },
  {
    name: 'the bucket belongs to another account',
    subject: trail,
    evidence: [make('AWS::S3::Bucket', {}, { name: 'other' })],
    expect: 'not-applicable',
  },
  {
    name: "the organisation's trail in a member",
    subject: make('AWS::CloudTrail::Trail', { ownerAccount: '999988887777' }),
    evidence: [bucket({ ...publicPolicy }), none],
    expect: 'not-applicable',
    reason: 'owns it',
  },
  {
    name: 'the policy could not be read',
    subject: trail,
    evidence: [bucket(unreadPolicy), none],
    expect: 'unknown',
    reason: 's3:GetBucketPolicy',
  },
  {
    name: 'the policy is public by its text, whatever AWS would say',
    subject: trail,
    evidence: [bucket({ ...publicPolicy, policyIsPublic: denied('s3:GetBucketPolicyStatus') }), none],
    expect: 'fail',
  },
  {
    name: 'the policy is public, and only a resource control policy keeps the public out',
    subject: trail,
    evidence: [bucket(publicPolicy), none],
    organization: {
      policies: [
        {
          id: 'p-perimeter',
          arn: 'arn:aws:organizations::999988887777:policy/o-exampleorgid/resource_control_policy/p-perimeter',
          name: 'perimeter',
          type: 'RESOURCE_CONTROL_POLICY',
          awsManaged: false,
          content: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }],
          }),
          targets: ['r-examplerootid111'],
        },
      ],
    },
    expect: 'pass',
    reason: 'but a resource control policy stops it',
    source: rcps,
  },
  {
    name: 'the policy lets another account read',
    subject: trail,
    evidence: [bucket(policyFor({ AWS: '444455556666' })), none],
    expect: 'pass',
  },
  {
    name: 'the policy could not be read, but the bucket is restricted',
    subject: trail,
    evidence: [
      bucket({
        ...unreadPolicy,
        publicAccessBlock: { ...off, restrictPublicBuckets: true },
      }),
      none,
    ],
    expect: 'pass',
  },
  {
    name: 'the policy is public, and the bucket’s block could not be read',
    subject: trail,
    evidence: [bucket({ ...publicPolicy, publicAccessBlock: denied('s3:GetPublicAccessBlock') }), none],
    expect: 'unknown',
  },
  {
    name: 'the policy is public, and the account’s block could not be read',
    subject: trail,
    evidence: [bucket({ ...publicPolicy })],
    incomplete: ['AWS::S3::AccountPublicAccessBlock'],
    expect: 'unknown',
  },
  {
    name: 'private, whatever could not be read of the blocks',
    subject: trail,
    evidence: [bucket({ publicAccessBlock: denied('s3:GetPublicAccessBlock') })],
    incomplete: ['AWS::S3::AccountPublicAccessBlock'],
    expect: 'pass',
  },
  {
    name: 'the ACL could not be read',
    subject: trail,
    evidence: [bucket({ acl: denied('s3:GetBucketAcl') }), none],
    expect: 'unknown',
    reason: 's3:GetBucketAcl',
  },
  {
    name: 'a public ACL, and it could not be read whether ACLs are disabled',
    subject: trail,
    evidence: [bucket({ acl: everybody, objectOwnership: denied('s3:GetBucketOwnershipControls') }), none],
    expect: 'unknown',
    reason: 's3:GetBucketOwnershipControls',
  },
  {
    name: 'a private ACL, and it could not be read whether ACLs are disabled',
    subject: trail,
    evidence: [bucket({ objectOwnership: denied('s3:GetBucketOwnershipControls') }), none],
    expect: 'pass',
  },
  {
    name: 'the ACL could not be read, but ACLs are ignored',
    subject: trail,
    evidence: [bucket({ acl: denied('s3:GetBucketAcl') }), accountBlock({ ignorePublicAcls: true })],
    expect: 'pass',
  },
  {
    name: 'the ACL could not be read, but ACLs are disabled',
    subject: trail,
    evidence: [bucket({ acl: denied('s3:GetBucketAcl'), objectOwnership: 'BucketOwnerEnforced' }), none],
    expect: 'pass',
  },
  {
    name: 'the policy is public, whatever could not be read of the ACL',
    subject: trail,
    evidence: [bucket({ ...publicPolicy, acl: denied('s3:GetBucketAcl') }), none],
    expect: 'fail',
  },
  {
    name: 'the ACL is public, whatever could not be read of the policy',
    subject: trail,
    evidence: [bucket({ ...unreadPolicy, acl: everybody }), none],
    expect: 'fail',
    reason: 'by its access control list',
  },
  {
    name: 'the bucket is not among those that could be read',
    subject: trail,
    evidence: [none],
    incomplete: ['AWS::S3::Bucket'],
    expect: 'unknown',
  },
  {
    name: 'the bucket is among those that could be read',
    subject: trail,
    evidence: [bucket({}), none],
    incomplete: ['AWS::S3::Bucket'],
    expect: 'pass',
  },
]);
