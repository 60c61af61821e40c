import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/** Passes when the cluster has instances in several zones: https://docs.aws.amazon.com/config/latest/developerguide/rds-cluster-multi-az-enabled.html */
export const check = resourceCheck({
  subject: 'AWS::RDS::DBCluster',
  title: 'RDS clusters should span several Availability Zones',
  severity: 'medium',
  severityReason: 'The failure of one zone stops the database until an instance is made in another one.',
  why: 'The storage of a cluster spans zones by itself, its instances do not. With a reader in another zone the cluster fails over within a minute.',
  fix: {
    text: 'Add an instance in another zone to the cluster.',
    cli: 'aws rds create-db-instance --db-instance-identifier <instance> --db-cluster-identifier <cluster> --engine <engine> --db-instance-class <class> --availability-zone <other zone>',
    terraform: `resource "aws_rds_cluster_instance" "reader" {
  cluster_identifier = "<cluster>"
  availability_zone  = "<other zone>"
}`,
  },
  references: [
    'https://docs.aws.amazon.com/config/latest/developerguide/rds-cluster-multi-az-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-15',
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html',
  ],
  controls: {
    securityHub: ['RDS.15'],
    configRules: ['rds-cluster-multi-az-enabled'],
    cis50: ['2.2.4'],
    prowler: ['rds_cluster_multi_az'],
  },
  evaluate({ config }) {
    if (config.engine === 'neptune' || config.engine === 'docdb') {
      return notApplicable(`The control is about RDS and Aurora; the engine is ${config.engine}.`);
    }
    if (config.memberIds.length === 0) return notApplicable('The cluster has no instances.');
    return config.multiAz
      ? pass('The cluster has instances in several zones.')
      : fail('The cluster has instances in one zone only.');
  },
});
