import { resourceCheck } from '../../contract.ts';
import { judgePlan } from '../../facts/guardduty-plan.ts';

/** Passes when the detector has EKS Protection on: https://docs.aws.amazon.com/config/latest/developerguide/guardduty-eks-protection-audit-enabled.html */
export const check = resourceCheck({
  subject: 'AWS::GuardDuty::Detector',
  title: 'GuardDuty should watch the audit logs of EKS',
  severity: 'high',
  severityReason: 'An attack inside a cluster does not show in CloudTrail, so that nobody else would report it.',
  why: 'EKS Protection reads the Kubernetes audit logs and reports anonymous access, privileged containers and stolen service accounts. It costs nothing where there is no cluster.',
  fix: {
    text: 'Turn on the plan, best from the delegated administrator for all accounts; members cannot change it themselves.',
    cli: 'aws guardduty update-detector --detector-id <detector> --features Name=EKS_AUDIT_LOGS,Status=ENABLED --region <region>',
    cloudformation: `Type: AWS::GuardDuty::Detector
Properties:
  Enable: true
  Features:
    - { Name: EKS_AUDIT_LOGS, Status: ENABLED }`,
    terraform: `resource "aws_guardduty_detector_feature" "this" {
  detector_id = "<detector>"
  name        = "EKS_AUDIT_LOGS"
  status      = "ENABLED"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/guardduty-eks-protection-audit-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/guardduty-controls.html#guardduty-5',
    'https://docs.aws.amazon.com/guardduty/latest/ug/kubernetes-protection.html',
  ],
  controls: {
    securityHub: ['GuardDuty.5'],
    configRules: ['guardduty-eks-protection-audit-enabled'],
    attack: ['T1610', 'T1552.007'],
    prowler: ['guardduty_eks_audit_log_enabled'],
  },
  evaluate: ({ config }) => judgePlan(config, 'EKS_AUDIT_LOGS', 'EKS Protection'),
});
