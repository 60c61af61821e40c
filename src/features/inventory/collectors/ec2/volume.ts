// EBS volumes.

import { DescribeVolumesCommand, EC2Client, paginateDescribeVolumes, type Volume } from '@aws-sdk/client-ec2';
import type { AnyResource } from '../../../../domain/resource.ts';
import { errorName, membersOf, resourceOf, settingArn, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { readPages, resumed } from '../../pages.ts';

const operation = 'ec2:DescribeVolumes';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Volume.html */
function volumeOf(context: CollectContext, volume: Volume): AnyResource {
  const must = membersOf(operation);
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
      volumeType: volume.VolumeType ?? '',
      attachedInstanceIds: (volume.Attachments ?? []).flatMap((attachment) => attachment.InstanceId ?? []),
    },
  });
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
  ],
  async *collect(context) {
    const client = context.client(EC2Client);
    const list = resumed(context.cursor, (startingToken) =>
      paginateDescribeVolumes({ client, startingToken, pageSize: 500 }, {}, { abortSignal: context.signal }),
    );
    yield* readPages(
      context,
      list,
      (page) => ({ items: membersOf(operation)(page.Volumes, 'Volumes'), next: page.NextToken }),
      (volume) => volumeOf(context, volume),
    );
  },
  async refresh(context, arn) {
    try {
      const answer = await context
        .client(EC2Client)
        .send(new DescribeVolumesCommand({ VolumeIds: [arn.slice(arn.lastIndexOf('/') + 1)] }), {
          abortSignal: context.signal,
        });
      const volume = membersOf(operation)(answer.Volumes, 'Volumes')[0];
      return volume === undefined ? undefined : volumeOf(context, volume);
    } catch (error) {
      if (errorName(error) === 'InvalidVolume.NotFound') return undefined;
      throw error;
    }
  },
};
