import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './db-snapshot.ts';

const arnOf = (id: string): string => `arn:aws:rds:eu-west-1:111122223333:snapshot:${id}`;

const typeOf = (id: string): string =>
  id.startsWith('rds:') ? 'automated' : id.startsWith('awsbackup:') ? 'awsbackup' : 'manual';

const snapshot = (id: string, more: object = {}): object => ({
  DBSnapshotArn: arnOf(id),
  DBSnapshotIdentifier: id,
  DBInstanceIdentifier: 'db',
  Engine: 'postgres',
  SnapshotType: typeOf(id),
  Encrypted: true,
  KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/key-1',
  SnapshotCreateTime: new Date('2025-05-01T10:00:00Z'),
  TagList: [{ Key: 'owner', Value: 'payments' }],
  ...more,
});

const sharedWith = (...AttributeValues: string[]): object => ({
  DBSnapshotAttributesResult: { DBSnapshotAttributes: [{ AttributeName: 'restore', AttributeValues }] },
});

const answers: Answers = {
  'rds:DescribeDBSnapshots': ({ input }) => {
    const id = input['DBSnapshotIdentifier'] as string | undefined;
    if (id !== undefined) return { DBSnapshots: input['SnapshotType'] === typeOf(id) ? [snapshot(id)] : [] };
    if (input['SnapshotType'] === 'awsbackup')
      return input['Marker'] === undefined
        ? { DBSnapshots: [snapshot('awsbackup:job-1')], Marker: 'later' }
        : { DBSnapshots: [snapshot('awsbackup:job-2')] };
    return input['Marker'] === undefined
      ? { DBSnapshots: [snapshot('one')], Marker: 'second' }
      : { DBSnapshots: [snapshot('rds:two')] };
  },
  'rds:DescribeDBSnapshotAttributes': sharedWith('444455556666'),
};

const oneSnapshot = (more: object): Answers => ({
  ...answers,
  'rds:DescribeDBSnapshots': { DBSnapshots: [snapshot('one', more)] },
});

const namesFrom = async (cursor: string): Promise<string[]> =>
  (await collected(collector, answers, { cursor })).resources.map(({ name }) => name);

keepsItsPromises('rds/db-snapshot', {
  collector,
  answers,
  parts: { 'rds:DescribeDBSnapshotAttributes': ['config.sharedWith'] },
});

describe('rds/db-snapshot', () => {
  test('reads every page, and whom manual snapshots are shared with', async () => {
    const { resources, pages, context } = await collected(collector, answers);
    expect(pages.map((page) => page.cursor)).toEqual(['second', undefined, 'awsbackup:', 'awsbackup:later', undefined]);
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
      { name: 'awsbackup:job-1', config: { snapshotType: 'awsbackup', sharedWith: null } },
      { name: 'awsbackup:job-2' },
    ]);
    expect(context.calls.filter(({ operation }) => operation.endsWith('Attributes'))).toHaveLength(1);
  });

  test('goes on from a cursor', async () => {
    expect(await namesFrom('second')).toEqual(['rds:two', 'awsbackup:job-1', 'awsbackup:job-2']);
    expect(await namesFrom('awsbackup:')).toEqual(['awsbackup:job-1', 'awsbackup:job-2']);
    expect(await namesFrom('awsbackup:later')).toEqual(['awsbackup:job-2']);
  });

  test('one of AWS Backup that is listed with the others is read once', async () => {
    const mixed = { DBSnapshots: [snapshot('one'), snapshot('awsbackup:job-1')] };
    const { resources } = await collected(collector, { ...answers, 'rds:DescribeDBSnapshots': mixed });
    expect(resources.map(({ name }) => name)).toEqual(['one', 'awsbackup:job-1']);
  });

  test.each([
    ['nobody', [], []],
    ['everybody', ['all'], ['all']],
  ])('one that is shared with %s', async (_name, values, expected) => {
    const shared = { ...oneSnapshot({}), 'rds:DescribeDBSnapshotAttributes': sharedWith(...values) };
    const { resources } = await collected(collector, shared);
    expect(resources).toMatchObject([{ config: { sharedWith: expected } }]);
  });

  test('one that is gone when its sharing is asked for is left out', async () => {
    const { resources, context } = await collected(collector, {
      ...answers,
      'rds:DescribeDBSnapshotAttributes': refuse('DBSnapshotNotFoundFault'),
    });
    expect(resources.map(({ name }) => name)).toEqual(['rds:two', 'awsbackup:job-1', 'awsbackup:job-2']);
    expect(context.gaps).toEqual([]);
  });

  test('one that is being made', async () => {
    const { resources } = await collected(
      collector,
      oneSnapshot({ SnapshotCreateTime: undefined, KmsKeyId: undefined }),
    );
    expect(resources).toMatchObject([{ config: { createdAt: '2026-01-02T03:04:05.000Z', kmsKeyId: null } }]);
  });

  test.each(['Encrypted', 'SnapshotType'])('%s is not guessed', async (name) => {
    const { error } = await collectedUntilError(collector, oneSnapshot({ [name]: undefined }));
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test('one that is gone is not found', async () => {
    const without = { ...answers, 'rds:DescribeDBSnapshots': refuse('DBSnapshotNotFoundFault') };
    expect(await refreshed(collector, without, arnOf('one'))).toBeUndefined();
  });

  test('another one than was asked for is not taken', async () => {
    expect(await refreshed(collector, oneSnapshot({}), arnOf('two'))).toBeUndefined();
  });
});
