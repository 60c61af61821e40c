import { denied, make, testCheck } from '../../testing.ts';
import { check } from './not-public.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/rds-instance-public-access-check.html';
const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2';

testCheck('rds-not-public', check, [
  { name: 'private', subject: make('AWS::RDS::DBInstance'), expect: 'pass' },
  { name: 'public', subject: make('AWS::RDS::DBInstance', { publiclyAccessible: true }), expect: 'fail', source: rule },
  {
    name: 'a public member of an Aurora cluster',
    subject: make('AWS::RDS::DBInstance', { engine: 'aurora-mysql', clusterId: 'c1', publiclyAccessible: true }),
    expect: 'fail',
    source: control,
  },
  {
    name: 'a private member of an Aurora cluster',
    subject: make('AWS::RDS::DBInstance', { engine: 'aurora-mysql', clusterId: 'c1' }),
    expect: 'pass',
  },
  {
    name: 'DocumentDB',
    subject: make('AWS::RDS::DBInstance', { engine: 'docdb', clusterId: 'c1' }),
    expect: 'not-applicable',
    source: control,
  },
  {
    name: 'the answer does not say',
    subject: make('AWS::RDS::DBInstance', { publiclyAccessible: denied('rds:DescribeDBInstances') }),
    expect: 'unknown',
  },
  { name: 'the instances could not be read', incomplete: ['AWS::RDS::DBInstance'], expect: 'unknown' },
]);
