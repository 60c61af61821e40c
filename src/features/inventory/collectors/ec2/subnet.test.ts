import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './subnet.ts';

const subnet = (SubnetId: string, more: object = {}): object => ({
  SubnetId,
  SubnetArn: `arn:aws:ec2:eu-west-1:111122223333:subnet/${SubnetId}`,
  OwnerId: '111122223333',
  VpcId: 'vpc-1',
  AvailabilityZone: 'eu-west-1a',
  CidrBlock: '10.0.1.0/24',
  MapPublicIpOnLaunch: true,
  AssignIpv6AddressOnCreation: false,
  ...more,
});

const answers: Answers = {
  'ec2:DescribeSubnets': ({ input }) => {
    if (input['SubnetIds'] !== undefined) return { Subnets: [subnet(String((input['SubnetIds'] as string[])[0]))] };
    return input['NextToken'] === undefined
      ? { Subnets: [subnet('subnet-1')], NextToken: 'second' }
      : { Subnets: [subnet('subnet-2')] };
  },
};

keepsItsPromises('ec2/subnet', { collector, answers });

describe('ec2/subnet', () => {
  test('reads every page', async () => {
    const { resources } = await collected(collector, answers);
    expect(resources.map(({ name }) => name)).toEqual(['subnet-1', 'subnet-2']);
    expect(resources[0]).toMatchObject({
      arn: 'arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1',
      config: {
        vpcId: 'vpc-1',
        availabilityZone: 'eu-west-1a',
        cidr: '10.0.1.0/24',
        mapPublicIpOnLaunch: true,
        assignIpv6OnCreation: false,
      },
    });
  });

  test('a subnet that another account shares is left to its owner', async () => {
    const { resources } = await collected(collector, {
      'ec2:DescribeSubnets': { Subnets: [subnet('subnet-1', { OwnerId: '444455556666' })] },
    });
    expect(resources).toEqual([]);
  });

  test('whether it gives out public addresses is not guessed', async () => {
    const { error } = await collectedUntilError(collector, {
      'ec2:DescribeSubnets': { Subnets: [subnet('subnet-1', { MapPublicIpOnLaunch: undefined })] },
    });
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test('one that is gone is not found', async () => {
    const gone = { 'ec2:DescribeSubnets': refuse('InvalidSubnetID.NotFound') };
    expect(await refreshed(collector, gone, 'arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1')).toBeUndefined();
  });
});
