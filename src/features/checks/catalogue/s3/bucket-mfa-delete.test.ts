import type { BucketConfig } from '../../../../domain/resources/s3.ts';
import { denied, make, testCheck } from '../../testing.ts';
import { check } from './bucket-mfa-delete.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-20';
const versioning = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html';
const bucket = (of: BucketConfig['versioning'], config: Partial<BucketConfig> = {}) =>
  make('AWS::S3::Bucket', { versioning: of, ...config });
const withoutMfa = { status: 'Enabled', mfaDelete: false } as const;

testCheck('s3-bucket-mfa-delete', check, [
  { name: 'on', subject: bucket({ status: 'Enabled', mfaDelete: true }), expect: 'pass' },
  {
    name: 'versioned without MFA delete',
    subject: bucket(withoutMfa, { lifecycleRules: null }),
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
  {
    name: 'versioned without MFA delete, beside a lifecycle rule',
    subject: bucket(withoutMfa, { lifecycleRules: 1 }),
    expect: 'not-applicable',
    reason: 'lifecycle configuration',
    source: control,
  },
  {
    name: 'versioned without MFA delete, beside a lifecycle configuration without rules',
    subject: bucket(withoutMfa, { lifecycleRules: 0 }),
    expect: 'fail',
  },
  {
    name: 'versioned without MFA delete, and lifecycle rules could not be read',
    subject: bucket(withoutMfa, { lifecycleRules: denied('s3:GetBucketLifecycleConfiguration') }),
    expect: 'unknown',
    reason: 's3:GetBucketLifecycleConfiguration',
  },
  {
    name: 'versioned without MFA delete, and lifecycle rules were never asked for',
    subject: bucket(withoutMfa),
    expect: 'unknown',
  },
  { name: 'the setting could not be read', subject: bucket(denied('s3:GetBucketVersioning')), expect: 'unknown' },
]);
