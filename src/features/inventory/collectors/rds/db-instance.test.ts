import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './db-instance.ts';

const arnOf = (id: string): string => `arn:aws:rds:eu-west-1:111122223333:db:${id}`;

const instance = (id: string, more: object = {}): object => ({
  DBInstanceArn: arnOf(id),
  DBInstanceIdentifier: id,
  Engine: 'postgres',
  EngineVersion: '16.4',
  DBInstanceStatus: 'available',
  StorageEncrypted: true,
  KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/key-1',
  PubliclyAccessible: false,
  MultiAZ: true,
  AutoMinorVersionUpgrade: true,
  BackupRetentionPeriod: 7,
  DeletionProtection: true,
  IAMDatabaseAuthenticationEnabled: false,
  Endpoint: { Address: 'db.example.com', Port: 5432 },
  DBSubnetGroup: { VpcId: 'vpc-1', Subnets: [{ SubnetIdentifier: 'subnet-1' }, { SubnetIdentifier: 'subnet-2' }] },
  VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1', Status: 'active' }],
  TagList: [{ Key: 'owner', Value: 'payments' }],
  ...more,
});

const answers: Answers = {
  'rds:DescribeDBInstances': ({ input }) => {
    const arn = input['DBInstanceIdentifier'] as string | undefined;
    if (arn !== undefined) return { DBInstances: [instance(arn.replace(/^.*:/, ''))] };
    return input['Marker'] === undefined
      ? { DBInstances: [instance('one')], Marker: 'second' }
      : { DBInstances: [instance('two')] };
  },
};

const withInstance = (more: object): Answers => ({
  'rds:DescribeDBInstances': { DBInstances: [instance('one', more)] },
});

keepsItsPromises('rds/db-instance', { collector, answers });

describe('rds/db-instance', () => {
  test('reads every page', async () => {
    const { resources, pages } = await collected(collector, answers);
    expect(resources.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(pages.map((page) => page.cursor)).toEqual(['second', undefined]);
    expect(resources[0]).toMatchObject({
      arn: arnOf('one'),
      tags: { owner: 'payments' },
      config: {
        engine: 'postgres',
        storageEncrypted: true,
        publiclyAccessible: false,
        multiAz: true,
        backupRetentionDays: 7,
        deletionProtection: true,
        iamAuthentication: false,
        isReadReplica: false,
        endpoint: 'db.example.com',
        port: 5432,
        vpcId: 'vpc-1',
        subnetIds: ['subnet-1', 'subnet-2'],
        securityGroupIds: ['sg-1'],
      },
    });
  });

  test('goes on from a cursor', async () => {
    const { resources } = await collected(collector, answers, { cursor: 'second' });
    expect(resources.map(({ name }) => name)).toEqual(['two']);
  });

  test('one that is being made, and a replica in a cluster', async () => {
    const { resources } = await collected(
      collector,
      withInstance({
        Endpoint: undefined,
        DBClusterIdentifier: 'cluster',
        ReadReplicaSourceDBInstanceIdentifier: 'source',
        IAMDatabaseAuthenticationEnabled: undefined,
      }),
    );
    expect(resources).toMatchObject([
      { config: { endpoint: null, port: null, clusterId: 'cluster', isReadReplica: true, iamAuthentication: null } },
    ]);
  });

  test('one that does not say whether it is public is unread in that alone', async () => {
    const { resources, context } = await collected(collector, withInstance({ PubliclyAccessible: undefined }));
    expect(resources).toMatchObject([{ name: 'one', config: { storageEncrypted: true } }]);
    expect(resources).toMatchObject([{ config: { publiclyAccessible: { $unread: { reason: 'failed' } } } }]);
    expect(context.gaps).toMatchObject([{ operation: 'rds:DescribeDBInstances' }]);
  });

  test('a replica of a Multi-AZ cluster is a replica', async () => {
    const { resources } = await collected(collector, withInstance({ ReadReplicaSourceDBClusterIdentifier: 'source' }));
    expect(resources).toMatchObject([{ config: { isReadReplica: true } }]);
  });

  test.each(['StorageEncrypted', 'MultiAZ', 'DeletionProtection', 'VpcSecurityGroups'])(
    '%s is not guessed',
    async (name) => {
      const { error } = await collectedUntilError(collector, withInstance({ [name]: undefined }));
      expect(error).toMatchObject({ code: 'malformed-answer' });
    },
  );

  test('one that is gone is not found', async () => {
    const gone = { 'rds:DescribeDBInstances': refuse('DBInstanceNotFoundFault') };
    expect(await refreshed(collector, gone, arnOf('one'))).toBeUndefined();
  });
});
