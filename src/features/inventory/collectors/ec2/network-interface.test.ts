import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './network-interface.ts';

const networkInterface = (NetworkInterfaceId: string, more: object = {}): object => ({
  NetworkInterfaceId,
  OwnerId: '111122223333',
  InterfaceType: 'lambda',
  Status: 'in-use',
  Groups: [{ GroupId: 'sg-1', GroupName: 'app' }],
  SubnetId: 'subnet-1',
  VpcId: 'vpc-1',
  Attachment: { InstanceId: 'i-1' },
  RequesterId: 'AROA:lambda',
  RequesterManaged: true,
  Association: { PublicIp: '203.0.113.7' },
  Ipv6Addresses: [{ Ipv6Address: '2001:db8::1' }],
  Description: 'AWS Lambda VPC ENI',
  TagSet: [{ Key: 'owner', Value: 'app' }],
  ...more,
});

const answers: Answers = {
  'ec2:DescribeNetworkInterfaces': ({ input }) => {
    const ids = input['NetworkInterfaceIds'] as string[] | undefined;
    if (ids !== undefined) return { NetworkInterfaces: [networkInterface(String(ids[0]))] };
    return input['NextToken'] === undefined
      ? { NetworkInterfaces: [networkInterface('eni-1')], NextToken: 'second' }
      : { NetworkInterfaces: [networkInterface('eni-2')] };
  },
};

const withInterface = (more: object): Answers => ({
  'ec2:DescribeNetworkInterfaces': { NetworkInterfaces: [networkInterface('eni-1', more)] },
});

keepsItsPromises('ec2/network-interface', { collector, answers });

describe('ec2/network-interface', () => {
  test('one that a service manages is read, though the account may hide those from who does not ask', async () => {
    const hidden: Answers = {
      'ec2:DescribeNetworkInterfaces': ({ input: { IncludeManagedResources: shown } }) => ({
        NetworkInterfaces: shown ? [networkInterface('eni-1')] : [],
      }),
    };
    const { resources } = await collected(collector, hidden);
    expect(resources.map(({ name }) => name)).toEqual(['eni-1']);
    expect(
      await refreshed(collector, hidden, 'arn:aws:ec2:eu-west-1:111122223333:network-interface/eni-1'),
    ).toBeDefined();
  });

  test('reads every page', async () => {
    const { resources, pages } = await collected(collector, answers);
    expect(resources.map(({ name }) => name)).toEqual(['eni-1', 'eni-2']);
    expect(pages[0]?.cursor).toBe('second');
    expect(resources[0]).toMatchObject({
      arn: 'arn:aws:ec2:eu-west-1:111122223333:network-interface/eni-1',
      tags: { owner: 'app' },
      config: {
        ownerAccount: '111122223333',
        interfaceType: 'lambda',
        status: 'in-use',
        groupIds: ['sg-1'],
        attachedInstanceId: 'i-1',
        requesterManaged: true,
        publicIp: '203.0.113.7',
        ipv6Addresses: ['2001:db8::1'],
      },
    });
  });

  test('goes on from a cursor', async () => {
    const { resources } = await collected(collector, answers, { cursor: 'second' });
    expect(resources.map(({ name }) => name)).toEqual(['eni-2']);
  });

  test('one of a participant in a shared VPC stays and says whose it is', async () => {
    const { resources } = await collected(collector, withInterface({ OwnerId: '444455556666' }));
    expect(resources).toMatchObject([{ account: '111122223333', config: { ownerAccount: '444455556666' } }]);
  });

  test('one that is not attached', async () => {
    const none = { Attachment: undefined, Association: undefined, Ipv6Addresses: [], RequesterId: undefined };
    const { resources } = await collected(collector, withInterface({ ...none, RequesterManaged: false }));
    expect(resources).toMatchObject([
      { config: { attachedInstanceId: null, publicIp: null, requesterId: null, requesterManaged: false } },
    ]);
  });

  test('its groups are not guessed', async () => {
    const { error } = await collectedUntilError(collector, withInterface({ Groups: undefined }));
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test('one that is gone is not found', async () => {
    const gone = { 'ec2:DescribeNetworkInterfaces': refuse('InvalidNetworkInterfaceID.NotFound') };
    const arn = 'arn:aws:ec2:eu-west-1:111122223333:network-interface/eni-1';
    expect(await refreshed(collector, gone, arn)).toBeUndefined();
  });
});
