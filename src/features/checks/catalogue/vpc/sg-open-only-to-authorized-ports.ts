import { type CheckContext, resourceCheck } from '../../contract.ts';
import { isProtocol, type PortRule } from '../../facts/open-ports.ts';
import { judgeWorldOpenRules } from '../../facts/world-open-rules.ts';

/**
 * Fails when a rule opens a TCP or UDP port to the world that is not authorised, or all protocols.
 * https://docs.aws.amazon.com/config/latest/developerguide/vpc-sg-open-only-to-authorized-ports.html
 */
export const check = resourceCheck({
  subject: 'AWS::EC2::SecurityGroup',
  version: 3,
  title: 'Security groups should open only authorised ports to the world',
  severity: 'high',
  severityReason: 'Every open port is a service that the whole internet may try; few of them are meant to be public.',
  why: 'Web servers on 80 and 443 are built to face the internet. Most other services are not, and are found by scanners within minutes.',
  fix: {
    text: 'Restrict the rule to known addresses or groups, or put a load balancer in front. Name ports that are public on purpose in the parameters.',
    cli: 'aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>',
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/vpc-sg-open-only-to-authorized-ports.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  controls: {
    securityHub: ['EC2.18'],
    configRules: ['vpc-sg-open-only-to-authorized-ports'],
    attack: ['T1190', 'T1133'],
  },
  parameters: {
    tcpPorts: {
      type: 'strings',
      form: 'port range',
      default: ['80', '443'],
      description: 'TCP ports or ranges that may be open to the world, such as 443 or 1020-1025.',
    },
    udpPorts: {
      type: 'strings',
      form: 'port range',
      default: [],
      description: 'UDP ports or ranges that may be open to the world.',
    },
  },
  evaluate({ config }, context) {
    const [tcp, udp] = [portsOf(context, 'tcpPorts'), portsOf(context, 'udpPorts')];
    return judgeWorldOpenRules(config, (rule) => opensOthers(rule, tcp, udp), 'unauthorised ports');
  },
});

type Range = readonly [from: number, to: number];

/** Ranges of a parameter, sorted and joined, so that 80,81-90 covers 80-90. */
function portsOf(context: CheckContext, name: string): readonly Range[] {
  const ranges = [context.parameter(name)]
    .flat()
    .map((text) => /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(String(text).trim()))
    .filter((match) => match !== null)
    .map(([, from, to]): [number, number] => [Number(from), Number(to ?? from)])
    .sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [from, to] of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

function opensOthers(rule: PortRule, tcp: readonly Range[], udp: readonly Range[]): boolean {
  if (rule.protocol === '-1') return true;
  const authorised = isProtocol(rule, 'tcp') ? tcp : isProtocol(rule, 'udp') ? udp : undefined;
  if (authorised === undefined) return false;
  return !authorised.some(([from, to]) => from <= rule.fromPort && rule.toPort <= to);
}
