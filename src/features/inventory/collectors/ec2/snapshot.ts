// EBS snapshots of this account, and which of them anybody may restore.

import {
  type DescribeSnapshotsRequest,
  EC2Client,
  paginateDescribeSnapshots,
  type Snapshot,
} from '@aws-sdk/client-ec2';
import { type Evidence, isUnread } from '../../../../domain/evidence.ts';
import type { AnyResource } from '../../../../domain/resource.ts';
import { idOf, membersOf, resourceOf, settingArn, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { findOne, readPages, resumed } from '../../pages.ts';

const operation = 'ec2:DescribeSnapshots';
const must = membersOf(operation);

type Public = Evidence<ReadonlySet<string>>;

/**
 * The account's public snapshots, by one list instead of a call per snapshot.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html (RestorableByUserIds)
 */
function readPublic(context: CollectContext): Promise<Public> {
  return partsOf(context, []).always(operation, async () => {
    const ids = new Set<string>();
    const pages = paginateDescribeSnapshots(
      { client: context.client(EC2Client), pageSize: 1000 },
      { OwnerIds: ['self'], RestorableByUserIds: ['all'] },
      { abortSignal: context.signal },
    );
    for await (const page of pages)
      for (const { SnapshotId } of must(page.Snapshots, 'Snapshots')) ids.add(must(SnapshotId, 'SnapshotId'));
    return ids;
  });
}

function snapshotOf(context: CollectContext, snapshot: Snapshot, shared: Public): AnyResource {
  const id = must(snapshot.SnapshotId, 'SnapshotId');
  return resourceOf(context, 'AWS::EC2::Snapshot', {
    arn: settingArn(context, 'ec2', context.region, `snapshot/${id}`),
    name: id,
    tags: tagsOf(snapshot.Tags),
    config: {
      volumeId: must(snapshot.VolumeId, 'VolumeId'),
      encrypted: must(snapshot.Encrypted, 'Encrypted'),
      kmsKeyId: textOrNull(snapshot.KmsKeyId),
      startedAt: must.time(snapshot.StartTime, 'StartTime'),
      public: isUnread(shared) ? shared : shared.has(id),
    },
  });
}

async function* readSnapshots(
  context: CollectContext,
  input: DescribeSnapshotsRequest,
  pageSize: { pageSize?: number },
  cursor?: string,
): AsyncGenerator<Page> {
  const shared = await readPublic(context);
  const client = context.client(EC2Client);
  const list = resumed(cursor, (startingToken) =>
    paginateDescribeSnapshots({ client, startingToken, ...pageSize }, input, { abortSignal: context.signal }),
  );
  yield* readPages(
    context,
    list,
    (page) => ({ items: must(page.Snapshots, 'Snapshots'), next: page.NextToken }),
    (snapshot) => snapshotOf(context, snapshot, shared),
  );
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
    'ec2:ResetSnapshotAttribute',
    'ec2:CreateTags',
    'ec2:DeleteTags',
  ],
  collect: (context) => readSnapshots(context, { OwnerIds: ['self'] }, { pageSize: 1000 }, context.cursor),
  refresh: (context, arn) =>
    findOne(readSnapshots(context, { SnapshotIds: [idOf(arn)] }, {}), arn, ['InvalidSnapshot.NotFound']),
};
