import { make, testCheck } from '../../testing.ts';
import { check } from './account-public-access-block.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-1';
const all = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };
const account = (publicAccessBlock: typeof all | null) =>
  make('AWS::S3::AccountPublicAccessBlock', { publicAccessBlock });

testCheck(
  's3-account-public-access-block',
  check,
  [
    { name: 'all four settings on', subject: account(all), expect: 'pass' },
    {
      name: 'no configuration',
      subject: account(null),
      expect: 'fail',
      reason: 'no public access block',
      source: control,
    },
    {
      name: 'BlockPublicAcls off',
      subject: account({ ...all, blockPublicAcls: false }),
      expect: 'fail',
      reason: 'BlockPublicAcls off',
      source: control,
    },
    {
      name: 'IgnorePublicAcls off',
      subject: account({ ...all, ignorePublicAcls: false }),
      expect: 'fail',
      reason: 'IgnorePublicAcls off',
    },
    {
      name: 'BlockPublicPolicy off',
      subject: account({ ...all, blockPublicPolicy: false }),
      expect: 'fail',
      reason: 'BlockPublicPolicy off',
    },
    {
      name: 'RestrictPublicBuckets off',
      subject: account({ ...all, restrictPublicBuckets: false }),
      expect: 'fail',
      reason: 'RestrictPublicBuckets off',
    },
    { name: 'the setting could not be read', incomplete: ['AWS::S3::AccountPublicAccessBlock'], expect: 'unknown' },
  ],
  { notApplicable: 'every account has this setting' },
);
