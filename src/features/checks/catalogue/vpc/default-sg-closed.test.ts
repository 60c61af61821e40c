import type { SecurityGroupConfig } from '../../../../domain/resources/ec2.ts';
import { makeRule } from '../../testing/rules.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './default-sg-closed.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/vpc-default-security-group-closed.html';
const initial = 'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html';
const group = (rules: SecurityGroupConfig['rules'], isDefault = true) =>
  make('AWS::EC2::SecurityGroup', { isDefault, groupName: isDefault ? 'default' : 'web', rules });
const own = makeRule({
  protocol: '-1',
  fromPort: -1,
  toPort: -1,
  ipv4: null,
  referencedGroupId: 'sg-0a1b2c3d4e5f60001',
});
const out = makeRule({ direction: 'egress', protocol: '-1', fromPort: -1, toPort: -1 });

testCheck('vpc-default-sg-closed', check, [
  { name: 'no rules', subject: group([]), expect: 'pass', source: rule },
  {
    name: 'as AWS makes it: open to itself, and outwards',
    subject: group([own, out]),
    expect: 'fail',
    reason: '1 inbound and 1 outbound',
    source: initial,
  },
  { name: 'only open to itself', subject: group([own]), expect: 'fail', reason: '1 inbound and 0' },
  { name: 'only open outwards', subject: group([out]), expect: 'fail', reason: '0 inbound and 1', source: rule },
  { name: 'another group', subject: group([own, out], false), expect: 'not-applicable' },
  { name: 'the groups could not be read', incomplete: ['AWS::EC2::SecurityGroup'], expect: 'unknown' },
]);
