import { resourceCheck } from '../../contract.ts';
import { judgePlan } from '../../facts/guardduty-plan.ts';

/** Passes when the detector has Runtime Monitoring on: https://docs.aws.amazon.com/config/latest/developerguide/guardduty-runtime-monitoring-enabled.html */
export const check = resourceCheck({
  subject: 'AWS::GuardDuty::Detector',
  title: 'GuardDuty should watch what runs on hosts and containers',
  severity: 'high',
  severityReason: 'What a process does on a host is invisible to logs of AWS.',
  why: 'Runtime Monitoring reports processes, files and connections on EC2, ECS and EKS that belong to an attack: container escape, reverse shells, mining.',
  fix: {
    text: 'Turn on the plan, best from the delegated administrator for all accounts; members cannot change it themselves.',
    cli: 'aws guardduty update-detector --detector-id <detector> --features Name=RUNTIME_MONITORING,Status=ENABLED --region <region>',
    cloudformation: `Type: AWS::GuardDuty::Detector
Properties:
  Enable: true
  Features:
    - { Name: RUNTIME_MONITORING, Status: ENABLED }`,
    terraform: `resource "aws_guardduty_detector_feature" "this" {
  detector_id = "<detector>"
  name        = "RUNTIME_MONITORING"
  status      = "ENABLED"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/guardduty-runtime-monitoring-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/guardduty-controls.html#guardduty-11',
    'https://docs.aws.amazon.com/guardduty/latest/ug/runtime-monitoring.html',
  ],
  controls: {
    securityHub: ['GuardDuty.11'],
    configRules: ['guardduty-runtime-monitoring-enabled'],
    attack: ['T1059', 'T1611'],
    prowler: ['guardduty_runtime_monitoring_enabled'],
  },
  evaluate: ({ config }) => judgePlan(config, 'RUNTIME_MONITORING', 'Runtime Monitoring'),
});
