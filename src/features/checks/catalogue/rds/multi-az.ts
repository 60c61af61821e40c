import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes with a standby in another zone; members of clusters are left out. https://docs.aws.amazon.com/config/latest/developerguide/rds-multi-az-support.html */
export const check = resourceCheck({
  subject: 'AWS::RDS::DBInstance',
  title: 'RDS instances should span several Availability Zones',
  severity: 'medium',
  severityReason: 'The failure of one zone or one host stops the database until it is restored.',
  why: 'A Multi-AZ instance has a standby in another zone that takes over within a minute or two, also during maintenance.',
  fix: {
    text: 'Turn Multi-AZ on where the database must be available.',
    cli: 'aws rds modify-db-instance --db-instance-identifier <instance> --multi-az',
    cloudformation: `Type: AWS::RDS::DBInstance
Properties:
  MultiAZ: true`,
    terraform: `resource "aws_db_instance" "this" {
  multi_az = true
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/rds-multi-az-support.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-5',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html',
  ],
  controls: {
    securityHub: ['RDS.5'],
    configRules: ['rds-multi-az-support'],
    cis50: ['2.2.4'],
    prowler: ['rds_instance_multi_az'],
  },
  evaluate({ config }) {
    if (config.clusterId !== null)
      return notApplicable(`The instance belongs to the cluster ${config.clusterId}, which is judged as a whole.`);
    return config.multiAz
      ? pass('The instance has a standby in another zone.')
      : fail('The instance stands in one zone.');
  },
});
