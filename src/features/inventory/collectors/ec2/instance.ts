// EC2 instances. Their user data stops here: recognised secrets go on.

import {
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  EC2Client,
  type Instance,
  paginateDescribeInstances,
} from '@aws-sdk/client-ec2';
import type { Evidence } from '../../../../domain/evidence.ts';
import type { AnyResource } from '../../../../domain/resource.ts';
import type { SecretMatch } from '../../../../domain/secret.ts';
import { errorName, membersOf, resourceOf, settingArn, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { readPages, resumed } from '../../pages.ts';
import { userDataTexts } from '../../secrets/user-data.ts';

const listOperation = 'ec2:DescribeInstances';
const userDataOperation = 'ec2:DescribeInstanceAttribute';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html */
async function instanceOf(context: CollectContext, instance: Instance): Promise<AnyResource | undefined> {
  const must = membersOf(listOperation);
  const InstanceId = must(instance.InstanceId, 'InstanceId');
  const state = must(instance.State?.Name, 'State.Name');
  // A terminated instance is listed for an hour, without anything left to judge.
  if (state === 'terminated') return undefined;
  const metadata = must(instance.MetadataOptions, 'MetadataOptions');
  const parts = partsOf(context, ['InvalidInstanceID.NotFound']);
  const userDataSecrets: Evidence<readonly SecretMatch[] | null> = await parts.optional(userDataOperation, async () => {
    const answer = await context
      .client(EC2Client)
      .send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'userData' }), {
        abortSignal: context.signal,
      });
    membersOf(userDataOperation)(answer.InstanceId, 'InstanceId');
    const text = answer.UserData?.Value;
    if (text === undefined || text === '') return null;
    return userDataTexts(text).flatMap((part) => context.findSecrets(part.text, part.location));
  });
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::EC2::Instance', {
    arn: settingArn(context, 'ec2', context.region, `instance/${InstanceId}`),
    name: InstanceId,
    tags: tagsOf(instance.Tags),
    config: {
      instanceType: instance.InstanceType ?? '',
      state,
      imageId: instance.ImageId ?? '',
      launchedAt: instance.LaunchTime?.toISOString() ?? '',
      vpcId: textOrNull(instance.VpcId),
      subnetId: textOrNull(instance.SubnetId),
      publicIp: textOrNull(instance.PublicIpAddress),
      privateIp: textOrNull(instance.PrivateIpAddress),
      securityGroupIds: (instance.SecurityGroups ?? []).flatMap((group) => group.GroupId ?? []),
      instanceProfileArn: textOrNull(instance.IamInstanceProfile?.Arn),
      httpTokens: must.oneOf(metadata.HttpTokens, ['required', 'optional'], 'MetadataOptions.HttpTokens'),
      httpEndpoint: must.oneOf(metadata.HttpEndpoint, ['enabled', 'disabled'], 'MetadataOptions.HttpEndpoint'),
      httpPutResponseHopLimit: metadata.HttpPutResponseHopLimit ?? 1,
      userDataSecrets,
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::EC2::Instance'],
  operations: [listOperation, userDataOperation],
  events: [
    'ec2:RunInstances',
    'ec2:StartInstances',
    'ec2:StopInstances',
    'ec2:TerminateInstances',
    'ec2:ModifyInstanceMetadataOptions',
    'ec2:ModifyInstanceAttribute',
    'ec2:AssociateIamInstanceProfile',
    'ec2:DisassociateIamInstanceProfile',
    'ec2:AssociateAddress',
    'ec2:DisassociateAddress',
  ],
  async *collect(context) {
    const client = context.client(EC2Client);
    const list = resumed(context.cursor, (startingToken) =>
      paginateDescribeInstances({ client, startingToken, pageSize: 1000 }, {}, { abortSignal: context.signal }),
    );
    yield* readPages(
      context,
      list,
      (page) => ({
        items: membersOf(listOperation)(page.Reservations, 'Reservations').flatMap((one) => one.Instances ?? []),
        next: page.NextToken,
      }),
      (instance) => instanceOf(context, instance),
    );
  },
  async refresh(context, arn) {
    try {
      const answer = await context
        .client(EC2Client)
        .send(new DescribeInstancesCommand({ InstanceIds: [arn.slice(arn.lastIndexOf('/') + 1)] }), {
          abortSignal: context.signal,
        });
      const instance = membersOf(listOperation)(answer.Reservations, 'Reservations')[0]?.Instances?.[0];
      return instance === undefined ? undefined : await instanceOf(context, instance);
    } catch (error) {
      if (errorName(error) === 'InvalidInstanceID.NotFound') return undefined;
      throw error;
    }
  },
};
