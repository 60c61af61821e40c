import { known } from '../../../../domain/evidence.ts';
import { fail, pass } from '../../../../domain/verdict.ts';
import { scopeCheck } from '../../contract.ts';
import { someKnown } from '../../facts/some-known.ts';
import { records } from '../../facts/trail-delivery.ts';
import { recordsAllS3ObjectEvents } from '../../facts/trail-events.ts';

/**
 * Passes when a trail of all regions records read events on the objects of all buckets, present and future.
 * https://docs.aws.amazon.com/config/latest/developerguide/cloudtrail-all-read-s3-data-event-check.html
 */
export const check = scopeCheck({
  subject: 'account',
  version: 2,
  needs: ['AWS::CloudTrail::Trail'],
  title: 'CloudTrail should record read events on S3 objects',
  severity: 'medium',
  severityReason: 'Without them, nobody can say whether data was taken.',
  why: 'Management events do not show who read an object. After a leak, and for most notification duties, that is the question.',
  fix: {
    text: 'Add a selector for data events of all S3 buckets to a trail of all regions. Data events are charged by number; leave out busy buckets only knowingly. The command replaces the selectors of the trail: name those that stay as well.',
    cli: `aws cloudtrail put-event-selectors --trail-name <name> --event-selectors '[{"ReadWriteType":"All","IncludeManagementEvents":true,"DataResources":[{"Type":"AWS::S3::Object","Values":["arn:aws:s3"]}]}]'`,
    cloudformation: `Type: AWS::CloudTrail::Trail
Properties:
  IsMultiRegionTrail: true
  EventSelectors:
    - ReadWriteType: All
      IncludeManagementEvents: true
      DataResources:
        - Type: AWS::S3::Object
          Values: [arn:aws:s3]`,
    terraform: `resource "aws_cloudtrail" "this" {
  is_multi_region_trail = true
  event_selector {
    read_write_type           = "All"
    include_management_events = true
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/cloudtrail-all-read-s3-data-event-check.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-23',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html',
  ],
  controls: {
    securityHub: ['S3.23'],
    configRules: ['cloudtrail-all-read-s3-data-event-check'],
    cis30: ['3.9'],
    cis50: ['3.9'],
    attack: ['T1530'],
    prowler: ['cloudtrail_s3_dataevents_read_enabled'],
  },
  evaluate(context) {
    const { resources } = context.readableEverywhere('AWS::CloudTrail::Trail');
    const trail = someKnown(
      resources.filter(({ config }) => config.multiRegion),
      (trail) => records(trail) && recordsAllS3ObjectEvents(known(trail.config.eventSelectors), 'read'),
    );
    if (trail !== undefined) return pass(`The trail ${trail.name} records read events of all buckets.`);
    context.everywhere('AWS::CloudTrail::Trail');
    return fail('No trail of all regions records read events on the objects of all buckets.');
  },
});
