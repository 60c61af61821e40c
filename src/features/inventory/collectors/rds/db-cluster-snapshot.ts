// Snapshots of RDS clusters and whom they are shared with.

import {
  type DBClusterSnapshot,
  DescribeDBClusterSnapshotAttributesCommand,
  type DescribeDBClusterSnapshotsMessage,
  paginateDescribeDBClusterSnapshots,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Evidence } from '../../../../domain/evidence.ts';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, tagsOf, textOrNull, timeOrNull } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { findOne, readPages, resumed } from '../../pages.ts';

const list = 'rds:DescribeDBClusterSnapshots';
const must = membersOf(list);
const sharing = 'rds:DescribeDBClusterSnapshotAttributes';
const gone = ['DBClusterSnapshotNotFoundFault', 'DBClusterSnapshotNotFound'];

/** Account ids that may restore a snapshot, or `all`. */
async function readSharing(context: CollectContext, DBClusterSnapshotIdentifier: string): Promise<string[]> {
  const command = new DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier });
  const answer = await context.client(RDSClient).send(command, { abortSignal: context.signal });
  const attributes = membersOf(sharing)(
    answer.DBClusterSnapshotAttributesResult?.DBClusterSnapshotAttributes,
    'DBClusterSnapshotAttributes',
  );
  return attributes.find(({ AttributeName }) => AttributeName === 'restore')?.AttributeValues ?? [];
}

async function readSnapshot(context: CollectContext, snapshot: DBClusterSnapshot): Promise<AnyResource | undefined> {
  const name = must(snapshot.DBClusterSnapshotIdentifier, 'DBClusterSnapshotIdentifier');
  const snapshotType = must(snapshot.SnapshotType, 'SnapshotType');
  const parts = partsOf(context, gone);
  let sharedWith: Evidence<readonly string[] | null> = null;
  // Only manual snapshots can be shared: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html
  if (snapshotType === 'manual') sharedWith = await parts.always(sharing, () => readSharing(context, name));
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::RDS::DBClusterSnapshot', {
    arn: must(snapshot.DBClusterSnapshotArn, 'DBClusterSnapshotArn'),
    name,
    tags: tagsOf(snapshot.TagList),
    config: {
      sourceId: must(snapshot.DBClusterIdentifier, 'DBClusterIdentifier'),
      engine: must(snapshot.Engine, 'Engine'),
      snapshotType,
      encrypted: must(snapshot.StorageEncrypted, 'StorageEncrypted'),
      kmsKeyId: textOrNull(snapshot.KmsKeyId),
      // A snapshot that is being made has no time yet.
      createdAt: timeOrNull(snapshot.SnapshotCreateTime) ?? context.now(),
      sharedWith,
    },
  });
}

function readSnapshots(
  context: CollectContext,
  input: DescribeDBClusterSnapshotsMessage,
  cursor?: string,
): AsyncGenerator<Page> {
  const client = context.client(RDSClient);
  const pages = resumed(cursor, (startingToken) =>
    paginateDescribeDBClusterSnapshots({ client, startingToken, pageSize: 100 }, input, {
      abortSignal: context.signal,
    }),
  );
  return readPages(
    context,
    pages,
    (page) => ({ items: must(page.DBClusterSnapshots, 'DBClusterSnapshots'), next: page.Marker }),
    (snapshot) => readSnapshot(context, snapshot),
  );
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::RDS::DBClusterSnapshot'],
  operations: [list, sharing],
  events: [
    'rds:CreateDBClusterSnapshot',
    'rds:CopyDBClusterSnapshot',
    'rds:ModifyDBClusterSnapshotAttribute',
    'rds:DeleteDBClusterSnapshot',
    'rds:AddTagsToResource',
    'rds:RemoveTagsFromResource',
  ],
  collect: (context) => readSnapshots(context, {}, context.cursor),
  async refresh(context, arn) {
    const id = arn.slice(arn.indexOf(':cluster-snapshot:') + ':cluster-snapshot:'.length);
    for (const SnapshotType of typesOf(id)) {
      const list = readSnapshots(context, { DBClusterSnapshotIdentifier: id, SnapshotType });
      const found = await findOne(list, arn, gone);
      if (found !== undefined) return found;
    }
    return undefined;
  },
};

/**
 * Under which types a snapshot may be listed: those of RDS itself must be asked for by theirs. For clusters AWS knows no
 * type of AWS Backup, whose snapshots count as manual, but gives their instances' snapshots one.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusterSnapshots.html (SnapshotType)
 */
function typesOf(id: string): readonly string[] {
  if (id.startsWith('rds:')) return ['automated'];
  return id.startsWith('awsbackup:') ? ['manual', 'awsbackup'] : ['manual'];
}
