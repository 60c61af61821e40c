import { fail, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes for an encrypted snapshot: https://docs.aws.amazon.com/config/latest/developerguide/rds-snapshot-encrypted.html */
export const check = resourceCheck({
  subject: 'AWS::RDS::DBClusterSnapshot',
  title: 'RDS cluster snapshots should be encrypted',
  severity: 'medium',
  severityReason: 'Whoever may share or copy it carries the whole database away without needing a key.',
  why: 'An unencrypted snapshot can be shared with any account, or with everybody. With a key, the receiver needs a permission on the key too.',
  fix: {
    text: 'An unencrypted cluster snapshot cannot be copied encrypted. Restore it with a key as a new cluster, take a snapshot of that one, and delete the original; then encrypt the database itself.',
    cli: `aws rds restore-db-cluster-from-snapshot --db-cluster-identifier <new cluster> --snapshot-identifier <snapshot> --engine <engine> --kms-key-id alias/aws/rds
aws rds create-db-cluster-snapshot --db-cluster-identifier <new cluster> --db-cluster-snapshot-identifier <encrypted>
aws rds delete-db-cluster-snapshot --db-cluster-snapshot-identifier <snapshot>`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/rds-snapshot-encrypted.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-4',
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CopyDBClusterSnapshot.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html',
  ],
  controls: {
    securityHub: ['RDS.4', 'Neptune.6'],
    configRules: ['rds-snapshot-encrypted', 'neptune-cluster-snapshot-encrypted'],
    attack: ['T1537'],
    prowler: ['rds_snapshots_encrypted', 'neptune_cluster_snapshot_encrypted'],
  },
  evaluate({ config }) {
    if (config.encrypted) return pass('The cluster snapshot is encrypted.');
    return fail(`The cluster snapshot of ${config.sourceId} is not encrypted.`);
  },
});
