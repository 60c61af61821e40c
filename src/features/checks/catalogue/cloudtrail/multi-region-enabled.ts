import { known } from '../../../../domain/evidence.ts';
import type { Resource } from '../../../../domain/resource.ts';
import { fail, pass } from '../../../../domain/verdict.ts';
import { scopeCheck } from '../../contract.ts';
import { someKnown } from '../../facts/some-known.ts';
import { deliveryFailure, records } from '../../facts/trail-delivery.ts';
import { recordsAllManagementEvents } from '../../facts/trail-events.ts';

/**
 * Passes when a trail of all regions records every management event, read and write, with no source left out. An
 * organisation's trail counts in its members; one whose bucket is gone or refuses the files does not.
 * https://docs.aws.amazon.com/config/latest/developerguide/multi-region-cloudtrail-enabled.html
 */
export const check = scopeCheck({
  subject: 'account',
  version: 3,
  needs: ['AWS::CloudTrail::Trail'],
  title: 'CloudTrail should record management events of all regions',
  severity: 'high',
  severityReason: 'What happens in a region without a trail, or in an excluded service, is not recorded at all.',
  why: 'Attackers prefer regions that nobody watches. A trail of all regions also covers those that are opened later.',
  fix: {
    text: 'Make one trail record all regions and all management events, best as a trail of the organisation. The second command replaces the selectors of the trail: name its data events as well.',
    cli: `aws cloudtrail update-trail --name <name> --is-multi-region-trail
aws cloudtrail put-event-selectors --trail-name <name> --event-selectors '[{"ReadWriteType":"All","IncludeManagementEvents":true}]'
aws cloudtrail start-logging --name <name>`,
    cloudformation: `Type: AWS::CloudTrail::Trail
Properties:
  S3BucketName: <bucket>
  IsLogging: true
  IsMultiRegionTrail: true
  EventSelectors:
    - ReadWriteType: All
      IncludeManagementEvents: true`,
    terraform: `resource "aws_cloudtrail" "this" {
  name                  = "<name>"
  s3_bucket_name        = "<bucket>"
  is_multi_region_trail = true
  event_selector {
    read_write_type           = "All"
    include_management_events = true
  }
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/multi-region-cloudtrail-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-1',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html',
  ],
  controls: {
    securityHub: ['CloudTrail.1'],
    configRules: ['multi-region-cloudtrail-enabled'],
    cis30: ['3.1'],
    cis50: ['3.1'],
    attack: ['T1562.008', 'T1535'],
    prowler: ['cloudtrail_multi_region_enabled_logging_management_events'],
  },
  evaluate(context) {
    const { resources } = context.readableEverywhere('AWS::CloudTrail::Trail');
    const multiRegion = resources.filter(({ config }) => config.multiRegion);
    const whole = someKnown(
      multiRegion,
      (trail) => records(trail) && recordsAllManagementEvents(known(trail.config.eventSelectors)),
    );
    if (whole !== undefined) return pass(`The trail ${whole.name} records all management events of all regions.`);
    if (context.everywhere('AWS::CloudTrail::Trail').length === 0) return fail('The account has no trail.');
    if (multiRegion.length === 0) return fail('No trail covers all regions.');
    // An organisation's trail may show in its home and as a shadow.
    const flaws = [...new Set(multiRegion.map((trail) => `${trail.name} ${flawOf(trail)}`))];
    const more = flaws.length > mostNamed ? ` and ${flaws.length - mostNamed} more` : '';
    return fail(
      `No trail of all regions records every management event: ${flaws.slice(0, mostNamed).join('; ')}${more}.`,
    );
  },
});

const mostNamed = 5;

function flawOf(trail: Resource<'AWS::CloudTrail::Trail'>): string {
  if (!known(trail.config.logging)) return 'is stopped';
  const failure = deliveryFailure(trail);
  return failure === undefined
    ? 'leaves management events out'
    : `delivers nothing to ${trail.config.bucket} (${failure})`;
}
