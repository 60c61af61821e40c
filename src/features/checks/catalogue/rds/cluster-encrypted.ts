import { fail, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/**
 * Passes when the cluster encrypts its storage, whatever its engine: Aurora, Neptune, DocumentDB or Multi-AZ.
 * https://docs.aws.amazon.com/config/latest/developerguide/rds-cluster-encrypted-at-rest.html
 */
export const check = resourceCheck({
  subject: 'AWS::RDS::DBCluster',
  title: 'RDS clusters should encrypt their storage',
  severity: 'high',
  severityReason: 'Snapshots and backups of it are unencrypted as well and can be copied without any key.',
  aliases: ['rds-encrypted-db-cluster'],
  why: 'Encryption puts a key between the data and whoever gets hold of a snapshot or backup. It can be chosen at creation only.',
  fix: {
    text: 'Snapshot the cluster, restore the snapshot with a key as a new cluster and move the clients over.',
    cli: `aws rds create-db-cluster-snapshot --db-cluster-identifier <cluster> --db-cluster-snapshot-identifier <snapshot>
aws rds restore-db-cluster-from-snapshot --db-cluster-identifier <new cluster> --snapshot-identifier <snapshot> --engine <engine> --kms-key-id alias/aws/rds`,
    cloudformation: `Type: AWS::RDS::DBCluster
Properties:
  StorageEncrypted: true`,
    terraform: `resource "aws_rds_cluster" "this" {
  storage_encrypted = true
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/rds-cluster-encrypted-at-rest.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-27',
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html',
  ],
  controls: {
    securityHub: ['RDS.27', 'Neptune.1', 'DocumentDB.1'],
    configRules: ['rds-cluster-encrypted-at-rest', 'neptune-cluster-encrypted', 'docdb-cluster-encrypted'],
    cis30: ['2.3.1'],
    cis50: ['2.2.1'],
    attack: ['T1530'],
    prowler: [
      'rds_cluster_storage_encrypted',
      'neptune_cluster_storage_encrypted',
      'documentdb_cluster_storage_encrypted',
    ],
  },
  evaluate({ config }) {
    if (config.storageEncrypted) return pass(`The storage of the ${config.engine} cluster is encrypted.`);
    return fail(`The storage of the ${config.engine} cluster is not encrypted.`);
  },
});
