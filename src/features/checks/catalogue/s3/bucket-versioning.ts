import { known } from '../../../../domain/evidence.ts';
import { fail, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes when versioning is on, not suspended: https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-14 */
export const check = resourceCheck({
  subject: 'AWS::S3::Bucket',
  title: 'S3 buckets should keep versions of objects',
  severity: 'low',
  severityReason: 'It limits the damage of deletion and overwriting; it stops no attack.',
  why: 'Without versions, an overwritten or deleted object is gone, whether by mistake or by ransomware.',
  fix: {
    text: 'Turn on versioning, with a lifecycle rule that expires old versions so that they do not pile up.',
    cli: 'aws s3api put-bucket-versioning --bucket <bucket> --versioning-configuration Status=Enabled',
    cloudformation: `Type: AWS::S3::Bucket
Properties:
  VersioningConfiguration: { Status: Enabled }`,
    terraform: `resource "aws_s3_bucket_versioning" "this" {
  bucket = "<bucket>"
  versioning_configuration {
    status = "Enabled"
  }
}`,
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-14',
    'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-versioning-enabled.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html',
  ],
  controls: {
    securityHub: ['S3.14'],
    configRules: ['s3-bucket-versioning-enabled'],
    attack: ['T1485', 'T1486'],
    prowler: ['s3_bucket_object_versioning'],
  },
  evaluate({ config }) {
    const { status } = known(config.versioning);
    if (status === 'Enabled') return pass('Versioning is on.');
    return fail(status === 'Suspended' ? 'Versioning is suspended.' : 'Versioning was never turned on.');
  },
});
