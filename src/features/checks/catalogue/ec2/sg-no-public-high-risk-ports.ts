import { resourceCheck } from '../../contract.ts';
import { coversPort, type PortRule } from '../../facts/open-ports.ts';
import { judgeWorldOpenRules } from '../../facts/world-open-rules.ts';

/** Fails when a port with high risk is open to the world: https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19 */
export const check = resourceCheck({
  subject: 'AWS::EC2::SecurityGroup',
  version: 3,
  title: 'Security groups should not open ports with high risk to the world',
  severity: 'critical',
  severityReason:
    'Databases, file shares and administration behind these ports are emptied or encrypted soon after they are found.',
  aliases: ['sg-no-public-high-risk-ports'],
  why: 'Services on these ports were not built for the internet: many have no password by default, weak protocols or flaws that need no login.',
  fix: {
    text: 'Restrict the rule to the groups or addresses that need the service.',
    cli: `aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>
aws ec2 authorize-security-group-ingress --group-id <group> --protocol tcp --port <port> --source-group <client group>`,
    terraform: `resource "aws_vpc_security_group_ingress_rule" "service" {
  security_group_id            = "<group>"
  referenced_security_group_id = "<client group>"
  from_port                    = <port>
  to_port                      = <port>
  ip_protocol                  = "tcp"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  controls: {
    securityHub: ['EC2.19'],
    configRules: ['vpc-sg-restricted-common-ports'],
    attack: ['T1190', 'T1133', 'T1110'],
    prowler: ['ec2_securitygroup_allow_ingress_from_internet_to_high_risk_tcp_ports'],
  },
  parameters: {
    ports: {
      type: 'strings',
      form: 'port',
      default: [
        '20',
        '21',
        '22',
        '23',
        '25',
        '110',
        '135',
        '143',
        '445',
        '1433',
        '1434',
        '3000',
        '3306',
        '3389',
        '4333',
        '5000',
        '5432',
        '5500',
        '5601',
        '8080',
        '8088',
        '8888',
        '9200',
        '9300',
      ],
      description: 'Ports with high risk; the default is the list of EC2.19.',
    },
  },
  evaluate({ config }, context) {
    const ports = [context.parameter('ports')].flat().map(Number);
    const opens = (rule: PortRule): boolean =>
      ports.some((port) => coversPort(rule, 'tcp', port) || coversPort(rule, 'udp', port));
    return judgeWorldOpenRules(config, opens, 'ports with high risk');
  },
});
