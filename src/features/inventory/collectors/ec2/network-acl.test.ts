import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './network-acl.ts';

const denyAll = { RuleNumber: 32767, Egress: false, RuleAction: 'deny', Protocol: '-1', CidrBlock: '0.0.0.0/0' };
const entry = (more: object): object => ({ ...denyAll, RuleNumber: 100, RuleAction: 'allow', ...more });

const acl = (NetworkAclId: string, more: object = {}): object => ({
  NetworkAclId,
  OwnerId: '111122223333',
  VpcId: 'vpc-1',
  IsDefault: true,
  Associations: [{ SubnetId: 'subnet-1' }],
  Entries: [entry({ Protocol: '6', PortRange: { From: 22, To: 22 } }), denyAll],
  ...more,
});

const answers: Answers = {
  'ec2:DescribeNetworkAcls': ({ input }) => {
    const ids = input['NetworkAclIds'] as string[] | undefined;
    if (ids !== undefined) return { NetworkAcls: [acl(String(ids[0]))] };
    return input['NextToken'] === undefined
      ? { NetworkAcls: [acl('acl-1')], NextToken: 'second' }
      : { NetworkAcls: [acl('acl-2')] };
  },
};

const withEntry = (more: object): Answers => ({
  'ec2:DescribeNetworkAcls': { NetworkAcls: [acl('acl-1', { Entries: [entry(more)] })] },
});

keepsItsPromises('ec2/network-acl', { collector, answers });

describe('ec2/network-acl', () => {
  test('reads every page', async () => {
    const { resources } = await collected(collector, answers);
    expect(resources.map(({ name }) => name)).toEqual(['acl-1', 'acl-2']);
    expect(resources[0]).toMatchObject({
      arn: 'arn:aws:ec2:eu-west-1:111122223333:network-acl/acl-1',
      config: {
        vpcId: 'vpc-1',
        isDefault: true,
        subnetIds: ['subnet-1'],
        entries: [
          { ruleNumber: 100, egress: false, allow: true, protocol: '6', ipv4: '0.0.0.0/0', fromPort: 22, toPort: 22 },
          { ruleNumber: 32767, allow: false, protocol: '-1', fromPort: 0, toPort: 65535 },
        ],
      },
    });
  });

  test.each([
    ['ICMP with a type', { Protocol: '1', IcmpTypeCode: { Type: 8, Code: 0 } }, { fromPort: 8, toPort: 0 }],
    ['ICMPv6 of every type', { Protocol: '58', Ipv6CidrBlock: '::/0' }, { fromPort: -1, toPort: -1, ipv6: '::/0' }],
    ['another protocol', { Protocol: '50' }, { fromPort: 0, toPort: 65535 }],
  ])('an entry for %s', async (_name, more, expected) => {
    const { resources } = await collected(collector, withEntry(more));
    expect(resources).toMatchObject([{ config: { entries: [expected] } }]);
  });

  test.each([
    ['TCP without ports', { Protocol: '6' }],
    ['no action', { RuleAction: undefined }],
    ['no direction', { Egress: undefined }],
  ])('an entry with %s is not guessed', async (_name, more) => {
    const { error } = await collectedUntilError(collector, withEntry(more));
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test('a list in a shared VPC is left to its owner', async () => {
    const { resources } = await collected(collector, {
      'ec2:DescribeNetworkAcls': { NetworkAcls: [acl('acl-1', { OwnerId: '444455556666' })] },
    });
    expect(resources).toEqual([]);
  });

  test('one that is gone is not found', async () => {
    const gone = { 'ec2:DescribeNetworkAcls': refuse('InvalidNetworkAclID.NotFound') };
    expect(await refreshed(collector, gone, 'arn:aws:ec2:eu-west-1:111122223333:network-acl/acl-1')).toBeUndefined();
  });
});
