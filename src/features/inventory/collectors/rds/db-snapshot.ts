// Snapshots of RDS instances and whom they are shared with.

import {
  type DBSnapshot,
  DescribeDBSnapshotAttributesCommand,
  DescribeDBSnapshotsCommand,
  paginateDescribeDBSnapshots,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Evidence } from '../../../../domain/evidence.ts';
import type { AnyResource } from '../../../../domain/resource.ts';
import { errorName, membersOf, resourceOf, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { readPages, resumed } from '../../pages.ts';

const listOperation = 'rds:DescribeDBSnapshots';
const sharingOperation = 'rds:DescribeDBSnapshotAttributes';

/** Only manual snapshots can be shared: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html */
async function snapshotOf(context: CollectContext, snapshot: DBSnapshot): Promise<AnyResource | undefined> {
  const must = membersOf(listOperation);
  const id = must(snapshot.DBSnapshotIdentifier, 'DBSnapshotIdentifier');
  const snapshotType = must(snapshot.SnapshotType, 'SnapshotType');
  const parts = partsOf(context, (error) => errorName(error).startsWith('DBSnapshotNotFound'));
  let sharedWith: Evidence<readonly string[] | null> = null;
  if (snapshotType === 'manual')
    sharedWith = await parts.always(sharingOperation, async () => {
      const answer = await context
        .client(RDSClient)
        .send(new DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier: id }), { abortSignal: context.signal });
      const result = membersOf(sharingOperation)(answer.DBSnapshotAttributesResult, 'DBSnapshotAttributesResult');
      const attributes = membersOf(sharingOperation)(result.DBSnapshotAttributes, 'DBSnapshotAttributes');
      return attributes.find((one) => one.AttributeName === 'restore')?.AttributeValues ?? [];
    });
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::RDS::DBSnapshot', {
    arn: must(snapshot.DBSnapshotArn, 'DBSnapshotArn'),
    name: id,
    tags: tagsOf(snapshot.TagList),
    config: {
      sourceId: must(snapshot.DBInstanceIdentifier, 'DBInstanceIdentifier'),
      engine: must(snapshot.Engine, 'Engine'),
      snapshotType,
      encrypted: must(snapshot.Encrypted, 'Encrypted'),
      kmsKeyId: textOrNull(snapshot.KmsKeyId),
      createdAt: snapshot.SnapshotCreateTime?.toISOString() ?? '',
      sharedWith,
    },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::RDS::DBSnapshot'],
  operations: [listOperation, sharingOperation],
  events: ['rds:CreateDBSnapshot', 'rds:CopyDBSnapshot', 'rds:ModifyDBSnapshotAttribute', 'rds:DeleteDBSnapshot'],
  async *collect(context) {
    const client = context.client(RDSClient);
    const list = resumed(context.cursor, (startingToken) =>
      paginateDescribeDBSnapshots({ client, startingToken, pageSize: 100 }, {}, { abortSignal: context.signal }),
    );
    yield* readPages(
      context,
      list,
      (page) => ({ items: membersOf(listOperation)(page.DBSnapshots, 'DBSnapshots'), next: page.Marker }),
      (snapshot) => snapshotOf(context, snapshot),
    );
  },
  async refresh(context, arn) {
    try {
      const answer = await context
        .client(RDSClient)
        .send(new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: arn }), { abortSignal: context.signal });
      const snapshot = membersOf(listOperation)(answer.DBSnapshots, 'DBSnapshots')[0];
      return snapshot === undefined ? undefined : await snapshotOf(context, snapshot);
    } catch (error) {
      if (errorName(error).startsWith('DBSnapshotNotFound')) return undefined;
      throw error;
    }
  },
};
