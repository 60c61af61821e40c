import { known } from '../../../../domain/evidence.ts';
import { fail, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes when server access logging is on: https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-9 */
export const check = resourceCheck({
  subject: 'AWS::S3::Bucket',
  title: 'S3 buckets should log access',
  severity: 'medium',
  severityReason: 'After an incident nobody can say who read what, unless CloudTrail data events cover the bucket.',
  why: 'Server access logs record every request to the bucket. Without them or data events, reading of objects leaves no trace.',
  fix: {
    text: 'Deliver access logs to a log bucket of the same region and account. The log bucket itself may be muted: it needs no log of its own.',
    cli: `aws s3api put-bucket-logging --bucket <bucket> --bucket-logging-status '{"LoggingEnabled":{"TargetBucket":"<log bucket>","TargetPrefix":"<bucket>/"}}'`,
    cloudformation: `Type: AWS::S3::Bucket
Properties:
  LoggingConfiguration:
    DestinationBucketName: <log bucket>
    LogFilePrefix: <bucket>/`,
    terraform: `resource "aws_s3_bucket_logging" "this" {
  bucket        = "<bucket>"
  target_bucket = "<log bucket>"
  target_prefix = "<bucket>/"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-9',
    'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-logging-enabled.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html',
  ],
  controls: {
    securityHub: ['S3.9'],
    configRules: ['s3-bucket-logging-enabled'],
    attack: ['T1530'],
    prowler: ['s3_bucket_server_access_logging_enabled'],
  },
  evaluate({ config }) {
    const logging = known(config.logging);
    if (logging === null) return fail('Server access logging is off.');
    return pass(`Access is logged to ${logging.targetBucket}.`);
  },
});
