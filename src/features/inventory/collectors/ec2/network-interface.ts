// Network interfaces of every kind: instances, functions, load balancers, databases, endpoints.

import {
  type DescribeNetworkInterfacesRequest,
  EC2Client,
  type NetworkInterface,
  paginateDescribeNetworkInterfaces,
} from '@aws-sdk/client-ec2';
import type { AnyResource } from '../../../../domain/resource.ts';
import { idOf, membersOf, resourceOf, settingArn, secretless, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { findOne, pageSizeOf, readPages, resumed } from '../../pages.ts';

const operation = 'ec2:DescribeNetworkInterfaces';
const must = membersOf(operation);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html */
function interfaceOf(context: CollectContext, one: NetworkInterface): AnyResource {
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
      requesterManaged: one.RequesterManaged === true,
      publicIp: textOrNull(one.Association?.PublicIp),
      ipv6Addresses: (one.Ipv6Addresses ?? []).flatMap((address) => address.Ipv6Address ?? []),
      description: secretless(context, one.Description ?? '', 'description'),
    },
  });
}

/**
 * An account may hide what services manage in it (nodes of EKS, for example) from all who do not ask for it.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html (IncludeManagedResources)
 */
function readInterfaces(
  context: CollectContext,
  input: DescribeNetworkInterfacesRequest,
  cursor?: string,
): AsyncGenerator<Page> {
  const client = context.client(EC2Client);
  const list = resumed(cursor, (startingToken) =>
    paginateDescribeNetworkInterfaces(
      { client, startingToken, ...pageSizeOf(input, 1000) },
      { ...input, IncludeManagedResources: true },
      {
        abortSignal: context.signal,
      },
    ),
  );
  return readPages(
    context,
    list,
    (page) => ({ items: must(page.NetworkInterfaces, 'NetworkInterfaces'), next: page.NextToken }),
    // Interfaces of participants in a shared VPC stay: they hold this account's security groups.
    (one) => interfaceOf(context, one),
  );
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
    'ec2:AssociateAddress',
    'ec2:DisassociateAddress',
    'ec2:RunInstances',
    'ec2:TerminateInstances',
  ],
  collect: (context) => readInterfaces(context, {}, context.cursor),
  refresh: (context, arn) =>
    findOne(readInterfaces(context, { NetworkInterfaceIds: [idOf(arn)] }), arn, ['InvalidNetworkInterfaceID.NotFound']),
};
