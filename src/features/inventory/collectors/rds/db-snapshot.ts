// Snapshots of RDS instances and whom they are shared with.

import {
  type DBSnapshot,
  DescribeDBSnapshotAttributesCommand,
  type DescribeDBSnapshotsMessage,
  paginateDescribeDBSnapshots,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Evidence } from '../../../../domain/evidence.ts';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, tagsOf, textOrNull, timeOrNull } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { findOne, readPages, resumed } from '../../pages.ts';

const list = 'rds:DescribeDBSnapshots';
const must = membersOf(list);
const sharing = 'rds:DescribeDBSnapshotAttributes';
const gone = ['DBSnapshotNotFoundFault', 'DBSnapshotNotFound'];

/** Account ids that may restore a snapshot, or `all`. */
async function readSharing(context: CollectContext, DBSnapshotIdentifier: string): Promise<string[]> {
  const command = new DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier });
  const answer = await context.client(RDSClient).send(command, { abortSignal: context.signal });
  const attributes = membersOf(sharing)(
    answer.DBSnapshotAttributesResult?.DBSnapshotAttributes,
    'DBSnapshotAttributes',
  );
  return attributes.find(({ AttributeName }) => AttributeName === 'restore')?.AttributeValues ?? [];
}

async function readSnapshot(context: CollectContext, snapshot: DBSnapshot): Promise<AnyResource | undefined> {
  const name = must(snapshot.DBSnapshotIdentifier, 'DBSnapshotIdentifier');
  const snapshotType = must(snapshot.SnapshotType, 'SnapshotType');
  const parts = partsOf(context, gone);
  let sharedWith: Evidence<readonly string[] | null> = null;
  // Only manual snapshots can be shared: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html
  if (snapshotType === 'manual') sharedWith = await parts.always(sharing, () => readSharing(context, name));
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::RDS::DBSnapshot', {
    arn: must(snapshot.DBSnapshotArn, 'DBSnapshotArn'),
    name,
    tags: tagsOf(snapshot.TagList),
    config: {
      sourceId: must(snapshot.DBInstanceIdentifier, 'DBInstanceIdentifier'),
      engine: must(snapshot.Engine, 'Engine'),
      snapshotType,
      encrypted: must(snapshot.Encrypted, 'Encrypted'),
      kmsKeyId: textOrNull(snapshot.KmsKeyId),
      // A snapshot that is being made has no time yet.
      createdAt: timeOrNull(snapshot.SnapshotCreateTime) ?? context.now(),
      sharedWith,
    },
  });
}

/** Which snapshots of a list are read, and the cursor of its pages. */
interface Part {
  keeps: (snapshot: DBSnapshot) => boolean;
  cursorOf: (marker: string) => string;
}

const whole: Part = { keeps: () => true, cursorOf: (marker) => marker };
const isOfBackup = ({ SnapshotType }: DBSnapshot): boolean => SnapshotType === 'awsbackup';
/** Begins the cursors within the snapshots of AWS Backup. */
const backupCursor = 'awsbackup:';

function readSnapshots(
  context: CollectContext,
  input: DescribeDBSnapshotsMessage,
  { keeps, cursorOf }: Part = whole,
  cursor?: string,
): AsyncGenerator<Page> {
  const client = context.client(RDSClient);
  const pages = resumed(cursor, (startingToken) =>
    paginateDescribeDBSnapshots({ client, startingToken, pageSize: 100 }, input, { abortSignal: context.signal }),
  );
  return readPages(
    context,
    pages,
    (page) => ({
      items: must(page.DBSnapshots, 'DBSnapshots').filter(keeps),
      next: page.Marker === undefined ? undefined : cursorOf(page.Marker),
    }),
    (snapshot) => readSnapshot(context, snapshot),
  );
}

/**
 * Automated and manual snapshots, then those of AWS Backup, which AWS lists only for those who ask for them. Whatever an
 * answer holds, each is read once.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSnapshots.html (SnapshotType)
 */
async function* collect(context: CollectContext): AsyncGenerator<Page> {
  const { cursor } = context;
  const inBackups = cursor?.startsWith(backupCursor) === true;
  if (!inBackups) {
    yield* readSnapshots(context, {}, { ...whole, keeps: (snapshot) => !isOfBackup(snapshot) }, cursor);
    yield { resources: [], cursor: backupCursor };
  }
  const ofBackup = { keeps: isOfBackup, cursorOf: (marker: string) => `${backupCursor}${marker}` };
  const marker = inBackups ? textOrNull(cursor.slice(backupCursor.length)) : null;
  yield* readSnapshots(context, { SnapshotType: 'awsbackup' }, ofBackup, marker ?? undefined);
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::RDS::DBSnapshot'],
  operations: [list, sharing],
  events: [
    'rds:CreateDBSnapshot',
    'rds:CopyDBSnapshot',
    'rds:ModifyDBSnapshotAttribute',
    'rds:DeleteDBSnapshot',
    'rds:AddTagsToResource',
    'rds:RemoveTagsFromResource',
  ],
  collect,
  refresh(context, arn) {
    // Ids that AWS gives begin with who made the snapshot, which must then be said: `rds:…`, `awsbackup:…`.
    const id = arn.slice(arn.indexOf(':snapshot:') + ':snapshot:'.length);
    const maker = /^(rds|awsbackup):/.exec(id)?.[1];
    const SnapshotType = maker === undefined ? 'manual' : maker === 'rds' ? 'automated' : maker;
    return findOne(readSnapshots(context, { DBSnapshotIdentifier: id, SnapshotType }), arn, gone);
  },
};
