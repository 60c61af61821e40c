import { make, testCheck } from '../../testing.ts';
import { check } from './cluster-multi-az.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-15';
const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/rds-cluster-multi-az-enabled.html';
const single = (engine: string, memberIds = ['orders-1']) =>
  make('AWS::RDS::DBCluster', { engine, memberIds, multiAz: false });

testCheck('rds-cluster-multi-az', check, [
  { name: 'several zones', subject: make('AWS::RDS::DBCluster'), expect: 'pass' },
  { name: 'one zone', subject: single('aurora-postgresql'), expect: 'fail', source: control },
  {
    name: 'two instances in one zone',
    subject: single('aurora-mysql', ['orders-1', 'orders-2']),
    expect: 'fail',
    source: rule,
  },
  { name: 'Neptune', subject: single('neptune'), expect: 'not-applicable', reason: 'neptune' },
  { name: 'DocumentDB', subject: single('docdb'), expect: 'not-applicable' },
  { name: 'no instances', subject: single('aurora-mysql', []), expect: 'not-applicable', reason: 'no instances' },
  { name: 'the clusters could not be read', incomplete: ['AWS::RDS::DBCluster'], expect: 'unknown' },
]);
