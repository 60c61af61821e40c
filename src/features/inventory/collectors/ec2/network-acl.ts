// Network access control lists with their entries.

import {
  EC2Client,
  type NetworkAcl,
  type NetworkAclEntry as SdkEntry,
  paginateDescribeNetworkAcls,
} from '@aws-sdk/client-ec2';
import type { AnyResource } from '../../../../domain/resource.ts';
import type { NetworkAclEntry } from '../../../../domain/resources/ec2.ts';
import { membersOf, resourceOf, settingArn, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { readPages } from '../../pages.ts';

const operation = 'ec2:DescribeNetworkAcls';

/** TCP, UDP, ICMP and ICMPv6 by their numbers: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAclEntry.html */
function entryOf(entry: SdkEntry): NetworkAclEntry {
  const must = membersOf(operation);
  const protocol = must(entry.Protocol, 'Protocol');
  const icmp = protocol === '1' || protocol === '58';
  return {
    ruleNumber: must(entry.RuleNumber, 'RuleNumber'),
    egress: must(entry.Egress, 'Egress'),
    allow: must.oneOf(entry.RuleAction, ['allow', 'deny'], 'RuleAction') === 'allow',
    protocol,
    ipv4: textOrNull(entry.CidrBlock),
    ipv6: textOrNull(entry.Ipv6CidrBlock),
    fromPort: icmp ? (entry.IcmpTypeCode?.Type ?? -1) : (entry.PortRange?.From ?? 0),
    toPort: icmp ? (entry.IcmpTypeCode?.Code ?? -1) : (entry.PortRange?.To ?? 65535),
  };
}

function aclOf(context: CollectContext, acl: NetworkAcl): AnyResource | undefined {
  const must = membersOf(operation);
  // In a shared VPC the list belongs to the owner and is judged there.
  if (acl.OwnerId !== undefined && acl.OwnerId !== context.account) return undefined;
  const id = must(acl.NetworkAclId, 'NetworkAclId');
  return resourceOf(context, 'AWS::EC2::NetworkAcl', {
    arn: settingArn(context, 'ec2', context.region, `network-acl/${id}`),
    name: id,
    tags: tagsOf(acl.Tags),
    config: {
      vpcId: must(acl.VpcId, 'VpcId'),
      isDefault: must(acl.IsDefault, 'IsDefault'),
      subnetIds: (acl.Associations ?? []).flatMap((association) => association.SubnetId ?? []),
      entries: must(acl.Entries, 'Entries').map(entryOf),
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::EC2::NetworkAcl'],
  operations: [operation],
  events: [
    'ec2:CreateNetworkAcl',
    'ec2:DeleteNetworkAcl',
    'ec2:CreateNetworkAclEntry',
    'ec2:ReplaceNetworkAclEntry',
    'ec2:DeleteNetworkAclEntry',
    'ec2:ReplaceNetworkAclAssociation',
  ],
  async *collect(context) {
    const client = context.client(EC2Client);
    yield* readPages(
      context,
      paginateDescribeNetworkAcls({ client, pageSize: 1000 }, {}, { abortSignal: context.signal }),
      (page) => ({ items: membersOf(operation)(page.NetworkAcls, 'NetworkAcls') }),
      (acl) => aclOf(context, acl),
    );
  },
};
