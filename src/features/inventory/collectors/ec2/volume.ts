// EBS volumes.

import { type DescribeVolumesRequest, EC2Client, paginateDescribeVolumes, type Volume } from '@aws-sdk/client-ec2';
import type { AnyResource } from '../../../../domain/resource.ts';
import { idOf, membersOf, resourceOf, settingArn, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { findOne, pageSizeOf, readPages, resumed } from '../../pages.ts';

const operation = 'ec2:DescribeVolumes';
const must = membersOf(operation);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Volume.html */
function volumeOf(context: CollectContext, volume: Volume): AnyResource {
  const id = must(volume.VolumeId, 'VolumeId');
  return resourceOf(context, 'AWS::EC2::Volume', {
    arn: settingArn(context, 'ec2', context.region, `volume/${id}`),
    name: id,
    tags: tagsOf(volume.Tags),
    config: {
      state: must(volume.State, 'State'),
      encrypted: must(volume.Encrypted, 'Encrypted'),
      kmsKeyId: textOrNull(volume.KmsKeyId),
      sizeGib: must(volume.Size, 'Size'),
      volumeType: must(volume.VolumeType, 'VolumeType'),
      attachedInstanceIds: (volume.Attachments ?? []).flatMap(({ InstanceId }) => InstanceId ?? []),
    },
  });
}

/**
 * An account may hide what services manage in it (nodes of EKS, for example) from all who do not ask for it.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumes.html (IncludeManagedResources)
 */
function readVolumes(context: CollectContext, input: DescribeVolumesRequest, cursor?: string): AsyncGenerator<Page> {
  const client = context.client(EC2Client);
  const list = resumed(cursor, (startingToken) =>
    paginateDescribeVolumes(
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
    (page) => ({ items: must(page.Volumes, 'Volumes'), next: page.NextToken }),
    (volume) => volumeOf(context, volume),
  );
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::EC2::Volume'],
  operations: [operation],
  events: [
    'ec2:CreateVolume',
    'ec2:DeleteVolume',
    'ec2:AttachVolume',
    'ec2:DetachVolume',
    'ec2:ModifyVolume',
    'ec2:RunInstances',
    'ec2:CreateTags',
    'ec2:DeleteTags',
  ],
  collect: (context) => readVolumes(context, {}, context.cursor),
  refresh: (context, arn) => findOne(readVolumes(context, { VolumeIds: [idOf(arn)] }), arn, ['InvalidVolume.NotFound']),
};
