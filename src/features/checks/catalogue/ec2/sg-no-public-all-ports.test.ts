import { makeRule } from '../../testing/rules.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './sg-no-public-all-ports.ts';

const api = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html';
const rules = 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html';
const group = (...changes: Parameters<typeof makeRule>[0][]) =>
  make('AWS::EC2::SecurityGroup', { rules: changes.map(makeRule) });
const all = { protocol: '-1', fromPort: -1, toPort: -1 };

testCheck(
  'ec2-sg-no-public-all-ports',
  check,
  [
    { name: 'no rules', subject: group(), expect: 'pass' },
    { name: 'one port', subject: group({}), expect: 'pass' },
    { name: 'all protocols', subject: group(all), expect: 'fail', reason: 'all ports (all protocols)', source: api },
    {
      name: 'all protocols to every IPv6 address',
      subject: group({ ...all, ipv4: null, ipv6: '::/0' }),
      expect: 'fail',
    },
    { name: 'all protocols to a private range', subject: group({ ...all, ipv4: '10.0.0.0/8' }), expect: 'pass' },
    {
      name: 'all protocols within the group',
      subject: group({ ...all, ipv4: null, referencedGroupId: 'sg-0a1b2c3d4e5f60001' }),
      expect: 'pass',
    },
    { name: 'all ports of TCP', subject: group({ fromPort: 0, toPort: 65535 }), expect: 'fail', source: rules },
    {
      name: 'all ports of TCP but port 0',
      subject: group({ protocol: '6', fromPort: 1, toPort: 65535 }),
      expect: 'fail',
    },
    { name: 'all ports of UDP', subject: group({ protocol: 'udp', fromPort: 0, toPort: 65535 }), expect: 'fail' },
    { name: 'all ports of TCP written as -1', subject: group({ fromPort: -1, toPort: -1 }), expect: 'fail' },
    { name: 'all but two ports', subject: group({ fromPort: 2, toPort: 65535 }), expect: 'pass', source: rules },
    { name: 'all but the last port', subject: group({ fromPort: 0, toPort: 65534 }), expect: 'pass' },
    {
      name: 'all of ICMP',
      subject: group({ protocol: 'icmp', fromPort: -1, toPort: -1 }),
      expect: 'pass',
      source: api,
    },
    { name: 'all outbound, as AWS makes it', subject: group({ ...all, direction: 'egress' }), expect: 'pass' },
    {
      name: 'all protocols to a prefix list',
      subject: group({ ...all, ipv4: null, prefixListId: 'pl-0a1b2c3d' }),
      expect: 'manual',
    },
    { name: 'the groups could not be read', incomplete: ['AWS::EC2::SecurityGroup'], expect: 'unknown' },
  ],
  { notApplicable: 'every group may open ports' },
);
