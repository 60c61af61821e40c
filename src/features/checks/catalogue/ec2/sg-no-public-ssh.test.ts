import { makeRule } from '../../testing/rules.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './sg-no-public-ssh.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/restricted-ssh.html';
const rules = 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html';
const api = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html';
const group = (...changes: Parameters<typeof makeRule>[0][]) =>
  make('AWS::EC2::SecurityGroup', { rules: changes.map((one) => makeRule({ fromPort: 22, toPort: 22, ...one })) });

testCheck(
  'ec2-sg-no-public-ssh',
  check,
  [
    { name: 'no rules', subject: group(), expect: 'pass' },
    {
      name: 'open to every IPv4 address',
      subject: group({}),
      expect: 'fail',
      reason: 'sgr-0a1b2c3d opens port 22 (tcp) to 0.0.0.0/0',
      source: rule,
    },
    {
      name: 'open to every IPv6 address',
      subject: group({ ipv4: null, ipv6: '::/0' }),
      expect: 'fail',
      reason: '::/0',
      source: rule,
    },
    { name: 'open to one address', subject: group({ ipv4: '203.0.113.1/32' }), expect: 'pass', source: rule },
    { name: 'open to half of all addresses', subject: group({ ipv4: '0.0.0.0/1' }), expect: 'pass', source: rule },
    {
      name: 'open to both halves of all addresses',
      subject: group({ ruleId: 'sgr-low', ipv4: '0.0.0.0/1' }, { ruleId: 'sgr-high', ipv4: '128.0.0.0/1' }),
      expect: 'fail',
      reason: 'rules sgr-low, sgr-high together open port 22 (tcp) to 0.0.0.0/0',
      source: rules,
    },
    {
      name: 'open to both halves of the IPv6 addresses of the internet, to one among all protocols',
      subject: group(
        { ipv4: null, ipv6: '2000::/4' },
        { protocol: '-1', fromPort: -1, toPort: -1, ipv4: null, ipv6: '3000::/4' },
      ),
      expect: 'fail',
      reason: 'together open port 22 (tcp) to 2000::/3, the whole IPv6 internet',
    },
    {
      name: 'open to all IPv6 addresses that the internet has, which are not all there are',
      subject: group({ ipv4: null, ipv6: '2000::/3' }),
      expect: 'fail',
      reason: 'opens port 22 (tcp) to 2000::/3, the whole IPv6 internet',
    },
    {
      name: 'open to unique local IPv6 addresses',
      subject: group({ ipv4: null, ipv6: 'fc00::/7' }),
      expect: 'pass',
    },
    {
      name: 'open to a half of IPv4 and to the other half of IPv6',
      subject: group({ ipv4: '0.0.0.0/1' }, { ipv4: null, ipv6: '8000::/1' }),
      expect: 'pass',
    },
    {
      name: 'open to a half, and to the other half on another port',
      subject: group({ ipv4: '0.0.0.0/1' }, { ipv4: '128.0.0.0/1', fromPort: 23, toPort: 23 }),
      expect: 'pass',
    },
    {
      name: 'open to both halves, one of them outbound',
      subject: group({ ipv4: '0.0.0.0/1' }, { ipv4: '128.0.0.0/1', direction: 'egress' }),
      expect: 'pass',
    },
    { name: 'open to a group', subject: group({ ipv4: null, referencedGroupId: 'sg-bastion' }), expect: 'pass' },
    {
      name: 'all protocols',
      subject: group({ protocol: '-1', fromPort: -1, toPort: -1 }),
      expect: 'fail',
      reason: 'all ports',
      source: api,
    },
    { name: 'the protocol by number', subject: group({ protocol: '6' }), expect: 'fail' },
    {
      name: 'all ports of TCP',
      subject: group({ fromPort: 0, toPort: 65535 }),
      expect: 'fail',
      reason: 'ports 0-65535',
    },
    { name: 'all ports written as -1', subject: group({ fromPort: -1, toPort: -1 }), expect: 'fail' },
    { name: 'a range that ends there', subject: group({ fromPort: 20, toPort: 22 }), expect: 'fail', source: rules },
    { name: 'a range that begins there', subject: group({ fromPort: 22, toPort: 24 }), expect: 'fail' },
    { name: 'a range that ends before', subject: group({ fromPort: 20, toPort: 21 }), expect: 'pass' },
    { name: 'a range that begins after', subject: group({ fromPort: 23, toPort: 24 }), expect: 'pass' },
    { name: 'by UDP', subject: group({ protocol: 'udp' }), expect: 'pass' },
    {
      name: 'ICMP whose type and code look like the port',
      subject: group({ protocol: 'icmp', fromPort: -1, toPort: -1 }),
      expect: 'pass',
      source: api,
    },
    { name: 'outbound', subject: group({ direction: 'egress' }), expect: 'pass' },
    {
      name: 'six rules',
      subject: group({}, {}, {}, {}, {}, { ruleId: 'sgr-last' }),
      expect: 'fail',
      reason: ' and 1 more.',
    },
    {
      name: 'five rules',
      subject: group({}, {}, {}, {}, { ruleId: 'sgr-last' }),
      expect: 'fail',
      reason: 'sgr-last opens port 22 (tcp) to 0.0.0.0/0.',
    },
    {
      name: 'open to a prefix list',
      subject: group({ ipv4: null, prefixListId: 'pl-0a1b2c3d' }),
      expect: 'manual',
      reason: 'pl-0a1b2c3d by rule sgr-0a1b2c3d',
    },
    {
      name: 'open to a prefix list on another port',
      subject: group({ ipv4: null, prefixListId: 'pl-0a1b2c3d', fromPort: 443, toPort: 443 }),
      expect: 'pass',
    },
    {
      name: 'open to a prefix list and to the world',
      subject: group({ ipv4: null, prefixListId: 'pl-0a1b2c3d' }, {}),
      expect: 'fail',
    },
    { name: 'the groups could not be read', incomplete: ['AWS::EC2::SecurityGroup'], expect: 'unknown' },
  ],
  { notApplicable: 'every group may open the port' },
);
