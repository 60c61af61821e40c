// Snapshots of RDS clusters and whom they are shared with.

import {
  type DBClusterSnapshot,
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBClusterSnapshotsCommand,
  paginateDescribeDBClusterSnapshots,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Evidence } from '../../../../domain/evidence.ts';
import type { AnyResource } from '../../../../domain/resource.ts';
import { errorName, membersOf, resourceOf, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { readPages, resumed } from '../../pages.ts';

const listOperation = 'rds:DescribeDBClusterSnapshots';
const sharingOperation = 'rds:DescribeDBClusterSnapshotAttributes';

/** Only manual snapshots can be shared: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html */
async function snapshotOf(context: CollectContext, snapshot: DBClusterSnapshot): Promise<AnyResource | undefined> {
  const must = membersOf(listOperation);
  const id = must(snapshot.DBClusterSnapshotIdentifier, 'DBClusterSnapshotIdentifier');
  const snapshotType = must(snapshot.SnapshotType, 'SnapshotType');
  const parts = partsOf(context, (error) => errorName(error).startsWith('DBClusterSnapshotNotFound'));
  let sharedWith: Evidence<readonly string[] | null> = null;
  if (snapshotType === 'manual')
    sharedWith = await parts.always(sharingOperation, async () => {
      const answer = await context
        .client(RDSClient)
        .send(new DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier: id }), {
          abortSignal: context.signal,
        });
      const result = membersOf(sharingOperation)(
        answer.DBClusterSnapshotAttributesResult,
        'DBClusterSnapshotAttributesResult',
      );
      const attributes = membersOf(sharingOperation)(result.DBClusterSnapshotAttributes, 'DBClusterSnapshotAttributes');
      return attributes.find((one) => one.AttributeName === 'restore')?.AttributeValues ?? [];
    });
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::RDS::DBClusterSnapshot', {
    arn: must(snapshot.DBClusterSnapshotArn, 'DBClusterSnapshotArn'),
    name: id,
    tags: tagsOf(snapshot.TagList),
    config: {
      sourceId: must(snapshot.DBClusterIdentifier, 'DBClusterIdentifier'),
      engine: must(snapshot.Engine, 'Engine'),
      snapshotType,
      encrypted: must(snapshot.StorageEncrypted, 'StorageEncrypted'),
      kmsKeyId: textOrNull(snapshot.KmsKeyId),
      createdAt: snapshot.SnapshotCreateTime?.toISOString() ?? '',
      sharedWith,
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::RDS::DBClusterSnapshot'],
  operations: [listOperation, sharingOperation],
  events: [
    'rds:CreateDBClusterSnapshot',
    'rds:CopyDBClusterSnapshot',
    'rds:ModifyDBClusterSnapshotAttribute',
    'rds:DeleteDBClusterSnapshot',
  ],
  async *collect(context) {
    const client = context.client(RDSClient);
    const list = resumed(context.cursor, (startingToken) =>
      paginateDescribeDBClusterSnapshots({ client, startingToken, pageSize: 100 }, {}, { abortSignal: context.signal }),
    );
    yield* readPages(
      context,
      list,
      (page) => ({ items: membersOf(listOperation)(page.DBClusterSnapshots, 'DBClusterSnapshots'), next: page.Marker }),
      (snapshot) => snapshotOf(context, snapshot),
    );
  },
  async refresh(context, arn) {
    try {
      const answer = await context
        .client(RDSClient)
        .send(new DescribeDBClusterSnapshotsCommand({ DBClusterSnapshotIdentifier: arn }), {
          abortSignal: context.signal,
        });
      const snapshot = membersOf(listOperation)(answer.DBClusterSnapshots, 'DBClusterSnapshots')[0];
      return snapshot === undefined ? undefined : await snapshotOf(context, snapshot);
    } catch (error) {
      if (errorName(error).startsWith('DBClusterSnapshotNotFound')) return undefined;
      throw error;
    }
  },
};
