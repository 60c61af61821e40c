import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { isForeign } from '../../facts/trail-bucket.ts';

/** Passes when a log group is set: https://docs.aws.amazon.com/config/latest/developerguide/cloud-trail-cloud-watch-logs-enabled.html */
export const check = resourceCheck({
  subject: 'AWS::CloudTrail::Trail',
  title: 'Trails should deliver to CloudWatch Logs',
  severity: 'low',
  severityReason: 'It is one way among others to be alarmed; EventBridge or another reader of the logs does as well.',
  why: 'Files in S3 are for later. Metric filters and alarms on a log group tell at once when something happens that should not.',
  fix: {
    text: 'Deliver the trail to a log group as well, with a role that may write to it.',
    cli: 'aws cloudtrail update-trail --name <name> --cloud-watch-logs-log-group-arn <log group arn> --cloud-watch-logs-role-arn <role arn>',
    cloudformation: `Type: AWS::CloudTrail::Trail
Properties:
  CloudWatchLogsLogGroupArn: <log group arn>
  CloudWatchLogsRoleArn: <role arn>`,
    terraform: `resource "aws_cloudtrail" "this" {
  cloud_watch_logs_group_arn = "<log group arn>:*"
  cloud_watch_logs_role_arn  = "<role arn>"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/cloud-trail-cloud-watch-logs-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-5',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html',
  ],
  controls: {
    securityHub: ['CloudTrail.5'],
    configRules: ['cloud-trail-cloud-watch-logs-enabled'],
    prowler: ['cloudtrail_cloudwatch_logging_enabled'],
  },
  evaluate(trail, context) {
    if (isForeign(trail, context))
      return notApplicable('The organisation’s trail is judged in the account that owns it.');
    const { cloudWatchLogsGroupArn } = trail.config;
    if (cloudWatchLogsGroupArn === null || cloudWatchLogsGroupArn === '')
      return fail('The trail delivers to no log group.');
    return pass(`The trail delivers to ${cloudWatchLogsGroupArn}.`);
  },
});
