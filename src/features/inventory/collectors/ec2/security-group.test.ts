import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, type Call, collected, collectedUntilError, refreshed } from '../testing.ts';
import { collector } from './security-group.ts';

const group = (GroupId: string, more: object = {}): object => ({
  GroupId,
  GroupName: `name of ${GroupId}`,
  OwnerId: '111122223333',
  VpcId: 'vpc-1',
  Tags: [{ Key: 'owner', Value: 'app' }],
  ...more,
});

const rule = (GroupId: string, more: object = {}): object => ({
  SecurityGroupRuleId: `sgr-${GroupId}`,
  GroupId,
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  CidrIpv4: '0.0.0.0/0',
  ...more,
});

const filtered = ({ input }: Call): string[] | undefined =>
  (input['Filters'] as { Values: string[] }[] | undefined)?.[0]?.Values;

const answers: Answers = {
  'ec2:DescribeSecurityGroups': (call) => {
    const ids = filtered(call);
    if (ids !== undefined) return { SecurityGroups: ids.map((id) => group(id)) };
    return call.input['NextToken'] === undefined
      ? { SecurityGroups: [group('sg-1')], NextToken: 'second' }
      : { SecurityGroups: [group('sg-2')] };
  },
  'ec2:DescribeSecurityGroupRules': (call) => ({ SecurityGroupRules: filtered(call)?.map((id) => rule(id)) }),
};

const withRule = (more: object): Answers => ({
  'ec2:DescribeSecurityGroups': { SecurityGroups: [group('sg-1')] },
  'ec2:DescribeSecurityGroupRules': { SecurityGroupRules: [rule('sg-1', more)] },
});

keepsItsPromises('ec2/security-group', { collector, answers });

describe('ec2/security-group', () => {
  test('reads every page of groups, each with its own rules', async () => {
    const { resources, pages } = await collected(collector, answers);
    expect(resources.map(({ arn }) => arn)).toEqual([
      'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1',
      'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-2',
    ]);
    expect(resources[0]).toMatchObject({
      name: 'name of sg-1',
      tags: { owner: 'app' },
      config: {
        groupId: 'sg-1',
        vpcId: 'vpc-1',
        isDefault: false,
        rules: [
          {
            ruleId: 'sgr-sg-1',
            direction: 'ingress',
            protocol: 'tcp',
            fromPort: 22,
            toPort: 22,
            ipv4: '0.0.0.0/0',
            ipv6: null,
            referencedGroupId: null,
          },
        ],
      },
    });
    expect(pages.map((page) => page.cursor)).toEqual(['second', undefined]);
  });

  test('goes on from a cursor', async () => {
    const { resources } = await collected(collector, answers, { cursor: 'second' });
    expect(resources.map(({ name }) => name)).toEqual(['name of sg-2']);
  });

  test('asks for the rules of 200 groups at once, and reads every page of them', async () => {
    const many = Array.from({ length: 450 }, (_, index) => `sg-${index}`);
    const { resources, context } = await collected(collector, {
      'ec2:DescribeSecurityGroups': { SecurityGroups: many.map((id) => group(id)) },
      'ec2:DescribeSecurityGroupRules': (call) => {
        const ids = filtered(call) ?? [];
        const half = ids.length / 2;
        return call.input['NextToken'] === undefined
          ? { SecurityGroupRules: ids.slice(0, half).map((id) => rule(id)), NextToken: 'second' }
          : { SecurityGroupRules: ids.slice(half).map((id) => rule(id)) };
      },
    });
    expect(resources).toHaveLength(450);
    expect(new Set(resources.map(({ config }) => 'rules' in config && config.rules.length))).toEqual(new Set([1]));
    expect(context.calls).toHaveLength(1 + 2 * 3);
  });

  test('the default group is known by its name', async () => {
    const { resources } = await collected(collector, {
      'ec2:DescribeSecurityGroups': { SecurityGroups: [group('sg-1', { GroupName: 'default' })] },
      'ec2:DescribeSecurityGroupRules': { SecurityGroupRules: [] },
    });
    expect(resources).toMatchObject([{ config: { isDefault: true, rules: [] } }]);
  });

  test.each([
    ['every protocol', { IpProtocol: '-1', FromPort: -1, ToPort: -1 }, { protocol: '-1', fromPort: -1, toPort: -1 }],
    ['a protocol without ports', { IpProtocol: '50', FromPort: undefined, ToPort: undefined }, { fromPort: -1 }],
    ['ICMP', { IpProtocol: 'icmp', FromPort: 8, ToPort: -1 }, { protocol: 'icmp', fromPort: 8, toPort: -1 }],
    [
      'another group',
      { CidrIpv4: undefined, ReferencedGroupInfo: { GroupId: 'sg-9', UserId: '444455556666' } },
      { ipv4: null, referencedGroupId: 'sg-9', referencedAccountId: '444455556666' },
    ],
    ['a prefix list', { CidrIpv4: undefined, PrefixListId: 'pl-1' }, { prefixListId: 'pl-1' }],
    ['IPv6', { CidrIpv4: undefined, CidrIpv6: '::/0', IsEgress: true }, { direction: 'egress', ipv6: '::/0' }],
  ])('a rule for %s', async (_name, more, expected) => {
    const { resources } = await collected(collector, withRule(more));
    expect(resources).toMatchObject([{ config: { rules: [expected] } }]);
  });

  test.each([
    ['direction', { IsEgress: undefined }],
    ['protocol', { IpProtocol: undefined }],
    ['ports', { FromPort: undefined }],
  ])('a rule’s %s is not guessed', async (_name, more) => {
    const { error } = await collectedUntilError(collector, withRule(more));
    expect(error).toMatchObject({ code: 'malformed-answer', vedetteOperation: 'ec2:DescribeSecurityGroupRules' });
  });

  test('a group in a shared VPC is left to its owner', async () => {
    const { resources } = await collected(collector, {
      ...answers,
      'ec2:DescribeSecurityGroups': { SecurityGroups: [group('sg-1', { OwnerId: '444455556666' })] },
    });
    expect(resources).toEqual([]);
  });

  test('one that is gone is not found', async () => {
    const gone = { ...answers, 'ec2:DescribeSecurityGroups': { SecurityGroups: [] } };
    const arn = 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1';
    expect(await refreshed(collector, gone, arn)).toBeUndefined();
  });
});
