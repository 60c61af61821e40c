// EBS snapshots of this account, and which of them anybody may restore.

import { EC2Client, paginateDescribeSnapshots, type Snapshot } from '@aws-sdk/client-ec2';
import { type Evidence, isUnread } from '../../../../domain/evidence.ts';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, settingArn, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { readPages, resumed } from '../../pages.ts';

const operation = 'ec2:DescribeSnapshots';

/**
 * The public ones, by one list instead of a call per snapshot.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html (RestorableByUserIds)
 */
function readPublic(context: CollectContext): Promise<Evidence<ReadonlySet<string>>> {
  const client = context.client(EC2Client);
  const must = membersOf(operation);
  return partsOf(context, []).always(operation, async () => {
    const ids = new Set<string>();
    const input = { OwnerIds: ['self'], RestorableByUserIds: ['all'] };
    for await (const page of paginateDescribeSnapshots({ client, pageSize: 1000 }, input, {
      abortSignal: context.signal,
    }))
      for (const snapshot of must(page.Snapshots, 'Snapshots')) ids.add(must(snapshot.SnapshotId, 'SnapshotId'));
    return ids;
  });
}

function snapshotOf(context: CollectContext, snapshot: Snapshot, shared: Evidence<ReadonlySet<string>>): AnyResource {
  const must = membersOf(operation);
  const id = must(snapshot.SnapshotId, 'SnapshotId');
  return resourceOf(context, 'AWS::EC2::Snapshot', {
    arn: settingArn(context, 'ec2', context.region, `snapshot/${id}`),
    name: id,
    tags: tagsOf(snapshot.Tags),
    config: {
      volumeId: snapshot.VolumeId ?? '',
      encrypted: must(snapshot.Encrypted, 'Encrypted'),
      kmsKeyId: textOrNull(snapshot.KmsKeyId),
      startedAt: snapshot.StartTime?.toISOString() ?? '',
      public: isUnread(shared) ? shared : shared.has(id),
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::EC2::Snapshot'],
  operations: [operation],
  events: [
    'ec2:CreateSnapshot',
    'ec2:CreateSnapshots',
    'ec2:CopySnapshot',
    'ec2:DeleteSnapshot',
    'ec2:ModifySnapshotAttribute',
  ],
  async *collect(context) {
    const shared = await readPublic(context);
    const client = context.client(EC2Client);
    const list = resumed(context.cursor, (startingToken) =>
      paginateDescribeSnapshots(
        { client, startingToken, pageSize: 1000 },
        { OwnerIds: ['self'] },
        { abortSignal: context.signal },
      ),
    );
    yield* readPages(
      context,
      list,
      (page) => ({ items: membersOf(operation)(page.Snapshots, 'Snapshots'), next: page.NextToken }),
      (snapshot) => snapshotOf(context, snapshot, shared),
    );
  },
};
