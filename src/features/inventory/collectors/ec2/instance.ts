// EC2 instances. Their user data stops here: recognised secrets go on.

import {
  DescribeInstanceAttributeCommand,
  type DescribeInstancesRequest,
  EC2Client,
  type Instance,
  paginateDescribeInstances,
} from '@aws-sdk/client-ec2';
import type { AnyResource } from '../../../../domain/resource.ts';
import type { SecretMatch } from '../../../../domain/secret.ts';
import { idOf, membersOf, resourceOf, settingArn, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { findOne, pageSizeOf, readPages, resumed } from '../../pages.ts';
import { userDataTexts } from '../../secrets/user-data.ts';

const must = membersOf('ec2:DescribeInstances');
const userData = 'ec2:DescribeInstanceAttribute';
const gone = ['InvalidInstanceID.NotFound'];

/**
 * The first public IPv4 address of any interface: `PublicIpAddress` is that of the primary interface alone.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterface.html
 */
function publicAddressOf({ PublicIpAddress, NetworkInterfaces = [] }: Instance): string | null {
  const others = NetworkInterfaces.flatMap(({ Association, PrivateIpAddresses = [] }) => [
    Association?.PublicIp,
    ...PrivateIpAddresses.map((address) => address.Association?.PublicIp),
  ]);
  return [PublicIpAddress, ...others].map(textOrNull).find((address) => address !== null) ?? null;
}

/** Secrets in the user data; null when there is none. */
async function readUserData(context: CollectContext, InstanceId: string): Promise<readonly SecretMatch[] | null> {
  const command = new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'userData' });
  const answer = await context.client(EC2Client).send(command, { abortSignal: context.signal });
  membersOf(userData)(answer.InstanceId, 'InstanceId');
  const text = textOrNull(answer.UserData?.Value);
  if (text === null) return null;
  return userDataTexts(text).flatMap((part) => context.findSecrets(part.text, part.location));
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html */
async function readInstance(context: CollectContext, instance: Instance): Promise<AnyResource | undefined> {
  const id = must(instance.InstanceId, 'InstanceId');
  const state = must(instance.State?.Name, 'State.Name');
  // A terminated instance is listed for an hour, without anything left to judge.
  if (state === 'terminated') return undefined;
  const metadata = must(instance.MetadataOptions, 'MetadataOptions');
  const config = {
    instanceType: must(instance.InstanceType, 'InstanceType'),
    state,
    imageId: must(instance.ImageId, 'ImageId'),
    launchedAt: must.time(instance.LaunchTime, 'LaunchTime'),
    vpcId: textOrNull(instance.VpcId),
    subnetId: textOrNull(instance.SubnetId),
    publicIp: publicAddressOf(instance),
    privateIp: textOrNull(instance.PrivateIpAddress),
    securityGroupIds: must(instance.SecurityGroups, 'SecurityGroups').map(({ GroupId }) => must(GroupId, 'GroupId')),
    instanceProfileArn: textOrNull(instance.IamInstanceProfile?.Arn),
    httpTokens: must.oneOf(metadata.HttpTokens, ['required', 'optional'], 'HttpTokens'),
    httpEndpoint: must.oneOf(metadata.HttpEndpoint, ['enabled', 'disabled'], 'HttpEndpoint'),
    httpPutResponseHopLimit: must(metadata.HttpPutResponseHopLimit, 'HttpPutResponseHopLimit'),
  };
  const parts = partsOf(context, gone);
  const userDataSecrets = await parts.optional(userData, () => readUserData(context, id));
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::EC2::Instance', {
    arn: settingArn(context, 'ec2', context.region, `instance/${id}`),
    name: id,
    tags: tagsOf(instance.Tags),
    config: { ...config, userDataSecrets },
  });
}

/**
 * An account may hide what services manage in it (nodes of EKS, for example) from all who do not ask for it.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html (IncludeManagedResources)
 */
function readInstances(
  context: CollectContext,
  input: DescribeInstancesRequest,
  cursor?: string,
): AsyncGenerator<Page> {
  const client = context.client(EC2Client);
  const list = resumed(cursor, (startingToken) =>
    paginateDescribeInstances(
      { client, startingToken, ...pageSizeOf(input, 500) },
      { ...input, IncludeManagedResources: true },
      {
        abortSignal: context.signal,
      },
    ),
  );
  return readPages(
    context,
    list,
    (page) => ({
      items: must(page.Reservations, 'Reservations').flatMap(({ Instances }) => must(Instances, 'Instances')),
      next: page.NextToken,
    }),
    (instance) => readInstance(context, instance),
  );
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::EC2::Instance'],
  operations: ['ec2:DescribeInstances', userData],
  events: [
    'ec2:RunInstances',
    'ec2:StartInstances',
    'ec2:StopInstances',
    'ec2:TerminateInstances',
    'ec2:ModifyInstanceMetadataOptions',
    'ec2:ModifyInstanceAttribute',
    'ec2:AssociateIamInstanceProfile',
    'ec2:DisassociateIamInstanceProfile',
    'ec2:ReplaceIamInstanceProfileAssociation',
    'ec2:AssociateAddress',
    'ec2:DisassociateAddress',
    'ec2:CreateTags',
    'ec2:DeleteTags',
  ],
  collect: (context) => readInstances(context, {}, context.cursor),
  refresh: (context, arn) => findOne(readInstances(context, { InstanceIds: [idOf(arn)] }), arn, gone),
};
