// VPCs that this account owns.

import { type DescribeVpcsRequest, EC2Client, paginateDescribeVpcs, type Vpc } from '@aws-sdk/client-ec2';
import type { AnyResource } from '../../../../domain/resource.ts';
import { idOf, membersOf, resourceOf, settingArn, tagsOf } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { findOne, pageSizeOf, readPages } from '../../pages.ts';

const operation = 'ec2:DescribeVpcs';
const must = membersOf(operation);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Vpc.html */
function vpcOf(context: CollectContext, vpc: Vpc): AnyResource | undefined {
  // A VPC that is shared with this account is its owner's to watch.
  if (must(vpc.OwnerId, 'OwnerId') !== context.account) return undefined;
  const vpcId = must(vpc.VpcId, 'VpcId');
  const ipv4 = must(vpc.CidrBlockAssociationSet, 'CidrBlockAssociationSet');
  const ipv6 = vpc.Ipv6CidrBlockAssociationSet ?? [];
  return resourceOf(context, 'AWS::EC2::VPC', {
    arn: settingArn(context, 'ec2', context.region, `vpc/${vpcId}`),
    name: vpcId,
    tags: tagsOf(vpc.Tags),
    config: {
      vpcId,
      isDefault: must(vpc.IsDefault, 'IsDefault'),
      cidrs: [
        ...ipv4.filter((one) => one.CidrBlockState?.State === 'associated').flatMap((one) => one.CidrBlock ?? []),
        ...ipv6
          .filter((one) => one.Ipv6CidrBlockState?.State === 'associated')
          .flatMap((one) => one.Ipv6CidrBlock ?? []),
      ],
      state: must(vpc.State, 'State'),
    },
  });
}

function readVpcs(context: CollectContext, input: DescribeVpcsRequest): AsyncGenerator<Page> {
  const client = context.client(EC2Client);
  return readPages(
    context,
    paginateDescribeVpcs({ client, ...pageSizeOf(input, 1000) }, input, { abortSignal: context.signal }),
    (page) => ({ items: must(page.Vpcs, 'Vpcs') }),
    (vpc) => vpcOf(context, vpc),
  );
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::EC2::VPC'],
  operations: [operation],
  events: [
    'ec2:CreateVpc',
    'ec2:DeleteVpc',
    'ec2:CreateDefaultVpc',
    'ec2:AssociateVpcCidrBlock',
    'ec2:DisassociateVpcCidrBlock',
    'ec2:CreateTags',
    'ec2:DeleteTags',
  ],
  collect: (context) => readVpcs(context, {}),
  refresh: (context, arn) => findOne(readVpcs(context, { VpcIds: [idOf(arn)] }), arn, ['InvalidVpcID.NotFound']),
};
