// Databases that are not as they should be, beside those that are.

import type { DBCluster, DBInstance } from '@aws-sdk/client-rds';
import type { PlantKind } from '../../manifest.ts';
import type { Trait } from '../../traits.ts';
import { type RdsDraft, addCluster, addClusterSnapshot, addDatabase, addDatabaseSnapshot } from './draft.ts';

export type RdsGroup = (draft: RdsDraft) => void;

interface DatabaseSpecimen {
  name: string;
  kind: PlantKind;
  note: string;
  but?: Partial<DBInstance>;
}

function plantDatabases(trait: Trait, specimens: readonly DatabaseSpecimen[]): RdsGroup {
  return (draft) => {
    for (const { name, kind, note, but } of specimens) {
      const { DBInstanceArn = '' } = addDatabase(draft, name, but);
      draft.ground.record.add(kind, trait, { type: 'AWS::RDS::DBInstance', arn: DBInstanceArn, note });
    }
  };
}

function plantClusters(
  trait: Trait,
  specimens: readonly (Omit<DatabaseSpecimen, 'but'> & { but?: Partial<DBCluster> })[],
): RdsGroup {
  return (draft) => {
    for (const { name, kind, note, but } of specimens) {
      const { DBClusterArn = '' } = addCluster(draft, name, but);
      draft.ground.record.add(kind, trait, { type: 'AWS::RDS::DBCluster', arn: DBClusterArn, note });
    }
  };
}

const snapshotEncryption: RdsGroup = (draft) => {
  const mark = (kind: PlantKind, type: string, arn: string | undefined, note: string): void =>
    draft.ground.record.add(kind, 'database-snapshot-unencrypted', { type, arn: arn ?? '', note });
  mark(
    'plant',
    'AWS::RDS::DBSnapshot',
    addDatabaseSnapshot(draft, 'plain-copy', 'orders', { Encrypted: false }).DBSnapshotArn,
    'not encrypted',
  );
  mark(
    'clean-twin',
    'AWS::RDS::DBSnapshot',
    addDatabaseSnapshot(draft, 'sealed-copy', 'orders').DBSnapshotArn,
    'encrypted',
  );
  mark(
    'plant',
    'AWS::RDS::DBClusterSnapshot',
    addClusterSnapshot(draft, 'plain-cluster-copy', 'ledger', { StorageEncrypted: false }).DBClusterSnapshotArn,
    'of a cluster, not encrypted',
  );
  mark(
    'clean-twin',
    'AWS::RDS::DBClusterSnapshot',
    addClusterSnapshot(draft, 'sealed-cluster-copy', 'ledger').DBClusterSnapshotArn,
    'of a cluster, encrypted',
  );
};

const snapshotSharing: RdsGroup = (draft) => {
  const { record } = draft.ground;
  const shared = (name: string, accounts: readonly string[], kind: PlantKind, note: string): void => {
    const { DBSnapshotArn = '' } = addDatabaseSnapshot(draft, name, 'orders', { Encrypted: accounts.length === 0 });
    draft.sharedWith.set(name, accounts);
    record.add(kind, 'database-snapshot-public', { type: 'AWS::RDS::DBSnapshot', arn: DBSnapshotArn, note });
  };
  shared('handout', ['all'], 'plant', 'everybody may restore it');
  shared('private-copy', [], 'clean-twin', 'shared with nobody');
  shared('partner-copy', ['111122223333'], 'near-miss', 'shared with one account');
  const { DBClusterSnapshotArn = '' } = addClusterSnapshot(draft, 'cluster-handout', 'ledger', {
    StorageEncrypted: false,
  });
  draft.sharedWith.set('cluster-handout', ['all']);
  record.add('plant', 'database-snapshot-public', {
    type: 'AWS::RDS::DBClusterSnapshot',
    arn: DBClusterSnapshotArn,
    note: 'of a cluster: everybody may restore it',
  });
};

const neptune = { Engine: 'neptune', EngineVersion: '1.4.0.0' };

export const databaseGroups: readonly RdsGroup[] = [
  plantDatabases('database-unencrypted', [
    { name: 'plain-orders', kind: 'plant', note: 'storage not encrypted', but: { StorageEncrypted: false } },
    { name: 'sealed-orders', kind: 'clean-twin', note: 'storage encrypted' },
  ]),
  plantClusters('database-cluster-unencrypted', [
    { name: 'plain-ledger', kind: 'plant', note: 'storage not encrypted', but: { StorageEncrypted: false } },
    { name: 'sealed-ledger', kind: 'clean-twin', note: 'storage encrypted' },
    {
      name: 'plain-graph',
      kind: 'plant',
      note: 'of another engine that answers through the same API, not encrypted',
      but: { ...neptune, StorageEncrypted: false },
    },
  ]),
  snapshotEncryption,
  snapshotSharing,
  plantDatabases('database-public', [
    {
      name: 'reachable',
      kind: 'plant',
      note: 'its name resolves to a public address',
      but: { PubliclyAccessible: true },
    },
    { name: 'unreachable', kind: 'clean-twin', note: 'its name resolves to a private address' },
  ]),
  plantDatabases('database-minor-upgrade-off', [
    {
      name: 'stays-behind',
      kind: 'plant',
      note: 'minor versions are not installed',
      but: { AutoMinorVersionUpgrade: false },
    },
    { name: 'keeps-up', kind: 'clean-twin', note: 'minor versions are installed' },
  ]),
  plantDatabases('database-without-backup', [
    { name: 'not-backed-up', kind: 'plant', note: 'backups are kept for no days', but: { BackupRetentionPeriod: 0 } },
    { name: 'backed-up', kind: 'clean-twin', note: 'backups are kept for fourteen days' },
  ]),
  plantDatabases('database-single-az', [
    { name: 'alone', kind: 'plant', note: 'in one availability zone', but: { MultiAZ: false } },
    { name: 'twofold', kind: 'clean-twin', note: 'in two availability zones' },
  ]),
];
