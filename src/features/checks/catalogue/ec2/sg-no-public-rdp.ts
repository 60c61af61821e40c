import { resourceCheck } from '../../contract.ts';
import { coversPort } from '../../facts/open-ports.ts';
import { judgeWorldOpenRules } from '../../facts/world-open-rules.ts';

/** Fails when an inbound rule opens TCP port 3389 to 0.0.0.0/0 or ::/0: https://docs.aws.amazon.com/config/latest/developerguide/restricted-common-ports.html */
export const check = resourceCheck({
  subject: 'AWS::EC2::SecurityGroup',
  version: 3,
  title: 'Security groups should not open RDP to the world',
  severity: 'high',
  severityReason: 'Open remote desktops are the most common way in for ransomware.',
  aliases: ['sg-no-public-rdp', 'restricted-rdp'],
  why: 'RDP gives a desktop. Open to everybody, it is attacked by guessing of passwords and by flaws that need none.',
  fix: {
    text: 'Remove the rule and use Session Manager or EC2 Instance Connect Endpoint, or restrict it to known addresses.',
    cli: 'aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>',
    terraform: `resource "aws_vpc_security_group_ingress_rule" "rdp" {
  security_group_id = "<group>"
  cidr_ipv4         = "<known address>/32"
  from_port         = 3389
  to_port           = 3389
  ip_protocol       = "tcp"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/restricted-common-ports.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-14',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  controls: {
    securityHub: ['EC2.14', 'EC2.53', 'EC2.54'],
    configRules: ['restricted-common-ports', 'vpc-sg-port-restriction-check'],
    cis30: ['5.2', '5.3'],
    cis50: ['5.3', '5.4'],
    attack: ['T1133', 'T1110', 'T1021.001'],
    prowler: ['ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_3389'],
  },
  evaluate: ({ config }) => judgeWorldOpenRules(config, (rule) => coversPort(rule, 'tcp', 3389), 'RDP (TCP port 3389)'),
});
