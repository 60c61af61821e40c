// Network access control lists with their entries.

import {
  type DescribeNetworkAclsRequest,
  EC2Client,
  type NetworkAcl,
  type NetworkAclEntry as SdkEntry,
  paginateDescribeNetworkAcls,
} from '@aws-sdk/client-ec2';
import type { AnyResource } from '../../../../domain/resource.ts';
import type { NetworkAclEntry } from '../../../../domain/resources/ec2.ts';
import { idOf, membersOf, resourceOf, settingArn, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { findOne, pageSizeOf, readPages } from '../../pages.ts';

const operation = 'ec2:DescribeNetworkAcls';
const must = membersOf(operation);

/**
 * What an entry is for: TCP (6) and UDP (17) have ports, ICMP (1) and ICMPv6 (58) a type and a code, the others neither.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAclEntry.html
 */
function portsOf(entry: SdkEntry): { fromPort: number; toPort: number } {
  const { Protocol: protocol, IcmpTypeCode: icmp, PortRange: range } = entry;
  if (protocol === '1' || protocol === '58') return { fromPort: icmp?.Type ?? -1, toPort: icmp?.Code ?? -1 };
  if (protocol !== '6' && protocol !== '17') return { fromPort: range?.From ?? 0, toPort: range?.To ?? 65_535 };
  return { fromPort: must(range?.From, 'PortRange.From'), toPort: must(range?.To, 'PortRange.To') };
}

function entryOf(entry: SdkEntry): NetworkAclEntry {
  return {
    ruleNumber: must(entry.RuleNumber, 'RuleNumber'),
    egress: must(entry.Egress, 'Egress'),
    allow: must.oneOf(entry.RuleAction, ['allow', 'deny'], 'RuleAction') === 'allow',
    protocol: must(entry.Protocol, 'Protocol'),
    ipv4: textOrNull(entry.CidrBlock),
    ipv6: textOrNull(entry.Ipv6CidrBlock),
    ...portsOf(entry),
  };
}

function aclOf(context: CollectContext, acl: NetworkAcl): AnyResource | undefined {
  // In a shared VPC the list belongs to the owner and is judged there.
  if (must(acl.OwnerId, 'OwnerId') !== context.account) return undefined;
  const id = must(acl.NetworkAclId, 'NetworkAclId');
  return resourceOf(context, 'AWS::EC2::NetworkAcl', {
    arn: settingArn(context, 'ec2', context.region, `network-acl/${id}`),
    name: id,
    tags: tagsOf(acl.Tags),
    config: {
      vpcId: must(acl.VpcId, 'VpcId'),
      isDefault: must(acl.IsDefault, 'IsDefault'),
      subnetIds: must(acl.Associations, 'Associations').map(({ SubnetId }) => must(SubnetId, 'SubnetId')),
      entries: must(acl.Entries, 'Entries').map(entryOf),
    },
  });
}

function readAcls(context: CollectContext, input: DescribeNetworkAclsRequest): AsyncGenerator<Page> {
  const client = context.client(EC2Client);
  return readPages(
    context,
    paginateDescribeNetworkAcls({ client, ...pageSizeOf(input, 1000) }, input, { abortSignal: context.signal }),
    (page) => ({ items: must(page.NetworkAcls, 'NetworkAcls') }),
    (acl) => aclOf(context, acl),
  );
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
    'ec2:CreateTags',
    'ec2:DeleteTags',
  ],
  collect: (context) => readAcls(context, {}),
  refresh: (context, arn) =>
    findOne(readAcls(context, { NetworkAclIds: [idOf(arn)] }), arn, ['InvalidNetworkAclID.NotFound']),
};
