import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/**
 * Passes when minor versions are applied by themselves. RDS Custom, whose host the customer manages, refuses the setting.
 * https://docs.aws.amazon.com/config/latest/developerguide/rds-automatic-minor-version-upgrade-enabled.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html (AutoMinorVersionUpgrade)
 */
export const check = resourceCheck({
  subject: 'AWS::RDS::DBInstance',
  version: 2,
  title: 'RDS instances should apply minor versions automatically',
  severity: 'high',
  severityReason: 'Known flaws of the database engine stay open until somebody thinks of them.',
  why: 'Minor versions close security holes. Applied in the maintenance window, they need nobody; otherwise they are put off for years.',
  fix: {
    text: 'Turn automatic minor version upgrades on, with a maintenance window that suits.',
    cli: 'aws rds modify-db-instance --db-instance-identifier <instance> --auto-minor-version-upgrade',
    cloudformation: `Type: AWS::RDS::DBInstance
Properties:
  AutoMinorVersionUpgrade: true`,
    terraform: `resource "aws_db_instance" "this" {
  auto_minor_version_upgrade = true
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/rds-automatic-minor-version-upgrade-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-13',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html',
  ],
  controls: {
    securityHub: ['RDS.13'],
    configRules: ['rds-automatic-minor-version-upgrade-enabled'],
    cis30: ['2.3.2'],
    cis50: ['2.2.2'],
    attack: ['T1190'],
    prowler: ['rds_instance_minor_version_upgrade_enabled'],
  },
  evaluate({ config }) {
    if (config.engine === 'docdb') return notApplicable('DocumentDB ignores this setting.');
    if (config.engine.startsWith('custom-'))
      return notApplicable('RDS Custom does not allow this setting: you apply minor versions yourself.');
    if (config.autoMinorVersionUpgrade) return pass('Minor versions are applied automatically.');
    return fail(`Minor versions of ${config.engine} are not applied automatically; it runs ${config.engineVersion}.`);
  },
});
