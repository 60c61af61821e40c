import type { AnyResource } from '../../../../domain/resource.ts';
import { denied, make, testAccount, testCheck } from '../../testing.ts';
import { check } from './access-point-not-public.ts';

const policies = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html';
const blocks = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html';

const off = { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false };
const bucketArn = 'arn:aws:s3:::amzn-s3-demo-bucket';
const pointArn = `arn:aws:s3:eu-west-1:${testAccount}:accesspoint/reports`;

const text = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const open = (more: object = {}): string =>
  text({
    Sid: 'Anybody',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `${pointArn}/object/*`,
    ...more,
  });
const delegating = text({
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: '*',
  Resource: [bucketArn, `${bucketArn}/*`],
  Condition: { StringEquals: { 's3:DataAccessPointAccount': testAccount } },
});

const point = (config: Parameters<typeof make<'AWS::S3::AccessPoint'>>[1] = {}) =>
  make('AWS::S3::AccessPoint', { policy: open(), publicAccessBlock: off, ...config });
const accountOpen = make('AWS::S3::AccountPublicAccessBlock', { publicAccessBlock: null });
const bucket = (config: Parameters<typeof make<'AWS::S3::Bucket'>>[1] = {}) =>
  make('AWS::S3::Bucket', { policy: delegating, publicAccessBlock: off, ...config }, { name: 'amzn-s3-demo-bucket' });
const behind = (config: Parameters<typeof bucket>[0] = {}): readonly AnyResource[] => [bucket(config), accountOpen];

testCheck('s3-access-point-not-public', check, [
  {
    name: 'everybody by its policy, and the bucket leaves it to access points',
    subject: point(),
    evidence: behind(),
    expect: 'fail',
    reason: 'everybody may s3:GetObject (statement Anybody)',
    source: policies,
  },
  {
    name: 'everybody by its policy, but the bucket has none',
    subject: point(),
    evidence: behind({ policy: null }),
    expect: 'pass',
    source: policies,
  },
  {
    name: 'everybody by its policy, and by that of the bucket to other objects alone',
    subject: point({ policy: open({ Resource: `${pointArn}/object/a/*` }) }),
    evidence: behind({
      policy: text({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${bucketArn}/b/*` }),
    }),
    expect: 'pass',
  },
  {
    name: 'its own block',
    subject: point({ publicAccessBlock: { ...off, restrictPublicBuckets: true } }),
    evidence: behind(),
    expect: 'pass',
    reason: 'the public access block stops it',
    source: blocks,
  },
  {
    name: 'its own block, whatever is not known of that of the bucket',
    subject: point({ publicAccessBlock: { ...off, restrictPublicBuckets: true } }),
    evidence: behind({ publicAccessBlock: denied('s3:GetBucketPublicAccessBlock') }),
    expect: 'pass',
    source: blocks,
  },
  {
    name: 'its own block for new policies alone',
    subject: point({ publicAccessBlock: { ...off, blockPublicPolicy: true } }),
    evidence: behind(),
    expect: 'fail',
    source: blocks,
  },
  {
    name: 'the block of the bucket',
    subject: point(),
    evidence: behind({ publicAccessBlock: { ...off, restrictPublicBuckets: true } }),
    expect: 'pass',
    source: blocks,
  },
  {
    name: 'the block of the account',
    subject: point(),
    evidence: [
      bucket(),
      make('AWS::S3::AccountPublicAccessBlock', { publicAccessBlock: { ...off, restrictPublicBuckets: true } }),
    ],
    expect: 'pass',
    source: blocks,
  },
  {
    name: 'everybody of the organisation',
    subject: point({ policy: open({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } } }) }),
    evidence: behind(),
    expect: 'pass',
    reason: 'the organisation o-exampleorgid',
  },
  {
    name: 'a network of its own',
    subject: point({ networkOrigin: 'VPC', vpcId: 'vpc-1a2b3c4d' }),
    evidence: behind(),
    expect: 'not-applicable',
    reason: 'from vpc-1a2b3c4d alone',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html',
  },
  { name: 'no policy', subject: point({ policy: null }), evidence: behind(), expect: 'not-applicable' },
  { name: 'the bucket does not exist', subject: point(), evidence: [accountOpen], expect: 'pass' },
  {
    name: 'the bucket is of another account',
    subject: point({ bucketAccountId: '444455556666' }),
    evidence: [accountOpen],
    expect: 'unknown',
    reason: 'of account 444455556666 lets through is not known',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/creating-access-points.html',
  },
  {
    name: 'the bucket is of another account, and its own block is on',
    subject: point({ bucketAccountId: '444455556666', publicAccessBlock: { ...off, restrictPublicBuckets: true } }),
    evidence: [accountOpen],
    expect: 'pass',
  },
  {
    name: 'its policy could not be read',
    subject: point({ policy: denied('s3control:GetAccessPointPolicy') }),
    evidence: behind(),
    expect: 'unknown',
  },
  { name: 'its policy is not JSON', subject: point({ policy: '{' }), evidence: behind(), expect: 'unknown' },
  {
    name: 'the policy of the bucket could not be read',
    subject: point(),
    evidence: behind({ policy: denied('s3:GetBucketPolicy') }),
    expect: 'unknown',
  },
  {
    name: 'the policy of the bucket could not be read, but its own admits nobody',
    subject: point({ policy: open({ Principal: { AWS: testAccount } }) }),
    evidence: behind({ policy: denied('s3:GetBucketPolicy') }),
    expect: 'pass',
  },
  {
    name: 'its own block could not be read',
    subject: point({ publicAccessBlock: denied('s3control:GetAccessPoint') }),
    evidence: behind(),
    expect: 'unknown',
  },
  {
    name: 'the buckets could not be listed',
    subject: point(),
    evidence: [accountOpen],
    incomplete: ['AWS::S3::Bucket'],
    expect: 'unknown',
  },
]);
