import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './volume.ts';

const volume = (VolumeId: string, more: object = {}): object => ({
  VolumeId,
  State: 'in-use',
  Encrypted: true,
  KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/key-1',
  Size: 100,
  VolumeType: 'gp3',
  Attachments: [{ InstanceId: 'i-1' }],
  ...more,
});

const answers: Answers = {
  'ec2:DescribeVolumes': ({ input }) => {
    const ids = input['VolumeIds'] as string[] | undefined;
    if (ids !== undefined) return { Volumes: [volume(String(ids[0]))] };
    return input['NextToken'] === undefined
      ? { Volumes: [volume('vol-1')], NextToken: 'second' }
      : { Volumes: [volume('vol-2')] };
  },
};

const withVolume = (more: object): Answers => ({ 'ec2:DescribeVolumes': { Volumes: [volume('vol-1', more)] } });

keepsItsPromises('ec2/volume', { collector, answers });

describe('ec2/volume', () => {
  test('one that a service manages is read, though the account may hide those from who does not ask', async () => {
    const hidden: Answers = {
      'ec2:DescribeVolumes': ({ input: { IncludeManagedResources: shown } }) => ({
        Volumes: shown ? [volume('vol-1')] : [],
      }),
    };
    const { resources } = await collected(collector, hidden);
    expect(resources.map(({ name }) => name)).toEqual(['vol-1']);
    expect(await refreshed(collector, hidden, 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1')).toBeDefined();
  });

  test('reads every page', async () => {
    const { resources, pages } = await collected(collector, answers);
    expect(resources.map(({ name }) => name)).toEqual(['vol-1', 'vol-2']);
    expect(pages[0]?.cursor).toBe('second');
    expect(resources[0]).toMatchObject({
      arn: 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1',
      config: {
        state: 'in-use',
        encrypted: true,
        kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/key-1',
        sizeGib: 100,
        volumeType: 'gp3',
        attachedInstanceIds: ['i-1'],
      },
    });
  });

  test('goes on from a cursor', async () => {
    const { resources } = await collected(collector, answers, { cursor: 'second' });
    expect(resources.map(({ name }) => name)).toEqual(['vol-2']);
  });

  test('one that is neither encrypted nor attached', async () => {
    const { resources } = await collected(
      collector,
      withVolume({ Encrypted: false, KmsKeyId: undefined, Attachments: undefined }),
    );
    expect(resources).toMatchObject([{ config: { encrypted: false, kmsKeyId: null, attachedInstanceIds: [] } }]);
  });

  test('whether it is encrypted is not guessed', async () => {
    const { error } = await collectedUntilError(collector, withVolume({ Encrypted: undefined }));
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test('one that is gone is not found', async () => {
    const gone = { 'ec2:DescribeVolumes': refuse('InvalidVolume.NotFound') };
    expect(await refreshed(collector, gone, 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1')).toBeUndefined();
  });
});
