import { resourceCheck } from '../../contract.ts';
import { judgePlan } from '../../facts/guardduty-plan.ts';

/** Passes when the detector has RDS Protection on: https://docs.aws.amazon.com/config/latest/developerguide/guardduty-rds-protection-enabled.html */
export const check = resourceCheck({
  subject: 'AWS::GuardDuty::Detector',
  title: 'GuardDuty should watch logins to databases',
  severity: 'high',
  severityReason: 'Guessing of database passwords happens inside the network and shows nowhere else.',
  why: 'RDS Protection profiles logins to Aurora and RDS and reports brute force and unusual users. It costs nothing where there is no database.',
  fix: {
    text: 'Turn on the plan, best from the delegated administrator for all accounts; members cannot change it themselves.',
    cli: 'aws guardduty update-detector --detector-id <detector> --features Name=RDS_LOGIN_EVENTS,Status=ENABLED --region <region>',
    cloudformation: `Type: AWS::GuardDuty::Detector
Properties:
  Enable: true
  Features:
    - { Name: RDS_LOGIN_EVENTS, Status: ENABLED }`,
    terraform: `resource "aws_guardduty_detector_feature" "this" {
  detector_id = "<detector>"
  name        = "RDS_LOGIN_EVENTS"
  status      = "ENABLED"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/guardduty-rds-protection-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/guardduty-controls.html#guardduty-9',
    'https://docs.aws.amazon.com/guardduty/latest/ug/rds-protection.html',
  ],
  controls: {
    securityHub: ['GuardDuty.9'],
    configRules: ['guardduty-rds-protection-enabled'],
    attack: ['T1110'],
    prowler: ['guardduty_rds_protection_enabled'],
  },
  evaluate: ({ config }) => judgePlan(config, 'RDS_LOGIN_EVENTS', 'RDS Protection'),
});
