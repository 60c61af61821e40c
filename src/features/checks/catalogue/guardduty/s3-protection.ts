import { resourceCheck } from '../../contract.ts';
import { judgePlan } from '../../facts/guardduty-plan.ts';

/** Passes when the detector has S3 Protection on: https://docs.aws.amazon.com/config/latest/developerguide/guardduty-s3-protection-enabled.html */
export const check = resourceCheck({
  subject: 'AWS::GuardDuty::Detector',
  title: 'GuardDuty should watch access to S3 objects',
  severity: 'high',
  severityReason:
    'Theft and destruction of data in S3 shows in data events only, which GuardDuty reads with this plan alone.',
  why: 'S3 Protection reads the data events of all buckets, without a trail of your own, and reports unusual reading, deletion and access from suspicious addresses.',
  fix: {
    text: 'Turn on the plan, best from the delegated administrator for all accounts; members cannot change it themselves.',
    cli: 'aws guardduty update-detector --detector-id <detector> --features Name=S3_DATA_EVENTS,Status=ENABLED --region <region>',
    cloudformation: `Type: AWS::GuardDuty::Detector
Properties:
  Enable: true
  Features:
    - { Name: S3_DATA_EVENTS, Status: ENABLED }`,
    terraform: `resource "aws_guardduty_detector_feature" "this" {
  detector_id = "<detector>"
  name        = "S3_DATA_EVENTS"
  status      = "ENABLED"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/guardduty-s3-protection-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/guardduty-controls.html#guardduty-10',
    'https://docs.aws.amazon.com/guardduty/latest/ug/s3-protection.html',
  ],
  controls: {
    securityHub: ['GuardDuty.10'],
    configRules: ['guardduty-s3-protection-enabled'],
    attack: ['T1530'],
    prowler: ['guardduty_s3_protection_enabled'],
  },
  evaluate: ({ config }) => judgePlan(config, 'S3_DATA_EVENTS', 'S3 Protection'),
});
