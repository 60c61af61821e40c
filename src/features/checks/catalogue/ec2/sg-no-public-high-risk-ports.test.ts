import { makeRule } from '../../testing/rules.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './sg-no-public-high-risk-ports.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19';
const group = (...changes: Parameters<typeof makeRule>[0][]) =>
  make('AWS::EC2::SecurityGroup', { rules: changes.map(makeRule) });
const port = (number: number, changes: Parameters<typeof makeRule>[0] = {}) =>
  group({ fromPort: number, toPort: number, ...changes });
const listed = [
  20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080, 8088, 8888,
  9200, 9300,
];

testCheck(
  'ec2-sg-no-public-high-risk-ports',
  check,
  [
    { name: 'no rules', subject: group(), expect: 'pass' },
    ...listed.map((number) => ({
      name: `port ${number}`,
      subject: port(number),
      expect: 'fail' as const,
      source: control,
    })),
    ...[24, 80, 111, 443, 1435, 8443].map((number) => ({
      name: `port ${number}`,
      subject: port(number),
      expect: 'pass' as const,
    })),
    {
      name: 'port 3306 to every IPv6 address',
      subject: port(3306, { ipv4: null, ipv6: '::/0' }),
      expect: 'fail',
      source: control,
    },
    { name: 'port 3306 to a private range', subject: port(3306, { ipv4: '10.0.0.0/8' }), expect: 'pass' },
    { name: 'port 1434 by UDP', subject: port(1434, { protocol: 'udp' }), expect: 'fail' },
    { name: 'a range around a listed port', subject: group({ fromPort: 5000, toPort: 6000 }), expect: 'fail' },
    { name: 'all protocols', subject: group({ protocol: '-1', fromPort: -1, toPort: -1 }), expect: 'fail' },
    { name: 'ping', subject: group({ protocol: 'icmp', fromPort: 8, toPort: -1 }), expect: 'pass' },
    { name: 'a list of your own', subject: port(3306), parameters: { ports: ['27017'] }, expect: 'pass' },
    { name: 'a port of your own', subject: port(27017), parameters: { ports: ['27017'] }, expect: 'fail' },
    {
      name: 'port 5432 to a prefix list',
      subject: port(5432, { ipv4: null, prefixListId: 'pl-0a1b2c3d' }),
      expect: 'manual',
    },
    { name: 'the groups could not be read', incomplete: ['AWS::EC2::SecurityGroup'], expect: 'unknown' },
  ],
  { notApplicable: 'every group may open ports' },
);
