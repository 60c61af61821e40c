import { fail, pass } from '../../../../domain/verdict.ts';
import { scopeCheck } from '../../contract.ts';

/** Passes when the region has an enabled detector: https://docs.aws.amazon.com/config/latest/developerguide/guardduty-enabled-centralized.html */
export const check = scopeCheck({
  subject: 'region',
  needs: ['AWS::GuardDuty::Detector'],
  title: 'GuardDuty should be enabled',
  severity: 'high',
  severityReason: 'An attack in a region without GuardDuty is not noticed by AWS, however plain it is.',
  why: 'GuardDuty watches CloudTrail, DNS and network flows for stolen credentials, mining and command servers. Attackers choose regions where it is off.',
  fix: {
    text: 'Enable GuardDuty in all regions, those without workloads too, best from the delegated administrator for the whole organisation.',
    cli: 'aws guardduty create-detector --enable --region <region>',
    cloudformation: `Type: AWS::GuardDuty::Detector
Properties:
  Enable: true`,
    terraform: `resource "aws_guardduty_detector" "this" {
  enable = true
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/guardduty-enabled-centralized.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/guardduty-controls.html#guardduty-1',
    'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_suspend-disable.html',
  ],
  controls: {
    securityHub: ['GuardDuty.1'],
    configRules: ['guardduty-enabled-centralized'],
    attack: ['T1562.001', 'T1535'],
    prowler: ['guardduty_is_enabled'],
  },
  evaluate(context) {
    const { resources } = context.readable('AWS::GuardDuty::Detector');
    const enabled = resources.find(({ config }) => config.status === 'ENABLED');
    if (enabled !== undefined) return pass(`The detector ${enabled.name} is enabled.`);
    context.resources('AWS::GuardDuty::Detector');
    return fail(
      resources.length === 0 ? 'GuardDuty is not enabled in this region.' : 'GuardDuty is suspended in this region.',
    );
  },
});
