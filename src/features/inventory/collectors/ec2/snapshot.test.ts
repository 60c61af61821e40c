import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, awsError, type Call, collected, collectedUntilError, refreshed } from '../testing.ts';
import { collector } from './snapshot.ts';

const snapshot = (SnapshotId: string, more: object = {}): object => ({
  SnapshotId,
  VolumeId: 'vol-1',
  Encrypted: false,
  StartTime: new Date('2025-05-01T10:00:00Z'),
  Tags: [{ Key: 'owner', Value: 'backup' }],
  ...more,
});

const asksForPublic = ({ input }: Call): boolean => input['RestorableByUserIds'] !== undefined;

function own({ input }: Call): object {
  const ids = input['SnapshotIds'] as string[] | undefined;
  if (ids !== undefined) return { Snapshots: [snapshot(String(ids[0]))] };
  return input['NextToken'] === undefined
    ? { Snapshots: [snapshot('snap-1')], NextToken: 'second' }
    : { Snapshots: [snapshot('snap-2'), snapshot('snap-3')] };
}

const answers: Answers = {
  'ec2:DescribeSnapshots': (call) => {
    if (!asksForPublic(call)) return own(call);
    return call.input['NextToken'] === undefined
      ? { Snapshots: [], NextToken: 'more' }
      : { Snapshots: [snapshot('snap-2')] };
  },
  'ec2:DescribeSnapshotAttribute': { CreateVolumePermissions: [{ UserId: '444455556666' }, { Group: 'all' }] },
};

const publicList = (answer: () => object): Answers => ({
  'ec2:DescribeSnapshots': (call) => (asksForPublic(call) ? answer() : own(call)),
});
const refusal = (): object => {
  throw awsError('UnauthorizedOperation');
};

keepsItsPromises('ec2/snapshot', { collector, answers, parts: { 'ec2:DescribeSnapshotAttribute': [] } });

describe('ec2/snapshot', () => {
  test('reads every page of its own and joins every page of the public ones', async () => {
    const { resources, pages, context } = await collected(collector, answers);
    expect(resources.map(({ name, config }) => [name, 'public' in config && config.public])).toEqual([
      ['snap-1', false],
      ['snap-2', true],
      ['snap-3', false],
    ]);
    expect(pages.map((page) => page.cursor)).toEqual(['second', undefined]);
    expect(resources[0]).toMatchObject({
      arn: 'arn:aws:ec2:eu-west-1:111122223333:snapshot/snap-1',
      tags: { owner: 'backup' },
      config: { volumeId: 'vol-1', encrypted: false, kmsKeyId: null, startedAt: '2025-05-01T10:00:00.000Z' },
    });
    const lists = context.calls.filter(({ operation }) => operation === 'ec2:DescribeSnapshots');
    expect(lists.map(({ input }) => input['OwnerIds'])).toEqual(Array.from({ length: 4 }, () => ['self']));
    const asked = context.calls.filter(({ operation }) => operation === 'ec2:DescribeSnapshotAttribute');
    expect(asked.map(({ input }) => input['SnapshotId'])).toEqual(['snap-2']);
  });

  test('goes on from a cursor and still knows which are public', async () => {
    const { resources } = await collected(collector, answers, { cursor: 'second' });
    expect(resources.map(({ config }) => 'public' in config && config.public)).toEqual([true, false]);
  });

  test('one that is listed as public but whose permissions name accounts alone is not', async () => {
    const { resources } = await collected(collector, {
      ...answers,
      'ec2:DescribeSnapshotAttribute': { CreateVolumePermissions: [{ UserId: '444455556666' }] },
    });
    expect(resources.map(({ config }) => 'public' in config && config.public)).toEqual([false, false, false]);
  });

  test('one that is listed as public stays so when its permissions cannot be read, and is left out when it is gone', async () => {
    const refused = await collected(collector, {
      ...answers,
      'ec2:DescribeSnapshotAttribute': () => refusal(),
    });
    expect(refused.resources).toMatchObject([{}, { config: { public: true } }, {}]);
    const { resources } = await collected(collector, {
      ...answers,
      'ec2:DescribeSnapshotAttribute': () => {
        throw awsError('InvalidSnapshot.NotFound');
      },
    });
    expect(resources.map(({ name }) => name)).toEqual(['snap-1', 'snap-3']);
  });

  test.each([
    ['refused', 'denied', refusal],
    ['not believed', 'failed', () => ({})],
  ])('when the list of public ones is %s, no snapshot counts as private', async (_name, reason, answer) => {
    const { resources, context } = await collected(collector, publicList(answer));
    expect(resources).toHaveLength(3);
    expect(resources).toMatchObject(resources.map(() => ({ config: { public: { $unread: { reason } } } })));
    expect(context.gaps).toHaveLength(1);
  });

  test('when its own list is refused, nothing is concluded', async () => {
    const { error } = await collectedUntilError(collector, {
      'ec2:DescribeSnapshots': (call) => {
        if (asksForPublic(call)) return { Snapshots: [] };
        throw awsError('UnauthorizedOperation');
      },
    });
    expect(error).toMatchObject({ name: 'UnauthorizedOperation' });
  });

  test('one that is gone is not found', async () => {
    const gone: Answers = {
      'ec2:DescribeSnapshots': (call) => {
        if (asksForPublic(call)) return { Snapshots: [] };
        throw awsError('InvalidSnapshot.NotFound');
      },
    };
    expect(await refreshed(collector, gone, 'arn:aws:ec2:eu-west-1:111122223333:snapshot/snap-1')).toBeUndefined();
  });
});
