import { notApplicable } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { judgeBucket } from '../../facts/bucket-exposure.ts';

/**
 * Fails when the public may put, change or delete objects or settings, or change who may: by the policy or the ACL, with
 * public access blocks, object ownership and resource control policies taken into account.
 * https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-public-write-prohibited.html
 */
export const check = resourceCheck({
  subject: 'AWS::S3::Bucket',
  needs: ['AWS::S3::AccountPublicAccessBlock'],
  title: 'S3 buckets should not be open to public writing',
  severity: 'critical',
  severityReason: 'Anybody can destroy or replace the data, plant malware, or store at your cost.',
  why: 'Whoever may write can overwrite what others trust: pages, scripts, packages, logs. Whoever may change policy or ACL can give himself everything else.',
  fix: {
    text: 'Turn on the public access block of the bucket, and remove the grants to everybody from its policy and its access control list. For uploads by the public use presigned URLs; name buckets that are meant so in the parameter publicBuckets.',
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
    'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-public-write-prohibited.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-3',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  ],
  controls: {
    securityHub: ['S3.3'],
    configRules: ['s3-bucket-public-write-prohibited'],
    attack: ['T1565.001', 'T1485'],
    prowler: ['s3_bucket_policy_public_write_access'],
  },
  parameters: {
    publicBuckets: {
      type: 'strings',
      default: [],
      description: 'Names of buckets that everybody may write to on purpose.',
    },
  },
  evaluate(bucket, context) {
    const intended = context.parameter('publicBuckets');
    if (Array.isArray(intended) && intended.includes(bucket.name)) {
      return notApplicable('The bucket is named as public on purpose.');
    }
    return judgeBucket(bucket, context, ['write', 'administer'], 'write to it');
  },
});
