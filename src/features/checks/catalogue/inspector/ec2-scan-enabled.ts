import { fail, pass, unknown } from '../../../../domain/verdict.ts';
import { scopeCheck } from '../../contract.ts';

/** Passes when Inspector scans instances: https://docs.aws.amazon.com/config/latest/developerguide/inspector-ec2-scan-enabled.html */
export const check = scopeCheck({
  subject: 'region',
  needs: ['AWS::InspectorV2::AccountStatus'],
  title: 'Inspector should scan EC2 instances',
  severity: 'high',
  severityReason: 'Known vulnerabilities of instances stay unseen until somebody uses them.',
  why: 'Inspector compares the software of instances with known vulnerabilities all the time, and knows which of them the network exposes.',
  fix: {
    text: 'Enable Inspector for EC2 in all regions with instances, best from the delegated administrator.',
    cli: 'aws inspector2 enable --resource-types EC2 --region <region>',
    terraform: `resource "aws_inspector2_enabler" "this" {
  account_ids    = ["<account>"]
  resource_types = ["EC2"]
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/inspector-ec2-scan-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/inspector-controls.html#inspector-1',
    'https://docs.aws.amazon.com/inspector/v2/APIReference/API_ResourceState.html',
  ],
  controls: {
    securityHub: ['Inspector.1'],
    configRules: ['inspector-ec2-scan-enabled'],
    attack: ['T1190'],
    prowler: ['inspector2_is_enabled'],
  },
  evaluate(context) {
    const [status] = context.resources('AWS::InspectorV2::AccountStatus');
    if (status === undefined) return fail('Inspector is not enabled in this region.');
    const ec2 = new Map(Object.entries(status.config.resourceStatus)).get('ec2');
    if (ec2 === undefined) return unknown('Inspector does not say whether it scans instances.');
    return ec2 === 'ENABLED' ? pass('Inspector scans instances.') : fail(`Inspector’s scan of instances is ${ec2}.`);
  },
});
