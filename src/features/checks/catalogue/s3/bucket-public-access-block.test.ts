import { denied, make, testCheck } from '../../testing.ts';
import { check } from './bucket-public-access-block.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-level-public-access-prohibited.html';
const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8';
const all = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };
const bucket = (publicAccessBlock: typeof all | null) => make('AWS::S3::Bucket', { publicAccessBlock });

testCheck('s3-bucket-public-access-block', check, [
  { name: 'all four settings on', subject: bucket(all), expect: 'pass' },
  {
    name: "none on the bucket, although the account's block has all on",
    subject: bucket(null),
    evidence: [make('AWS::S3::AccountPublicAccessBlock')],
    expect: 'fail',
    reason: 'no public access block of its own',
    source: rule,
  },
  {
    name: 'one of four off',
    subject: bucket({ ...all, restrictPublicBuckets: false }),
    expect: 'fail',
    reason: 'RestrictPublicBuckets off',
    source: control,
  },
  {
    name: 'public on purpose',
    subject: bucket(null),
    parameters: { publicBuckets: ['amzn-s3-demo-bucket'] },
    expect: 'not-applicable',
    source: control,
  },
  {
    name: 'another bucket is public on purpose',
    subject: bucket(null),
    parameters: { publicBuckets: 'other, amzn-s3-demo' },
    expect: 'fail',
  },
  {
    name: 'the setting could not be read',
    subject: make('AWS::S3::Bucket', { publicAccessBlock: denied('s3:GetPublicAccessBlock') }),
    expect: 'unknown',
  },
]);
