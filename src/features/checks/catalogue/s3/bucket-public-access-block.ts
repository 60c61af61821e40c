import { known } from '../../../../domain/evidence.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { settingsOff } from '../../facts/public-access.ts';

/**
 * Passes when the bucket itself has all four settings on; the account's settings do not count.
 * https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-level-public-access-prohibited.html
 */
export const check = resourceCheck({
  subject: 'AWS::S3::Bucket',
  title: 'S3 buckets should block public access',
  severity: 'high',
  severityReason: 'A later policy or ACL can publish the data at once when the account does not block it either.',
  why: "The block on the bucket keeps it private whatever its policy and ACL say. It still holds when somebody relaxes the account's setting for another bucket.",
  fix: {
    text: 'Turn on all four settings of the bucket, unless it is meant to be public; then name it in the parameter publicBuckets.',
    cli: 'aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    cloudformation: `Type: AWS::S3::Bucket
Properties:
  PublicAccessBlockConfiguration:
    BlockPublicAcls: true
    IgnorePublicAcls: true
    BlockPublicPolicy: true
    RestrictPublicBuckets: true`,
    terraform: `resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = "<bucket>"
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-level-public-access-prohibited.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  ],
  controls: {
    securityHub: ['S3.8'],
    configRules: ['s3-bucket-level-public-access-prohibited'],
    cis30: ['2.1.4'],
    cis50: ['2.1.4'],
    attack: ['T1530'],
    prowler: ['s3_bucket_level_public_access_block'],
  },
  parameters: {
    publicBuckets: { type: 'strings', default: [], description: 'Names of buckets that are public on purpose.' },
  },
  evaluate(bucket, context) {
    const intended = context.parameter('publicBuckets');
    if (Array.isArray(intended) && intended.includes(bucket.name)) {
      return notApplicable('The bucket is named as public on purpose.');
    }
    const block = known(bucket.config.publicAccessBlock);
    if (block === null) return fail('The bucket has no public access block of its own.');
    const off = settingsOff(block);
    if (off.length > 0) return fail(`The bucket's public access block leaves ${off.join(', ')} off.`);
    return pass("The bucket's public access block has all four settings on.");
  },
});
