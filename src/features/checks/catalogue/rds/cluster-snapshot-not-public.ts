import { known } from '../../../../domain/evidence.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/**
 * Fails when everybody may restore the snapshot, whatever its engine: Aurora, Neptune, DocumentDB or Multi-AZ.
 * https://docs.aws.amazon.com/config/latest/developerguide/rds-snapshots-public-prohibited.html
 * https://docs.aws.amazon.com/config/latest/developerguide/neptune-cluster-snapshot-public-prohibited.html
 */
export const check = resourceCheck({
  subject: 'AWS::RDS::DBClusterSnapshot',
  title: 'RDS cluster snapshots should not be public',
  severity: 'critical',
  severityReason: 'Any AWS account can restore the whole database within minutes, and nobody sees it.',
  why: 'Public snapshots are listed for everybody and are searched for customer data. A copy that was taken stays taken.',
  fix: {
    text: 'Make the snapshot private, and treat the data in it as leaked.',
    cli: 'aws rds modify-db-cluster-snapshot-attribute --db-cluster-snapshot-identifier <snapshot> --attribute-name restore --values-to-remove all',
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/rds-snapshots-public-prohibited.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-1',
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-share-snapshot.html',
  ],
  controls: {
    securityHub: ['RDS.1', 'Neptune.3', 'DocumentDB.3'],
    configRules: [
      'rds-snapshots-public-prohibited',
      'neptune-cluster-snapshot-public-prohibited',
      'docdb-cluster-snapshot-public-prohibited',
    ],
    attack: ['T1537', 'T1530'],
    prowler: ['rds_snapshots_public_access', 'neptune_cluster_public_snapshot', 'documentdb_cluster_public_snapshot'],
  },
  evaluate({ config }) {
    const sharedWith = known(config.sharedWith);
    if (sharedWith === null) return notApplicable(`Snapshots of the type ${config.snapshotType} cannot be shared.`);
    if (sharedWith.includes('all')) return fail(`Everybody may restore the cluster snapshot of ${config.sourceId}.`);
    return pass(`The cluster snapshot is shared with ${sharedWith.length} accounts and not with everybody.`);
  },
});
