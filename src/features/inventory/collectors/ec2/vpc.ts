// VPCs that this account owns.

import { EC2Client, paginateDescribeVpcs, type Vpc } from '@aws-sdk/client-ec2';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, settingArn, tagsOf } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { readPages } from '../../pages.ts';

const operation = 'ec2:DescribeVpcs';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Vpc.html */
function vpcOf(context: CollectContext, vpc: Vpc): AnyResource | undefined {
  const must = membersOf(operation);
  // A VPC that is shared with this account is its owner's to watch.
  if (vpc.OwnerId !== undefined && vpc.OwnerId !== context.account) return undefined;
  const vpcId = must(vpc.VpcId, 'VpcId');
  const associated = [
    ...(vpc.CidrBlockAssociationSet ?? []).flatMap((one) => one.CidrBlock ?? []),
    ...(vpc.Ipv6CidrBlockAssociationSet ?? []).flatMap((one) => one.Ipv6CidrBlock ?? []),
  ];
  return resourceOf(context, 'AWS::EC2::VPC', {
    arn: settingArn(context, 'ec2', context.region, `vpc/${vpcId}`),
    name: vpcId,
    tags: tagsOf(vpc.Tags),
    config: {
      vpcId,
      isDefault: must(vpc.IsDefault, 'IsDefault'),
      cidrs: associated.length > 0 ? associated : vpc.CidrBlock === undefined ? [] : [vpc.CidrBlock],
      state: vpc.State ?? 'available',
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::EC2::VPC'],
  operations: [operation],
  events: ['ec2:CreateVpc', 'ec2:DeleteVpc', 'ec2:CreateDefaultVpc', 'ec2:AssociateVpcCidrBlock'],
  async *collect(context) {
    const client = context.client(EC2Client);
    yield* readPages(
      context,
      paginateDescribeVpcs({ client, pageSize: 1000 }, {}, { abortSignal: context.signal }),
      (page) => ({ items: membersOf(operation)(page.Vpcs, 'Vpcs') }),
      (vpc) => vpcOf(context, vpc),
    );
  },
};
