import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './db-cluster.ts';

const arnOf = (id: string): string => `arn:aws:rds:eu-west-1:111122223333:cluster:${id}`;

const cluster = (id: string, more: object = {}): object => ({
  DBClusterArn: arnOf(id),
  DBClusterIdentifier: id,
  Engine: 'aurora-postgresql',
  EngineVersion: '16.4',
  Status: 'available',
  StorageEncrypted: false,
  MultiAZ: true,
  BackupRetentionPeriod: 1,
  DeletionProtection: false,
  IAMDatabaseAuthenticationEnabled: true,
  DBClusterMembers: [{ DBInstanceIdentifier: 'one' }],
  TagList: [{ Key: 'owner', Value: 'payments' }],
  ...more,
});

const answers: Answers = {
  'rds:DescribeDBClusters': ({ input }) => {
    const arn = input['DBClusterIdentifier'] as string | undefined;
    if (arn !== undefined) return { DBClusters: [cluster(arn.replace(/^.*:/, ''))] };
    return input['Marker'] === undefined
      ? { DBClusters: [cluster('one')], Marker: 'second' }
      : { DBClusters: [cluster('two')] };
  },
};

keepsItsPromises('rds/db-cluster', { collector, answers });

describe('rds/db-cluster', () => {
  test('reads every page', async () => {
    const { resources, pages } = await collected(collector, answers);
    expect(resources.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(pages.map((page) => page.cursor)).toEqual(['second', undefined]);
    expect(resources[0]).toMatchObject({
      arn: arnOf('one'),
      tags: { owner: 'payments' },
      config: {
        engine: 'aurora-postgresql',
        storageEncrypted: false,
        kmsKeyId: null,
        multiAz: true,
        backupRetentionDays: 1,
        deletionProtection: false,
        iamAuthentication: true,
        memberIds: ['one'],
      },
    });
  });

  test('goes on from a cursor', async () => {
    const { resources } = await collected(collector, answers, { cursor: 'second' });
    expect(resources.map(({ name }) => name)).toEqual(['two']);
  });

  test.each(['StorageEncrypted', 'MultiAZ', 'BackupRetentionPeriod', 'DeletionProtection'])(
    '%s is not guessed',
    async (name) => {
      const { error } = await collectedUntilError(collector, {
        'rds:DescribeDBClusters': { DBClusters: [cluster('one', { [name]: undefined })] },
      });
      expect(error).toMatchObject({ code: 'malformed-answer' });
    },
  );

  test('one that is gone is not found', async () => {
    const gone = { 'rds:DescribeDBClusters': refuse('DBClusterNotFoundFault') };
    expect(await refreshed(collector, gone, arnOf('one'))).toBeUndefined();
  });
});
