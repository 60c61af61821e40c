import { known } from '../../../../domain/evidence.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Fails when PubliclyAccessible is set: https://docs.aws.amazon.com/config/latest/developerguide/rds-instance-public-access-check.html */
export const check = resourceCheck({
  subject: 'AWS::RDS::DBInstance',
  title: 'RDS instances should not be publicly accessible',
  severity: 'critical',
  severityReason: 'The database has a public address; one rule of a group decides whether the world may log in.',
  why: 'A database with a public address is found by scanners and tried with guessed and leaked passwords. Applications reach it without one.',
  fix: {
    text: 'Turn public access off; reach the database through the VPC, a VPN or Session Manager.',
    cli: 'aws rds modify-db-instance --db-instance-identifier <instance> --no-publicly-accessible --apply-immediately',
    cloudformation: `Type: AWS::RDS::DBInstance
Properties:
  PubliclyAccessible: false`,
    terraform: `resource "aws_db_instance" "this" {
  publicly_accessible = false
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/rds-instance-public-access-check.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
  ],
  controls: {
    securityHub: ['RDS.2'],
    configRules: ['rds-instance-public-access-check'],
    cis30: ['2.3.3'],
    cis50: ['2.2.3'],
    attack: ['T1190', 'T1110'],
    prowler: ['rds_instance_no_public_access'],
  },
  evaluate({ config }) {
    if (config.engine === 'docdb' && config.publiclyAccessible !== true)
      return notApplicable('DocumentDB has no public access.');
    if (known(config.publiclyAccessible)) return fail('The instance is publicly accessible.');
    return pass('The instance is not publicly accessible.');
  },
});
