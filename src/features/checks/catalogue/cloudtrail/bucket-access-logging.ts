import { known } from '../../../../domain/evidence.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { isForeign, trailBucket } from '../../facts/trail-bucket.ts';

/** Passes when the log bucket logs access: https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-7 */
export const check = resourceCheck({
  subject: 'AWS::CloudTrail::Trail',
  needs: ['AWS::S3::Bucket'],
  title: 'The bucket of a trail should log access',
  severity: 'low',
  severityReason: 'It shows who read or deleted logs; it protects nothing by itself.',
  why: 'Who touched the log files is a question of every investigation. Access logs of the bucket answer it independently of the trail.',
  fix: {
    text: 'Deliver access logs of the log bucket to another bucket.',
    cli: `aws s3api put-bucket-logging --bucket <bucket> --bucket-logging-status '{"LoggingEnabled":{"TargetBucket":"<other bucket>","TargetPrefix":"cloudtrail/"}}'`,
    terraform: `resource "aws_s3_bucket_logging" "trail" {
  bucket        = "<bucket>"
  target_bucket = "<other bucket>"
  target_prefix = "cloudtrail/"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-7',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html',
  ],
  controls: {
    securityHub: ['CloudTrail.7'],
    configRules: ['cloudtrail-s3-bucket-access-logging'],
    cis30: ['3.4'],
    cis50: ['3.4'],
    attack: ['T1070'],
    prowler: ['cloudtrail_logs_s3_bucket_access_logging_enabled'],
  },
  evaluate(trail, context) {
    if (isForeign(trail, context))
      return notApplicable('The organisation’s trail is judged in the account that owns it.');
    const bucket = trailBucket(trail, context);
    if (bucket === undefined) {
      return notApplicable(`The bucket ${trail.config.bucket} belongs to another account and is judged there.`);
    }
    const logging = known(bucket.config.logging);
    if (logging === null) return fail(`The log bucket ${bucket.name} logs no access.`);
    return pass(`Access to the log bucket ${bucket.name} is logged to ${logging.targetBucket}.`);
  },
});
