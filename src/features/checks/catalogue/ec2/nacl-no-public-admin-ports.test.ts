import type { NetworkAclConfig } from '../../../../domain/resources/ec2.ts';
import { makeEntry } from '../../testing/rules.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './nacl-no-public-admin-ports.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21';
const order = 'https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html';
const acl = (entries: Parameters<typeof makeEntry>[0][], config: Partial<NetworkAclConfig> = {}) =>
  make('AWS::EC2::NetworkAcl', { entries: entries.map(makeEntry), ...config });
const everything = { protocol: '-1', fromPort: 0, toPort: 65535 };

testCheck('ec2-nacl-no-public-admin-ports', check, [
  { name: 'nothing allowed', subject: acl([{ ...everything, ruleNumber: 32767, allow: false }]), expect: 'pass' },
  {
    name: 'SSH from the world',
    subject: acl([{}]),
    expect: 'fail',
    reason: 'entry 100 opens port 22 to 0.0.0.0/0',
    source: control,
  },
  {
    name: 'RDP from the world by IPv6',
    subject: acl([{ fromPort: 3389, toPort: 3389, ipv4: null, ipv6: '::/0' }]),
    expect: 'fail',
    reason: 'port 3389 to ::/0',
    source: control,
  },
  { name: 'HTTPS from the world', subject: acl([{ fromPort: 443, toPort: 443 }]), expect: 'pass' },
  { name: 'SSH from a known range', subject: acl([{ ipv4: '203.0.113.0/24' }]), expect: 'pass' },
  { name: 'everything from the world', subject: acl([everything]), expect: 'fail', reason: 'port 3389' },
  {
    name: 'port 22 by UDP',
    subject: acl([{ protocol: '17' }]),
    expect: 'fail',
    reason: 'entry 100 opens port 22',
    source: 'https://docs.aws.amazon.com/config/latest/developerguide/nacl-no-unrestricted-ssh-rdp.html',
  },
  { name: 'ICMP', subject: acl([{ protocol: '1', fromPort: -1, toPort: -1 }]), expect: 'pass' },
  { name: 'outbound', subject: acl([{ egress: true }]), expect: 'pass' },
  {
    name: 'a denial before the allowing entry',
    subject: acl([{ ...everything }, { ruleNumber: 90, allow: false, toPort: 3389 }]),
    expect: 'pass',
    source: order,
  },
  {
    name: 'a denial after the allowing entry',
    subject: acl([{ ...everything }, { ruleNumber: 110, allow: false, toPort: 3389 }]),
    expect: 'fail',
    source: order,
  },
  {
    name: 'a denial of SSH alone before everything',
    subject: acl([{ ...everything }, { ruleNumber: 90, allow: false }]),
    expect: 'fail',
    reason: 'Open to the world: entry 100 opens port 3389',
  },
  {
    name: 'a denial for IPv4 before everything for IPv6',
    subject: acl([
      { ...everything, ipv4: null, ipv6: '::/0' },
      { ruleNumber: 90, allow: false, toPort: 3389 },
    ]),
    expect: 'fail',
    reason: '::/0',
  },
  {
    name: 'a denial of one range before everything',
    subject: acl([{ ...everything }, { ruleNumber: 90, allow: false, toPort: 3389, ipv4: '198.51.100.0/24' }]),
    expect: 'fail',
  },
  {
    name: 'both halves of all addresses',
    subject: acl([{ ipv4: '0.0.0.0/1' }, { ruleNumber: 110, ipv4: '128.0.0.0/1' }]),
    expect: 'fail',
    reason: 'entries 100, 110 together open port 22 to 0.0.0.0/0',
    source: order,
  },
  {
    name: 'both halves of the IPv6 addresses of the internet',
    subject: acl([
      { ipv4: null, ipv6: '2000::/4' },
      { ruleNumber: 110, ipv4: null, ipv6: '3000::/4' },
    ]),
    expect: 'fail',
    reason: 'entries 100, 110 together open port 22 to 2000::/3',
  },
  {
    name: 'all IPv6 addresses that the internet has',
    subject: acl([{ ipv4: null, ipv6: '2000::/3' }]),
    expect: 'fail',
    reason: 'entry 100 opens port 22 to 2000::/3',
  },
  {
    name: 'all IPv6 addresses after those of the internet are denied',
    subject: acl([
      { ruleNumber: 90, allow: false, ipv4: null, ipv6: '2000::/3' },
      { ipv4: null, ipv6: '::/0' },
    ]),
    expect: 'pass',
    source: order,
  },
  { name: 'one half of all addresses', subject: acl([{ ipv4: '0.0.0.0/1' }]), expect: 'pass' },
  {
    name: 'both halves, and a denial of one before its entry',
    subject: acl([
      { ipv4: '0.0.0.0/1' },
      { ruleNumber: 110, ipv4: '128.0.0.0/1' },
      { ruleNumber: 105, ipv4: '128.0.0.0/1', allow: false },
    ]),
    expect: 'pass',
    source: order,
  },
  {
    name: 'denials of both halves before everything',
    subject: acl([
      { ...everything },
      { ruleNumber: 90, allow: false, toPort: 3389, ipv4: '0.0.0.0/1' },
      { ruleNumber: 91, allow: false, toPort: 3389, ipv4: '128.0.0.0/1' },
    ]),
    expect: 'pass',
    source: order,
  },
  {
    name: 'a default ACL, which allows everything',
    subject: acl([everything], { isDefault: true }),
    expect: 'not-applicable',
    source: control,
  },
  {
    name: 'used by no subnet',
    subject: acl([everything], { subnetIds: [] }),
    expect: 'fail',
    reason: 'No subnet uses',
    source: control,
  },
  { name: 'the ACLs could not be read', incomplete: ['AWS::EC2::NetworkAcl'], expect: 'unknown' },
]);
