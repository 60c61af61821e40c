import { denied, make, testAccount, testCheck } from '../../testing.ts';
import { controlledBy, outsidersOut } from '../../testing/policies.ts';
import { check } from './access-point-not-shared-outside-organization.ts';

const policies = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html';
const bucketArn = 'arn:aws:s3:::amzn-s3-demo-bucket';
const organization = { accountIds: [testAccount, '777788889999'] };

const text = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
type Block = NonNullable<Parameters<typeof make<'AWS::S3::AccessPoint'>>[1]>['publicAccessBlock'];
const blocked = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };
const admits = (AWS: string, more: object = {}, publicAccessBlock: Block = blocked) =>
  make('AWS::S3::AccessPoint', {
    policy: text({
      Sid: 'Shared',
      Effect: 'Allow',
      Principal: { AWS },
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:eu-west-1:${testAccount}:accesspoint/reports/object/*`,
      ...more,
    }),
    publicAccessBlock: publicAccessBlock ?? null,
  });
const delegating = make(
  'AWS::S3::Bucket',
  {
    policy: text({
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: '*',
      Resource: [bucketArn, `${bucketArn}/*`],
      Condition: { StringEquals: { 's3:DataAccessPointAccount': testAccount } },
    }),
  },
  { name: 'amzn-s3-demo-bucket' },
);
const evidence = [delegating, make('AWS::S3::AccountPublicAccessBlock')];

testCheck('s3-access-point-not-shared-outside-organization', check, [
  {
    name: 'a role of an account outside, whatever is blocked for the public',
    subject: admits('arn:aws:iam::444455556666:role/reader'),
    evidence,
    organization,
    expect: 'fail',
    reason: 'account 444455556666 outside the organisation may s3:GetObject (statement Shared)',
    source: policies,
  },
  {
    name: 'a role of an account outside, under a condition',
    subject: admits('444455556666', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
    evidence,
    organization,
    expect: 'fail',
    reason: 'aws:SecureTransport',
  },
  {
    name: 'a role of an account outside, and what is blocked for the public is not known',
    subject: admits('arn:aws:iam::444455556666:role/reader', {}, denied('s3control:GetAccessPoint')),
    evidence,
    organization,
    expect: 'fail',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  },
  {
    name: 'a role of an account outside, whom a resource control policy keeps out',
    subject: admits('arn:aws:iam::444455556666:role/reader'),
    evidence,
    organization: { ...organization, ...controlledBy('RESOURCE_CONTROL_POLICY', [outsidersOut('s3:*')]) },
    expect: 'pass',
    reason: 'a resource control policy keeps them out',
    source: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html',
  },
  {
    name: 'a role of an account of the organisation',
    subject: admits('arn:aws:iam::777788889999:role/reader'),
    evidence,
    organization,
    expect: 'pass',
    reason: 'account 777788889999',
  },
  { name: 'its own account', subject: admits(testAccount), evidence, organization, expect: 'pass' },
  {
    name: 'the bucket lets nobody through',
    subject: admits('444455556666'),
    evidence: [make('AWS::S3::Bucket', { policy: null }, { name: 'amzn-s3-demo-bucket' })],
    organization,
    expect: 'pass',
    source: policies,
  },
  {
    name: 'which accounts are members is not known',
    subject: admits('444455556666'),
    evidence,
    organization: null,
    expect: 'unknown',
  },
  {
    name: 'no policy',
    subject: make('AWS::S3::AccessPoint', { policy: null }),
    evidence,
    organization,
    expect: 'not-applicable',
  },
  {
    name: 'the policy of the bucket could not be read',
    subject: admits('444455556666'),
    evidence: [make('AWS::S3::Bucket', { policy: denied('s3:GetBucketPolicy') }, { name: 'amzn-s3-demo-bucket' })],
    organization,
    expect: 'unknown',
  },
]);
