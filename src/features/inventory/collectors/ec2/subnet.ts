// Subnets that this account owns.

import { type DescribeSubnetsRequest, EC2Client, paginateDescribeSubnets, type Subnet } from '@aws-sdk/client-ec2';
import type { AnyResource } from '../../../../domain/resource.ts';
import { idOf, membersOf, resourceOf, settingArn, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { findOne, pageSizeOf, readPages } from '../../pages.ts';

const operation = 'ec2:DescribeSubnets';
const must = membersOf(operation);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Subnet.html */
function subnetOf(context: CollectContext, subnet: Subnet): AnyResource | undefined {
  // A subnet that is shared with this account is its owner's to watch.
  if (must(subnet.OwnerId, 'OwnerId') !== context.account) return undefined;
  const id = must(subnet.SubnetId, 'SubnetId');
  return resourceOf(context, 'AWS::EC2::Subnet', {
    arn: subnet.SubnetArn ?? settingArn(context, 'ec2', context.region, `subnet/${id}`),
    name: id,
    tags: tagsOf(subnet.Tags),
    config: {
      vpcId: must(subnet.VpcId, 'VpcId'),
      availabilityZone: must(subnet.AvailabilityZone, 'AvailabilityZone'),
      cidr: textOrNull(subnet.CidrBlock),
      mapPublicIpOnLaunch: must(subnet.MapPublicIpOnLaunch, 'MapPublicIpOnLaunch'),
      assignIpv6OnCreation: must(subnet.AssignIpv6AddressOnCreation, 'AssignIpv6AddressOnCreation'),
    },
  });
}

function readSubnets(context: CollectContext, input: DescribeSubnetsRequest): AsyncGenerator<Page> {
  const client = context.client(EC2Client);
  return readPages(
    context,
    paginateDescribeSubnets({ client, ...pageSizeOf(input, 1000) }, input, { abortSignal: context.signal }),
    (page) => ({ items: must(page.Subnets, 'Subnets') }),
    (subnet) => subnetOf(context, subnet),
  );
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::EC2::Subnet'],
  operations: [operation],
  events: [
    'ec2:CreateSubnet',
    'ec2:DeleteSubnet',
    'ec2:ModifySubnetAttribute',
    'ec2:CreateDefaultSubnet',
    'ec2:CreateTags',
    'ec2:DeleteTags',
  ],
  collect: (context) => readSubnets(context, {}),
  refresh: (context, arn) =>
    findOne(readSubnets(context, { SubnetIds: [idOf(arn)] }), arn, ['InvalidSubnetID.NotFound']),
};
