import { make, testCheck } from '../../testing.ts';
import { check } from './multi-az.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/rds-multi-az-support.html';
const clusters = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html';
const single = (engine: string, clusterId: string | null) =>
  make('AWS::RDS::DBInstance', { engine, clusterId, multiAz: false });

testCheck('rds-multi-az', check, [
  { name: 'two zones', subject: make('AWS::RDS::DBInstance'), expect: 'pass' },
  { name: 'one zone', subject: single('postgres', null), expect: 'fail', source: rule },
  {
    name: 'a member of an Aurora cluster',
    subject: single('aurora-postgresql', 'c1'),
    expect: 'not-applicable',
    source: rule,
  },
  { name: 'a member of a Neptune cluster', subject: single('neptune', 'c2'), expect: 'not-applicable', source: rule },
  {
    name: 'a member of a Multi-AZ cluster',
    subject: single('mysql', 'c3'),
    expect: 'not-applicable',
    reason: 'c3',
    source: clusters,
  },
  { name: 'the instances could not be read', incomplete: ['AWS::RDS::DBInstance'], expect: 'unknown' },
]);
