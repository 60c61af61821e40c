import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, refreshed, refuse } from '../testing.ts';
import { collector } from './vpc.ts';

const vpc = (VpcId: string, more: object = {}): object => ({
  VpcId,
  OwnerId: '111122223333',
  IsDefault: false,
  State: 'available',
  CidrBlockAssociationSet: [
    { CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } },
    { CidrBlock: '10.1.0.0/16', CidrBlockState: { State: 'disassociated' } },
  ],
  Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2001:db8::/56', Ipv6CidrBlockState: { State: 'associated' } }],
  Tags: [{ Key: 'Name', Value: 'main' }],
  ...more,
});

const answers: Answers = {
  'ec2:DescribeVpcs': ({ input }) => {
    if (input['VpcIds'] !== undefined) return { Vpcs: [vpc(String((input['VpcIds'] as string[])[0]))] };
    return input['NextToken'] === undefined ? { Vpcs: [vpc('vpc-1')], NextToken: 'second' } : { Vpcs: [vpc('vpc-2')] };
  },
};

keepsItsPromises('ec2/vpc', { collector, answers });

describe('ec2/vpc', () => {
  test('reads every page', async () => {
    const { resources } = await collected(collector, answers);
    expect(resources.map(({ name }) => name)).toEqual(['vpc-1', 'vpc-2']);
    expect(resources[0]).toMatchObject({
      arn: 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1',
      tags: { Name: 'main' },
      config: { vpcId: 'vpc-1', isDefault: false, cidrs: ['10.0.0.0/16', '2001:db8::/56'], state: 'available' },
    });
  });

  test('a VPC that another account shares is left to its owner', async () => {
    const { resources } = await collected(collector, {
      'ec2:DescribeVpcs': { Vpcs: [vpc('vpc-1', { OwnerId: '444455556666' })] },
    });
    expect(resources).toEqual([]);
  });

  test('one that is gone is not found', async () => {
    const gone = { 'ec2:DescribeVpcs': refuse('InvalidVpcID.NotFound') };
    expect(await refreshed(collector, gone, 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1')).toBeUndefined();
  });
});
