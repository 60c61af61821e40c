import { notApplicable } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { judgeBucket } from '../../facts/bucket-exposure.ts';

/**
 * Fails when the public may read objects, lists or settings: by the policy or the ACL, with the public access blocks of
 * bucket and account, object ownership and resource control policies taken into account.
 * https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-public-read-prohibited.html
 */
export const check = resourceCheck({
  subject: 'AWS::S3::Bucket',
  needs: ['AWS::S3::AccountPublicAccessBlock'],
  title: 'S3 buckets should not be open to public reading',
  severity: 'critical',
  severityReason: 'Anybody on the internet can copy the data, and finding such buckets is automated.',
  why: 'A bucket that everybody may read gives its objects, or the list of their names, to whoever asks. Most leaks from S3 were buckets that were public by mistake.',
  fix: {
    text: 'Turn on the public access block of the bucket, and remove the grants to everybody from its policy and its access control list. Name buckets that are public on purpose in the parameter publicBuckets.',
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
    'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-public-read-prohibited.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-2',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  ],
  controls: {
    securityHub: ['S3.2'],
    configRules: ['s3-bucket-public-read-prohibited'],
    attack: ['T1530', 'T1619'],
    prowler: ['s3_bucket_public_access'],
  },
  parameters: {
    publicBuckets: { type: 'strings', default: [], description: 'Names of buckets that are public on purpose.' },
  },
  evaluate(bucket, context) {
    const intended = context.parameter('publicBuckets');
    if (Array.isArray(intended) && intended.includes(bucket.name)) {
      return notApplicable('The bucket is named as public on purpose.');
    }
    return judgeBucket(bucket, context, ['read'], 'read it');
  },
});
