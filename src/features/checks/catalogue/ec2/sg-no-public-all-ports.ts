import { resourceCheck } from '../../contract.ts';
import { coversAllPorts } from '../../facts/open-ports.ts';
import { judgeWorldOpenRules } from '../../facts/world-open-rules.ts';

/** Fails when a rule opens all ports, of all protocols or of TCP or UDP, to 0.0.0.0/0 or ::/0. */
export const check = resourceCheck({
  subject: 'AWS::EC2::SecurityGroup',
  version: 3,
  title: 'Security groups should not open all ports to the world',
  severity: 'critical',
  severityReason: 'The group is no barrier at all: every service that runs or will ever run behind it is public.',
  aliases: ['sg-no-public-all-ports'],
  why: 'A rule for everything from everywhere is usually a test that stayed. Every listening service, known or not, is then open to attack.',
  fix: {
    text: 'Remove the rule and open only the ports that are meant to be public.',
    cli: 'aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>',
  },
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html',
  ],
  controls: {
    cis30: ['5.2', '5.3'],
    cis50: ['5.3', '5.4'],
    attack: ['T1190', 'T1133'],
    prowler: ['ec2_securitygroup_allow_ingress_from_internet_to_all_ports'],
  },
  evaluate: ({ config }) => judgeWorldOpenRules(config, coversAllPorts, 'all ports'),
});
