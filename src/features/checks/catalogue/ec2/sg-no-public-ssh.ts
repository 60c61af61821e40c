import { resourceCheck } from '../../contract.ts';
import { coversPort } from '../../facts/open-ports.ts';
import { judgeWorldOpenRules } from '../../facts/world-open-rules.ts';

/** Fails when an inbound rule opens TCP port 22 to 0.0.0.0/0 or ::/0: https://docs.aws.amazon.com/config/latest/developerguide/restricted-ssh.html */
export const check = resourceCheck({
  subject: 'AWS::EC2::SecurityGroup',
  version: 3,
  title: 'Security groups should not open SSH to the world',
  severity: 'high',
  severityReason: 'Scanners find an open port 22 within minutes and try passwords and exploits from then on.',
  aliases: ['sg-no-public-ssh', 'incoming-ssh-disabled'],
  why: 'SSH gives a shell. Open to everybody, one weak password, leaked key or flaw of the server is enough.',
  fix: {
    text: 'Remove the rule and use Session Manager or EC2 Instance Connect Endpoint, or restrict it to known addresses.',
    cli: 'aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>',
    terraform: `resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = "<group>"
  cidr_ipv4         = "<known address>/32"
  from_port         = 22
  to_port           = 22
  ip_protocol       = "tcp"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/restricted-ssh.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-13',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  controls: {
    securityHub: ['EC2.13', 'EC2.53', 'EC2.54'],
    configRules: ['restricted-ssh', 'vpc-sg-port-restriction-check'],
    cis30: ['5.2', '5.3'],
    cis50: ['5.3', '5.4'],
    attack: ['T1133', 'T1110', 'T1021.004'],
    prowler: ['ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22'],
  },
  evaluate: ({ config }) => judgeWorldOpenRules(config, (rule) => coversPort(rule, 'tcp', 22), 'SSH (TCP port 22)'),
});
