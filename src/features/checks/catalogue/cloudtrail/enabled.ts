import { fail, pass } from '../../../../domain/verdict.ts';
import { scopeCheck } from '../../contract.ts';
import { someKnown } from '../../facts/some-known.ts';
import { deliveryFailure, records } from '../../facts/trail-delivery.ts';

/**
 * Passes when at least one trail records, an organisation's trail included. One whose bucket is gone or refuses the files
 * leaves no record. https://docs.aws.amazon.com/config/latest/developerguide/cloudtrail-enabled.html
 */
export const check = scopeCheck({
  subject: 'account',
  version: 2,
  needs: ['AWS::CloudTrail::Trail'],
  title: 'CloudTrail should record the account',
  severity: 'high',
  severityReason:
    'Without a trail nobody can say afterwards who did what; only the last 90 days of management events can be looked up.',
  why: 'A trail is the record on which detection, investigation and proof rest. An attacker in an account without one leaves no lasting trace.',
  fix: {
    text: 'Create a trail in all regions, best one trail of the organisation that members cannot switch off.',
    cli: `aws cloudtrail create-trail --name <name> --s3-bucket-name <bucket> --is-multi-region-trail --enable-log-file-validation
aws cloudtrail start-logging --name <name>`,
    cloudformation: `Type: AWS::CloudTrail::Trail
Properties:
  S3BucketName: <bucket>
  IsLogging: true
  IsMultiRegionTrail: true
  IncludeGlobalServiceEvents: true
  EnableLogFileValidation: true`,
    terraform: `resource "aws_cloudtrail" "this" {
  name                          = "<name>"
  s3_bucket_name                = "<bucket>"
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = true
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/cloudtrail-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-3',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html',
  ],
  controls: {
    securityHub: ['CloudTrail.3'],
    configRules: ['cloudtrail-enabled'],
    attack: ['T1562.008'],
    prowler: ['cloudtrail_multi_region_enabled'],
  },
  evaluate(context) {
    const { resources } = context.readableEverywhere('AWS::CloudTrail::Trail');
    const recording = someKnown(resources, records);
    if (recording !== undefined) return pass(`The trail ${recording.name} records.`);
    // An organisation's trail may show in its home and as a shadow.
    const trails = context.everywhere('AWS::CloudTrail::Trail');
    const refused = trails.filter((trail) => trail.config.logging === true);
    const [one] = refused;
    if (one !== undefined)
      return fail(
        `The trail ${one.name} is on, but delivers nothing to ${one.config.bucket}: ${deliveryFailure(one)}.`,
      );
    const stopped = new Set(trails.map(({ arn }) => arn)).size;
    return fail(stopped === 0 ? 'The account has no trail.' : `No trail records; ${stopped} are stopped.`);
  },
});
