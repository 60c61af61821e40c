import { makeRule } from '../../testing/rules.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './security-group-attached-to-eni.ts';

const rule =
  'https://docs.aws.amazon.com/config/latest/developerguide/ec2-security-group-attached-to-eni-periodic.html';
const deletion = 'https://docs.aws.amazon.com/vpc/latest/userguide/deleting-security-groups.html';
const id = 'sg-0a1b2c3d4e5f60001';
const group = make('AWS::EC2::SecurityGroup');
const user = (interfaceType: string, groupIds = [id]) =>
  make('AWS::EC2::NetworkInterface', { interfaceType, groupIds });
const referring = (referencedGroupId: string, direction: 'ingress' | 'egress' = 'ingress') =>
  make(
    'AWS::EC2::SecurityGroup',
    { groupId: 'sg-other', rules: [makeRule(), makeRule({ direction, ipv4: null, referencedGroupId })] },
    { name: 'sg-other' },
  );
const selfReferring = make('AWS::EC2::SecurityGroup', { rules: [makeRule({ ipv4: null, referencedGroupId: id })] });

testCheck('ec2-security-group-attached-to-eni', check, [
  { name: 'used by an instance', subject: group, evidence: [user('interface')], expect: 'pass', reason: 'eni-' },
  { name: 'used by a function', subject: group, evidence: [user('lambda')], expect: 'pass', source: rule },
  {
    name: 'used by a load balancer, as the second of two groups',
    subject: group,
    evidence: [user('network_load_balancer', ['sg-other', id])],
    expect: 'pass',
  },
  {
    name: 'used by an interface that is attached to nothing',
    subject: group,
    evidence: [make('AWS::EC2::NetworkInterface', { status: 'available' })],
    expect: 'pass',
    source: rule,
  },
  {
    name: 'used by nothing',
    subject: group,
    evidence: [user('interface', ['sg-other'])],
    expect: 'fail',
    source: rule,
  },
  {
    name: 'another group refers to it',
    subject: group,
    evidence: [referring(id)],
    expect: 'pass',
    reason: 'sg-other',
    source: deletion,
  },
  { name: 'another group refers to it outwards', subject: group, evidence: [referring(id, 'egress')], expect: 'pass' },
  { name: 'another group refers to a third one', subject: group, evidence: [referring('sg-third')], expect: 'fail' },
  { name: 'only it refers to itself', subject: selfReferring, expect: 'fail', source: deletion },
  {
    name: 'a default group',
    subject: make('AWS::EC2::SecurityGroup', { isDefault: true }),
    expect: 'not-applicable',
    source: rule,
  },
  {
    name: 'used, although some interfaces could not be read',
    subject: group,
    evidence: [user('interface')],
    incomplete: ['AWS::EC2::NetworkInterface'],
    expect: 'pass',
  },
  {
    name: 'not seen in use, and some interfaces could not be read',
    subject: group,
    incomplete: ['AWS::EC2::NetworkInterface'],
    expect: 'unknown',
  },
  {
    name: 'not seen in use, and some groups could not be read',
    subject: group,
    incomplete: ['AWS::EC2::SecurityGroup'],
    expect: 'unknown',
  },
]);
