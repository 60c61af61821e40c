import type { BucketConfig } from '../../../../domain/resources/s3.ts';
import { denied, make, testCheck } from '../../testing.ts';
import { check } from './bucket-mfa-delete.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-20';
const versioning = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html';
const bucket = (of: BucketConfig['versioning']) => make('AWS::S3::Bucket', { versioning: of });

testCheck(
  's3-bucket-mfa-delete',
  check,
  [
    { name: 'on', subject: bucket({ status: 'Enabled', mfaDelete: true }), expect: 'pass' },
    {
      name: 'versioned without MFA delete',
      subject: bucket({ status: 'Enabled', mfaDelete: false }),
      expect: 'fail',
      reason: 'but MFA delete is not',
      source: control,
    },
    {
      name: 'never versioned',
      subject: bucket({ status: null, mfaDelete: false }),
      expect: 'fail',
      reason: 'Versioning is not on',
      source: versioning,
    },
    {
      name: 'versioning suspended',
      subject: bucket({ status: 'Suspended', mfaDelete: true }),
      expect: 'fail',
      reason: 'Versioning is not on',
    },
    { name: 'the setting could not be read', subject: bucket(denied('s3:GetBucketVersioning')), expect: 'unknown' },
  ],
  { notApplicable: 'every bucket can have it' },
);
