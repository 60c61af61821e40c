import { known, unread } from '../../../../domain/evidence.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/**
 * Passes when MFA delete is on. Versioned buckets with a lifecycle configuration are left out, as in the control: they
 * cannot have both.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-20
 */
export const check = resourceCheck({
  subject: 'AWS::S3::Bucket',
  version: 2,
  title: 'S3 buckets should demand MFA to delete versions',
  severity: 'low',
  severityReason: 'It matters for the few buckets whose loss would hurt, and only the root user can turn it on.',
  why: 'With versioning alone, stolen credentials that may delete versions can destroy data for good. MFA delete also protects the versioning state itself.',
  fix: {
    text: 'As the root user, turn on MFA delete together with versioning. Not possible beside lifecycle rules; use Object Lock there.',
    cli: 'aws s3api put-bucket-versioning --bucket <bucket> --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa "<mfa device arn> <code>"',
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-20',
    'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-mfa-delete-enabled.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html',
  ],
  controls: {
    securityHub: ['S3.20'],
    configRules: ['s3-bucket-mfa-delete-enabled'],
    cis30: ['2.1.2'],
    cis50: ['2.1.2'],
    attack: ['T1485'],
    prowler: ['s3_bucket_no_mfa_delete'],
  },
  evaluate({ config }) {
    const { status, mfaDelete } = known(config.versioning);
    if (status === 'Enabled' && mfaDelete) return pass('MFA delete is on.');
    if (status !== 'Enabled') return fail('Versioning is not on, and MFA delete needs it.');
    const { lifecycleRules = unread('s3:GetBucketLifecycleConfiguration', 'failed') } = config;
    const rules = known(lifecycleRules);
    if (rules !== null && rules > 0) {
      return notApplicable('The bucket has a lifecycle configuration, beside which MFA delete cannot be on.');
    }
    return fail('Versioning is on, but MFA delete is not.');
  },
});
