import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes when a VPC's default group has no rule at all: https://docs.aws.amazon.com/config/latest/developerguide/vpc-default-security-group-closed.html */
export const check = resourceCheck({
  subject: 'AWS::EC2::SecurityGroup',
  title: 'Default security groups should have no rules',
  severity: 'high',
  severityReason: 'Whatever is started without a group of its own lands in it and trusts everything else there.',
  why: 'The default group cannot be deleted and is chosen whenever nobody chooses. Without rules such a mistake is harmless and shows at once.',
  fix: {
    text: 'Move what uses the default group into groups of its own, then remove all rules of the default group.',
    cli: `aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>
aws ec2 revoke-security-group-egress --group-id <group> --security-group-rule-ids <rule>`,
    terraform: `resource "aws_default_security_group" "this" {
  vpc_id = "<vpc>"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/vpc-default-security-group-closed.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2',
    'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html',
  ],
  controls: {
    securityHub: ['EC2.2'],
    configRules: ['vpc-default-security-group-closed'],
    cis30: ['5.4'],
    cis50: ['5.5'],
    attack: ['T1021'],
    prowler: ['ec2_securitygroup_default_restrict_traffic'],
  },
  evaluate({ config }) {
    if (!config.isDefault) return notApplicable('The group is not the default one of its VPC.');
    const inbound = config.rules.filter((rule) => rule.direction === 'ingress').length;
    const outbound = config.rules.length - inbound;
    if (config.rules.length === 0) return pass('The default group has no rules.');
    return fail(`The default group has ${inbound} inbound and ${outbound} outbound rules.`);
  },
});
