// A region's databases while they are being made.

import type { DBCluster, DBClusterSnapshot, DBInstance, DBSnapshot, Tag } from '@aws-sdk/client-rds';
import type { Ground } from '../region/ground.ts';

export interface RdsDraft {
  ground: Ground;
  instances: DBInstance[];
  clusters: DBCluster[];
  snapshots: DBSnapshot[];
  clusterSnapshots: DBClusterSnapshot[];
  /** Accounts (or `all`) that may restore a snapshot, by its identifier. */
  sharedWith: Map<string, readonly string[]>;
}

export function tagList(ground: Ground): Tag[] {
  const { team, environment } = ground.site.profile;
  return [
    { Key: 'owner', Value: team },
    { Key: 'environment', Value: environment },
  ];
}

/** A database that nothing is wrong with, but for what is given. */
export function addDatabase(draft: RdsDraft, name: string, but: Partial<DBInstance> = {}): DBInstance {
  const { ground } = draft;
  const id = (prefix: string, ...labels: string[]): string => ground.id(prefix, ...labels);
  const database: DBInstance = {
    DBInstanceIdentifier: name,
    DBInstanceArn: ground.arn('rds', `db:${name}`),
    DbiResourceId: `db-${ground.site.base32(26, 'db', ground.region, name)}`,
    DBInstanceClass: 'db.m7g.large',
    DBInstanceStatus: 'available',
    Engine: 'postgres',
    EngineVersion: '17.4',
    MasterUsername: 'app',
    AllocatedStorage: 100,
    StorageEncrypted: true,
    KmsKeyId: ground.keyArn('data'),
    PubliclyAccessible: false,
    MultiAZ: true,
    AutoMinorVersionUpgrade: true,
    BackupRetentionPeriod: 14,
    DeletionProtection: true,
    IAMDatabaseAuthenticationEnabled: true,
    InstanceCreateTime: ground.site.calendar.ago(300),
    Endpoint: {
      Address: `${name}.c0example.${ground.region}.rds.amazonaws.com`,
      Port: 5432,
      HostedZoneId: 'Z1EXAMPLE',
    },
    VpcSecurityGroups: [{ VpcSecurityGroupId: id('sg', id('vpc', 'main'), 'database'), Status: 'active' }],
    DBSubnetGroup: {
      DBSubnetGroupName: 'private',
      VpcId: id('vpc', 'main'),
      SubnetGroupStatus: 'Complete',
      Subnets: ['private-a', 'private-b'].map((subnet) => ({
        SubnetIdentifier: id('subnet', 'main', subnet),
        SubnetStatus: 'Active',
      })),
    },
    ReadReplicaDBInstanceIdentifiers: [],
    TagList: tagList(ground),
    ...but,
  };
  if (database.StorageEncrypted === false) delete database.KmsKeyId;
  draft.instances.push(database);
  return database;
}

export function addCluster(draft: RdsDraft, name: string, but: Partial<DBCluster> = {}): DBCluster {
  const { ground } = draft;
  const cluster: DBCluster = {
    DBClusterIdentifier: name,
    DBClusterArn: ground.arn('rds', `cluster:${name}`),
    DbClusterResourceId: `cluster-${ground.site.base32(26, 'cluster', ground.region, name)}`,
    Status: 'available',
    Engine: 'aurora-postgresql',
    EngineVersion: '17.4',
    MasterUsername: 'app',
    StorageEncrypted: true,
    KmsKeyId: ground.keyArn('data'),
    MultiAZ: true,
    BackupRetentionPeriod: 14,
    DeletionProtection: true,
    IAMDatabaseAuthenticationEnabled: true,
    ClusterCreateTime: ground.site.calendar.ago(250),
    DBClusterMembers: [],
    VpcSecurityGroups: [
      { VpcSecurityGroupId: ground.id('sg', ground.id('vpc', 'main'), 'database'), Status: 'active' },
    ],
    TagList: tagList(ground),
    ...but,
  };
  if (cluster.StorageEncrypted === false) delete cluster.KmsKeyId;
  draft.clusters.push(cluster);
  return cluster;
}

export function addDatabaseSnapshot(
  draft: RdsDraft,
  name: string,
  of: string,
  but: Partial<DBSnapshot> = {},
): DBSnapshot {
  const { ground } = draft;
  const snapshot: DBSnapshot = {
    DBSnapshotIdentifier: name,
    DBSnapshotArn: ground.arn('rds', `snapshot:${name}`),
    DBInstanceIdentifier: of,
    SnapshotType: 'manual',
    Status: 'available',
    Engine: 'postgres',
    EngineVersion: '17.4',
    Encrypted: true,
    KmsKeyId: ground.keyArn('data'),
    SnapshotCreateTime: ground.site.calendar.ago(20),
    AllocatedStorage: 100,
    TagList: tagList(ground),
    ...but,
  };
  if (snapshot.Encrypted === false) delete snapshot.KmsKeyId;
  draft.snapshots.push(snapshot);
  return snapshot;
}

export function addClusterSnapshot(
  draft: RdsDraft,
  name: string,
  of: string,
  but: Partial<DBClusterSnapshot> = {},
): DBClusterSnapshot {
  const { ground } = draft;
  const snapshot: DBClusterSnapshot = {
    DBClusterSnapshotIdentifier: name,
    DBClusterSnapshotArn: ground.arn('rds', `cluster-snapshot:${name}`),
    DBClusterIdentifier: of,
    SnapshotType: 'manual',
    Status: 'available',
    Engine: 'aurora-postgresql',
    EngineVersion: '17.4',
    StorageEncrypted: true,
    KmsKeyId: ground.keyArn('data'),
    SnapshotCreateTime: ground.site.calendar.ago(20),
    AllocatedStorage: 1,
    TagList: tagList(ground),
    ...but,
  };
  if (snapshot.StorageEncrypted === false) delete snapshot.KmsKeyId;
  draft.clusterSnapshots.push(snapshot);
  return snapshot;
}
