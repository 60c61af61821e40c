import type { BucketConfig } from '../../../../domain/resources/s3.ts';
import { denied, make, testCheck } from '../../testing.ts';
import { check } from './bucket-versioning.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-14';
const states = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html';
const bucket = (versioning: BucketConfig['versioning']) => make('AWS::S3::Bucket', { versioning });

testCheck(
  's3-bucket-versioning',
  check,
  [
    { name: 'on', subject: bucket({ status: 'Enabled', mfaDelete: false }), expect: 'pass' },
    {
      name: 'suspended',
      subject: bucket({ status: 'Suspended', mfaDelete: false }),
      expect: 'fail',
      reason: 'suspended',
      source: control,
    },
    {
      name: 'never on',
      subject: bucket({ status: null, mfaDelete: false }),
      expect: 'fail',
      reason: 'never',
      source: states,
    },
    { name: 'the setting could not be read', subject: bucket(denied('s3:GetBucketVersioning')), expect: 'unknown' },
  ],
  { notApplicable: 'every bucket can keep versions' },
);
