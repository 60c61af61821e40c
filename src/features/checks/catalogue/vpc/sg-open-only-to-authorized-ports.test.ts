import { makeRule } from '../../testing/rules.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './sg-open-only-to-authorized-ports.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18';
const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/vpc-sg-open-only-to-authorized-ports.html';
const group = (...rules: Parameters<typeof makeRule>[0][]) =>
  make('AWS::EC2::SecurityGroup', { rules: rules.map(makeRule) });

testCheck(
  'vpc-sg-open-only-to-authorized-ports',
  check,
  [
    { name: 'no rules', subject: group(), expect: 'pass' },
    {
      name: '80 and 443',
      subject: group({ fromPort: 80, toPort: 80 }, { fromPort: 443, toPort: 443, ipv4: null, ipv6: '::/0' }),
      expect: 'pass',
      source: control,
    },
    {
      name: '8443',
      subject: group({ fromPort: 8443, toPort: 8443 }),
      expect: 'fail',
      reason: 'port 8443',
      source: control,
    },
    {
      name: '8443 from both halves of all addresses',
      subject: group(
        { fromPort: 8443, toPort: 8443, ipv4: '0.0.0.0/1' },
        { fromPort: 8443, toPort: 8443, ipv4: '128.0.0.0/1' },
      ),
      expect: 'fail',
      reason: 'together open port 8443',
    },
    {
      name: '443 from both halves of all addresses, 8443 from one',
      subject: group(
        { fromPort: 443, toPort: 443, ipv4: '0.0.0.0/1' },
        { fromPort: 443, toPort: 443, ipv4: '128.0.0.0/1' },
        { fromPort: 8443, toPort: 8443, ipv4: '128.0.0.0/1' },
      ),
      expect: 'pass',
    },
    { name: '443-444', subject: group({ fromPort: 443, toPort: 444 }), expect: 'fail' },
    { name: '442-443', subject: group({ fromPort: 442, toPort: 443 }), expect: 'fail' },
    {
      name: '443 by UDP',
      subject: group({ protocol: 'udp', fromPort: 443, toPort: 443 }),
      expect: 'fail',
      reason: 'udp',
    },
    {
      name: '443 by UDP, authorised',
      subject: group({ protocol: '17', fromPort: 443, toPort: 443 }),
      parameters: { udpPorts: ['443'] },
      expect: 'pass',
    },
    {
      name: 'UDP authorised, TCP open',
      subject: group({ protocol: '6', fromPort: 53, toPort: 53 }),
      parameters: { udpPorts: ['53'] },
      expect: 'fail',
    },
    {
      name: 'all protocols',
      subject: group({ protocol: '-1', fromPort: -1, toPort: -1 }),
      expect: 'fail',
      reason: 'all ports',
    },
    {
      name: 'a range that is authorised',
      subject: group({ fromPort: 1020, toPort: 1025 }),
      parameters: { tcpPorts: '443,1020-1025' },
      expect: 'pass',
      source: rule,
    },
    {
      name: 'a range over two authorised ones that touch',
      subject: group({ fromPort: 80, toPort: 90 }),
      parameters: { tcpPorts: ['86-90', '80', '81-85'] },
      expect: 'pass',
    },
    {
      name: 'a range over two authorised ones with a gap',
      subject: group({ fromPort: 80, toPort: 90 }),
      parameters: { tcpPorts: ['80-84', '86-90'] },
      expect: 'fail',
    },
    {
      name: 'a range within a longer one',
      subject: group({ fromPort: 81, toPort: 82 }),
      parameters: { tcpPorts: ['80-90', '81'] },
      expect: 'pass',
    },
    {
      name: 'nothing authorised',
      subject: group({ fromPort: 443, toPort: 443 }),
      parameters: { tcpPorts: '' },
      expect: 'fail',
      source: control,
    },
    { name: 'ping', subject: group({ protocol: 'icmp', fromPort: 8, toPort: 0 }), expect: 'pass' },
    {
      name: '8443 to a private range',
      subject: group({ fromPort: 8443, toPort: 8443, ipv4: '10.0.0.0/8' }),
      expect: 'pass',
    },
    { name: 'outbound', subject: group({ direction: 'egress', fromPort: 8443, toPort: 8443 }), expect: 'pass' },
    {
      name: '8443 to a prefix list',
      subject: group({ fromPort: 8443, toPort: 8443, ipv4: null, prefixListId: 'pl-0a1b2c3d' }),
      expect: 'manual',
      reason: 'pl-0a1b2c3d',
    },
    { name: 'the groups could not be read', incomplete: ['AWS::EC2::SecurityGroup'], expect: 'unknown' },
  ],
  { notApplicable: 'every group may open ports' },
);
