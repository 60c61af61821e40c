import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes when backups are kept long enough; read replicas are left out. https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-11 */
export const check = resourceCheck({
  subject: 'AWS::RDS::DBInstance',
  title: 'RDS instances should have automatic backups',
  severity: 'medium',
  severityReason: 'It decides what is left after deletion, a mistake or ransomware.',
  why: 'Automatic backups let a database be restored to any second of the retention period. With a period of zero there are none.',
  fix: {
    text: 'Set a retention period of at least seven days; for a member of a cluster, set it on the cluster.',
    cli: `aws rds modify-db-instance --db-instance-identifier <instance> --backup-retention-period 7 --apply-immediately
aws rds modify-db-cluster --db-cluster-identifier <cluster> --backup-retention-period 7 --apply-immediately`,
    cloudformation: `Type: AWS::RDS::DBInstance
Properties:
  BackupRetentionPeriod: 7`,
    terraform: `resource "aws_db_instance" "this" {
  backup_retention_period = 7
}`,
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-11',
    'https://docs.aws.amazon.com/config/latest/developerguide/db-instance-backup-enabled.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html',
  ],
  controls: {
    securityHub: ['RDS.11'],
    configRules: ['db-instance-backup-enabled'],
    attack: ['T1485', 'T1490'],
    prowler: ['rds_instance_backup_enabled'],
  },
  parameters: {
    minimumDays: {
      type: 'number',
      default: 7,
      minimum: 1,
      maximum: 35,
      description: 'Days for which backups must be kept.',
    },
  },
  evaluate({ config }, context) {
    if (config.isReadReplica) return notApplicable('The instance is a read replica; its source is backed up.');
    const minimum = Number(context.parameter('minimumDays'));
    const days = config.backupRetentionDays;
    if (days === 0) return fail('The instance has no automatic backups.');
    if (days < minimum) return fail(`Backups are kept for ${days} days; ${minimum} are demanded.`);
    return pass(`Backups are kept for ${days} days.`);
  },
});
