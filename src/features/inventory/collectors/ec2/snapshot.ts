// EBS snapshots of this account, and which of them anybody may restore.

import {
  DescribeSnapshotAttributeCommand,
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
const permission = 'ec2:DescribeSnapshotAttribute';
const gone = ['InvalidSnapshot.NotFound'];

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

/** Whether everybody may create volumes of a snapshot. */
async function readPermission(context: CollectContext, SnapshotId: string): Promise<boolean> {
  const command = new DescribeSnapshotAttributeCommand({ SnapshotId, Attribute: 'createVolumePermission' });
  const answer = await context.client(EC2Client).send(command, { abortSignal: context.signal });
  const permissions = membersOf(permission)(answer.CreateVolumePermissions, 'CreateVolumePermissions');
  return permissions.some(({ Group }) => Group === 'all');
}

async function readSnapshot(
  context: CollectContext,
  snapshot: Snapshot,
  listed: Public,
): Promise<AnyResource | undefined> {
  const id = must(snapshot.SnapshotId, 'SnapshotId');
  const parts = partsOf(context, gone);
  let isPublic = isUnread(listed) ? listed : listed.has(id);
  // An endpoint that overlooks the filter lists private ones as well: the permission decides, where it can be read.
  if (isPublic === true) {
    const permitted = await parts.always(permission, () => readPermission(context, id));
    if (!isUnread(permitted)) isPublic = permitted;
  }
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::EC2::Snapshot', {
    arn: settingArn(context, 'ec2', context.region, `snapshot/${id}`),
    name: id,
    tags: tagsOf(snapshot.Tags),
    config: {
      volumeId: must(snapshot.VolumeId, 'VolumeId'),
      encrypted: must(snapshot.Encrypted, 'Encrypted'),
      kmsKeyId: textOrNull(snapshot.KmsKeyId),
      startedAt: must.time(snapshot.StartTime, 'StartTime'),
      public: isPublic,
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
    (snapshot) => readSnapshot(context, snapshot, shared),
  );
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::EC2::Snapshot'],
  operations: [operation, permission],
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
  refresh: (context, arn) => findOne(readSnapshots(context, { SnapshotIds: [idOf(arn)] }, {}), arn, gone),
};
