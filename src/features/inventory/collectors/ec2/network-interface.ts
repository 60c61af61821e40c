// Network interfaces of every kind: instances, functions, load balancers, databases, endpoints.

import { EC2Client, type NetworkInterface, paginateDescribeNetworkInterfaces } from '@aws-sdk/client-ec2';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, settingArn, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { readPages } from '../../pages.ts';

const operation = 'ec2:DescribeNetworkInterfaces';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html */
function interfaceOf(context: CollectContext, one: NetworkInterface): AnyResource {
  const must = membersOf(operation);
  const id = must(one.NetworkInterfaceId, 'NetworkInterfaceId');
  return resourceOf(context, 'AWS::EC2::NetworkInterface', {
    arn: settingArn(context, 'ec2', context.region, `network-interface/${id}`),
    name: id,
    tags: tagsOf(one.TagSet),
    config: {
      ownerAccount: textOrNull(one.OwnerId),
      interfaceType: one.InterfaceType ?? 'interface',
      status: must(one.Status, 'Status'),
      groupIds: must(one.Groups, 'Groups').map((group) => must(group.GroupId, 'Groups[].GroupId')),
      subnetId: textOrNull(one.SubnetId),
      vpcId: textOrNull(one.VpcId),
      attachedInstanceId: textOrNull(one.Attachment?.InstanceId),
      requesterId: textOrNull(one.RequesterId),
      requesterManaged: one.RequesterManaged ?? false,
      publicIp: textOrNull(one.Association?.PublicIp),
      ipv6Addresses: (one.Ipv6Addresses ?? []).flatMap((address) => address.Ipv6Address ?? []),
      description: one.Description ?? '',
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::EC2::NetworkInterface'],
  operations: [operation],
  events: [
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:ModifyNetworkInterfaceAttribute',
    'ec2:AttachNetworkInterface',
    'ec2:DetachNetworkInterface',
    'ec2:RunInstances',
    'ec2:TerminateInstances',
  ],
  async *collect(context) {
    const client = context.client(EC2Client);
    yield* readPages(
      context,
      paginateDescribeNetworkInterfaces({ client, pageSize: 1000 }, {}, { abortSignal: context.signal }),
      (page) => ({ items: membersOf(operation)(page.NetworkInterfaces, 'NetworkInterfaces') }),
      // Interfaces of participants in a shared VPC stay: they hold this account's security groups.
      (one) => interfaceOf(context, one),
    );
  },
};
