import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/**
 * Passes when the instance encrypts its storage. Members of a cluster (Aurora, Neptune, DocumentDB, Multi-AZ clusters)
 * have the storage of the cluster, which rds-cluster-encrypted judges.
 * https://docs.aws.amazon.com/config/latest/developerguide/rds-storage-encrypted.html
 */
export const check = resourceCheck({
  subject: 'AWS::RDS::DBInstance',
  title: 'RDS instances should encrypt their storage',
  severity: 'high',
  severityReason: 'Snapshots and backups of it are unencrypted as well and can be copied without any key.',
  aliases: ['rds-encrypted'],
  why: 'Encryption puts a key between the data and whoever gets hold of a snapshot or backup. It can be chosen at creation only.',
  fix: {
    text: 'Snapshot the instance, copy the snapshot encrypted, restore it as a new instance and move the clients over.',
    cli: `aws rds create-db-snapshot --db-instance-identifier <instance> --db-snapshot-identifier <snapshot>
aws rds copy-db-snapshot --source-db-snapshot-identifier <snapshot> --target-db-snapshot-identifier <encrypted> --kms-key-id alias/aws/rds
aws rds restore-db-instance-from-db-snapshot --db-instance-identifier <new instance> --db-snapshot-identifier <encrypted>`,
    cloudformation: `Type: AWS::RDS::DBInstance
Properties:
  StorageEncrypted: true`,
    terraform: `resource "aws_db_instance" "this" {
  storage_encrypted = true
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/rds-storage-encrypted.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-3',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html',
  ],
  controls: {
    securityHub: ['RDS.3'],
    configRules: ['rds-storage-encrypted'],
    cis30: ['2.3.1'],
    cis50: ['2.2.1'],
    attack: ['T1530'],
    prowler: ['rds_instance_storage_encrypted'],
  },
  evaluate({ config }) {
    if (config.clusterId !== null) {
      return notApplicable(
        `The storage belongs to the ${config.engine} cluster ${config.clusterId} and is judged there.`,
      );
    }
    return config.storageEncrypted ? pass('The storage is encrypted.') : fail('The storage is not encrypted.');
  },
});
