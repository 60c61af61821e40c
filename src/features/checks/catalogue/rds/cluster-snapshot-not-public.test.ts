import type { DbSnapshotConfig } from '../../../../domain/resources/rds.ts';
import { denied, make, testCheck } from '../../testing.ts';
import { check } from './cluster-snapshot-not-public.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/rds-snapshots-public-prohibited.html';
const sharing = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-share-snapshot.html';
const snapshot = (sharedWith: DbSnapshotConfig['sharedWith'], config: Partial<DbSnapshotConfig> = {}) =>
  make('AWS::RDS::DBClusterSnapshot', { sharedWith, ...config });

testCheck('rds-cluster-snapshot-not-public', check, [
  { name: 'not shared', subject: snapshot([]), expect: 'pass' },
  { name: 'shared with everybody', subject: snapshot(['all']), expect: 'fail', reason: 'orders', source: rule },
  {
    name: 'shared with one account',
    subject: snapshot(['444455556666']),
    expect: 'pass',
    reason: '1 accounts',
    source: sharing,
  },
  { name: 'shared with one account and everybody', subject: snapshot(['444455556666', 'all']), expect: 'fail' },
  {
    name: 'automated, which cannot be shared',
    subject: snapshot(null, { snapshotType: 'automated' }),
    expect: 'not-applicable',
    reason: 'automated',
    source: sharing,
  },
  {
    name: 'with whom it is shared could not be read',
    subject: snapshot(denied('rds:DescribeDBClusterSnapshotAttributes')),
    expect: 'unknown',
  },
]);
