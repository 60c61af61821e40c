import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './db-cluster-snapshot.ts';

const arnOf = (id: string): string => `arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:${id}`;

const typeOf = (id: string): string => (id.startsWith('rds:') ? 'automated' : 'manual');

const snapshot = (id: string, more: object = {}): object => ({
  DBClusterSnapshotArn: arnOf(id),
  DBClusterSnapshotIdentifier: id,
  DBClusterIdentifier: 'db',
  Engine: 'postgres',
  SnapshotType: typeOf(id),
  StorageEncrypted: true,
  KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/key-1',
  SnapshotCreateTime: new Date('2025-05-01T10:00:00Z'),
  TagList: [{ Key: 'owner', Value: 'payments' }],
  ...more,
});

const sharedWith = (...AttributeValues: string[]): object => ({
  DBClusterSnapshotAttributesResult: { DBClusterSnapshotAttributes: [{ AttributeName: 'restore', AttributeValues }] },
});

const answers: Answers = {
  'rds:DescribeDBClusterSnapshots': ({ input }) => {
    const id = input['DBClusterSnapshotIdentifier'] as string | undefined;
    if (id !== undefined) return { DBClusterSnapshots: input['SnapshotType'] === typeOf(id) ? [snapshot(id)] : [] };
    return input['Marker'] === undefined
      ? { DBClusterSnapshots: [snapshot('one')], Marker: 'second' }
      : { DBClusterSnapshots: [snapshot('rds:two')] };
  },
  'rds:DescribeDBClusterSnapshotAttributes': sharedWith('444455556666'),
};

const oneSnapshot = (more: object): Answers => ({
  ...answers,
  'rds:DescribeDBClusterSnapshots': { DBClusterSnapshots: [snapshot('one', more)] },
});

keepsItsPromises('rds/db-cluster-snapshot', {
  collector,
  answers,
  parts: { 'rds:DescribeDBClusterSnapshotAttributes': ['config.sharedWith'] },
});

describe('rds/db-cluster-snapshot', () => {
  test('reads every page, and whom manual snapshots are shared with', async () => {
    const { resources, pages, context } = await collected(collector, answers);
    expect(pages.map((page) => page.cursor)).toEqual(['second', undefined]);
    expect(resources).toMatchObject([
      {
        arn: arnOf('one'),
        tags: { owner: 'payments' },
        config: {
          sourceId: 'db',
          snapshotType: 'manual',
          encrypted: true,
          createdAt: '2025-05-01T10:00:00.000Z',
          sharedWith: ['444455556666'],
        },
      },
      { name: 'rds:two', config: { snapshotType: 'automated', sharedWith: null } },
    ]);
    expect(context.calls.filter(({ operation }) => operation.endsWith('Attributes'))).toHaveLength(1);
  });

  test('goes on from a cursor', async () => {
    const { resources } = await collected(collector, answers, { cursor: 'second' });
    expect(resources.map(({ name }) => name)).toEqual(['rds:two']);
  });

  test.each([
    ['nobody', [], []],
    ['everybody', ['all'], ['all']],
  ])('one that is shared with %s', async (_name, values, expected) => {
    const shared = { ...oneSnapshot({}), 'rds:DescribeDBClusterSnapshotAttributes': sharedWith(...values) };
    const { resources } = await collected(collector, shared);
    expect(resources).toMatchObject([{ config: { sharedWith: expected } }]);
  });

  test('one that is gone when its sharing is asked for is left out', async () => {
    const { resources, context } = await collected(collector, {
      ...answers,
      'rds:DescribeDBClusterSnapshotAttributes': refuse('DBClusterSnapshotNotFoundFault'),
    });
    expect(resources.map(({ name }) => name)).toEqual(['rds:two']);
    expect(context.gaps).toEqual([]);
  });

  test('one that is being made', async () => {
    const { resources } = await collected(
      collector,
      oneSnapshot({ SnapshotCreateTime: undefined, KmsKeyId: undefined }),
    );
    expect(resources).toMatchObject([{ config: { createdAt: '2026-01-02T03:04:05.000Z', kmsKeyId: null } }]);
  });

  test.each(['StorageEncrypted', 'SnapshotType'])('%s is not guessed', async (name) => {
    const { error } = await collectedUntilError(collector, oneSnapshot({ [name]: undefined }));
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test('one that is gone is not found', async () => {
    const without = { ...answers, 'rds:DescribeDBClusterSnapshots': refuse('DBClusterSnapshotNotFoundFault') };
    expect(await refreshed(collector, without, arnOf('one'))).toBeUndefined();
  });

  test.each(['manual', 'awsbackup'])('one of AWS Backup is found again among those of the type %s', async (type) => {
    const id = 'awsbackup:job-1';
    const ofType: Answers = {
      ...answers,
      'rds:DescribeDBClusterSnapshots': ({ input }) => ({
        DBClusterSnapshots: input['SnapshotType'] === type ? [snapshot(id, { SnapshotType: type })] : [],
      }),
    };
    expect(await refreshed(collector, ofType, arnOf(id))).toMatchObject({ name: id, config: { snapshotType: type } });
  });

  test('another one than was asked for is not taken', async () => {
    expect(await refreshed(collector, oneSnapshot({}), arnOf('two'))).toBeUndefined();
  });
});
