import { resourceCheck } from '../../contract.ts';
import { judgePlan } from '../../facts/guardduty-plan.ts';

/** Passes when the detector has Lambda Protection on: https://docs.aws.amazon.com/config/latest/developerguide/guardduty-lambda-protection-enabled.html */
export const check = resourceCheck({
  subject: 'AWS::GuardDuty::Detector',
  title: 'GuardDuty should watch the network of Lambda functions',
  severity: 'high',
  severityReason:
    'A function that talks to a command server is otherwise not noticed: Lambda has no flow logs outside a VPC.',
  why: 'Lambda Protection reads the network activity of all functions and reports mining and connections to known malicious addresses.',
  fix: {
    text: 'Turn on the plan, best from the delegated administrator for all accounts; members cannot change it themselves.',
    cli: 'aws guardduty update-detector --detector-id <detector> --features Name=LAMBDA_NETWORK_LOGS,Status=ENABLED --region <region>',
    cloudformation: `Type: AWS::GuardDuty::Detector
Properties:
  Enable: true
  Features:
    - { Name: LAMBDA_NETWORK_LOGS, Status: ENABLED }`,
    terraform: `resource "aws_guardduty_detector_feature" "this" {
  detector_id = "<detector>"
  name        = "LAMBDA_NETWORK_LOGS"
  status      = "ENABLED"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/guardduty-lambda-protection-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/guardduty-controls.html#guardduty-6',
    'https://docs.aws.amazon.com/guardduty/latest/ug/lambda-protection.html',
  ],
  controls: {
    securityHub: ['GuardDuty.6'],
    configRules: ['guardduty-lambda-protection-enabled'],
    attack: ['T1648'],
    prowler: ['guardduty_lambda_protection_enabled'],
  },
  evaluate: ({ config }) => judgePlan(config, 'LAMBDA_NETWORK_LOGS', 'Lambda Protection'),
});
