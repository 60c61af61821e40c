import { notApplicable } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { judgeBucket } from '../../facts/bucket-exposure.ts';
import { isForeign, trailBucket } from '../../facts/trail-bucket.ts';

/**
 * Fails when the log bucket is public by its ACL or policy and neither a public access block nor a resource control
 * policy stops it, as the checks of public buckets judge it: two checks never read one bucket differently.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-6
 */
export const check = resourceCheck({
  subject: 'AWS::CloudTrail::Trail',
  version: 3,
  needs: ['AWS::S3::Bucket', 'AWS::S3::AccountPublicAccessBlock'],
  title: 'The bucket of a trail should not be public',
  severity: 'critical',
  severityReason:
    'The logs tell an attacker users, roles, keys, addresses and habits of the account, or can be falsified.',
  why: 'CloudTrail logs are a map of the account. In a public bucket everybody can read them, and with public write also plant or destroy them.',
  fix: {
    text: 'Turn on the bucket’s public access block and remove the public grants from its policy and ACL.',
    cli: 'aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    terraform: `resource "aws_s3_bucket_public_access_block" "trail" {
  bucket                  = "<bucket>"
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}`,
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-6',
    'https://docs.aws.amazon.com/config/latest/developerguide/cloudtrail-s3-bucket-public-access-prohibited.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html',
  ],
  controls: {
    securityHub: ['CloudTrail.6'],
    configRules: ['cloudtrail-s3-bucket-public-access-prohibited'],
    attack: ['T1530', 'T1565.001'],
    prowler: ['cloudtrail_logs_s3_bucket_is_not_publicly_accessible'],
  },
  evaluate(trail, context) {
    if (isForeign(trail, context))
      return notApplicable('The organisation’s trail is judged in the account that owns it.');
    const bucket = trailBucket(trail, context);
    if (bucket === undefined) {
      return notApplicable(`The bucket ${trail.config.bucket} belongs to another account and is judged there.`);
    }
    const judged = judgeBucket(bucket, context, ['read', 'write', 'administer'], 'read or change it');
    const is = judged.verdict === 'fail' ? 'is' : 'is not';
    return { ...judged, reason: `The log bucket ${bucket.name} ${is} public. ${judged.reason}` };
  },
});
