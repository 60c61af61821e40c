import { make, testCheck } from '../../testing.ts';
import { check } from './minor-upgrade.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-13';
const custom = 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html';
const documentDb = 'https://docs.aws.amazon.com/documentdb/latest/developerguide/API_DBInstance.html';

testCheck('rds-minor-upgrade', check, [
  { name: 'on', subject: make('AWS::RDS::DBInstance'), expect: 'pass' },
  {
    name: 'off',
    subject: make('AWS::RDS::DBInstance', { autoMinorVersionUpgrade: false }),
    expect: 'fail',
    reason: '17.4',
    source: control,
  },
  {
    name: 'off for a member of an Aurora cluster',
    subject: make('AWS::RDS::DBInstance', { engine: 'aurora-mysql', clusterId: 'c1', autoMinorVersionUpgrade: false }),
    expect: 'fail',
  },
  {
    name: 'off for DocumentDB, which ignores it',
    subject: make('AWS::RDS::DBInstance', { engine: 'docdb', clusterId: 'c1', autoMinorVersionUpgrade: false }),
    expect: 'not-applicable',
    source: documentDb,
  },
  {
    name: 'off for RDS Custom, which refuses it',
    subject: make('AWS::RDS::DBInstance', { engine: 'custom-sqlserver-ee', autoMinorVersionUpgrade: false }),
    expect: 'not-applicable',
    reason: 'RDS Custom',
    source: custom,
  },
  { name: 'the instances could not be read', incomplete: ['AWS::RDS::DBInstance'], expect: 'unknown' },
]);
