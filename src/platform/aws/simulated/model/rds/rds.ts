// The databases of one region of one account.

import type { ManifestEntry } from '../../manifest.ts';
import { type Ground, dealtHere } from '../region/ground.ts';
import { type RdsDraft, addCluster, addClusterSnapshot, addDatabase, addDatabaseSnapshot } from './draft.ts';
import { databaseGroups } from './plants.ts';

export interface RdsModel extends Readonly<RdsDraft> {
  planted: readonly ManifestEntry[];
}

export function rdsModel(ground: Ground): RdsModel {
  const draft: RdsDraft = {
    ground,
    instances: [],
    clusters: [],
    snapshots: [],
    clusterSnapshots: [],
    sharedWith: new Map(),
  };
  const random = ground.site.random('databases', ground.region);
  if (ground.main && ground.site.profile.role !== 'sandbox') {
    const { DBInstanceIdentifier = '' } = addDatabase(draft, 'orders');
    for (const days of [0, 1, 2]) {
      addDatabaseSnapshot(draft, `rds:orders-${days}`, DBInstanceIdentifier, {
        SnapshotType: 'automated',
        SnapshotCreateTime: ground.site.calendar.ago(days),
      });
    }
    if (random.chance(0.5)) {
      addCluster(draft, 'ledger');
      addDatabase(draft, 'ledger-1', { Engine: 'aurora-postgresql', DBClusterIdentifier: 'ledger' });
      addClusterSnapshot(draft, 'ledger-before-migration', 'ledger');
    }
  }
  for (const group of dealtHere(databaseGroups, ground, 0.5)) group(draft);
  return { ...draft, planted: ground.record.entries };
}
