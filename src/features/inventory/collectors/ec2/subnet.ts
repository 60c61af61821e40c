// Subnets that this account owns.

import { EC2Client, paginateDescribeSubnets, type Subnet } from '@aws-sdk/client-ec2';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, settingArn, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { readPages } from '../../pages.ts';

const operation = 'ec2:DescribeSubnets';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Subnet.html */
function subnetOf(context: CollectContext, subnet: Subnet): AnyResource | undefined {
  const must = membersOf(operation);
  if (subnet.OwnerId !== undefined && subnet.OwnerId !== context.account) return undefined;
  const id = must(subnet.SubnetId, 'SubnetId');
  return resourceOf(context, 'AWS::EC2::Subnet', {
    arn: subnet.SubnetArn ?? settingArn(context, 'ec2', context.region, `subnet/${id}`),
    name: id,
    tags: tagsOf(subnet.Tags),
    config: {
      vpcId: must(subnet.VpcId, 'VpcId'),
      availabilityZone: subnet.AvailabilityZone ?? '',
      cidr: textOrNull(subnet.CidrBlock),
      mapPublicIpOnLaunch: must(subnet.MapPublicIpOnLaunch, 'MapPublicIpOnLaunch'),
      assignIpv6OnCreation: subnet.AssignIpv6AddressOnCreation ?? false,
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::EC2::Subnet'],
  operations: [operation],
  events: ['ec2:CreateSubnet', 'ec2:DeleteSubnet', 'ec2:ModifySubnetAttribute'],
  async *collect(context) {
    const client = context.client(EC2Client);
    yield* readPages(
      context,
      paginateDescribeSubnets({ client, pageSize: 1000 }, {}, { abortSignal: context.signal }),
      (page) => ({ items: membersOf(operation)(page.Subnets, 'Subnets') }),
      (subnet) => subnetOf(context, subnet),
    );
  },
};
