import { make, testCheck } from '../../testing.ts';
import { check } from './storage-encrypted.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-3';
const aurora = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html';
const neptune = 'https://docs.aws.amazon.com/neptune/latest/userguide/encrypt.html';

testCheck('rds-storage-encrypted', check, [
  { name: 'encrypted', subject: make('AWS::RDS::DBInstance'), expect: 'pass' },
  {
    name: 'not encrypted',
    subject: make('AWS::RDS::DBInstance', { storageEncrypted: false }),
    expect: 'fail',
    source: control,
  },
  {
    name: 'a read replica that is not encrypted',
    subject: make('AWS::RDS::DBInstance', { storageEncrypted: false, isReadReplica: true }),
    expect: 'fail',
  },
  {
    name: 'a member of an Aurora cluster',
    subject: make('AWS::RDS::DBInstance', { engine: 'aurora-mysql', clusterId: 'c1', storageEncrypted: false }),
    expect: 'not-applicable',
    reason: 'aurora-mysql cluster c1',
    source: aurora,
  },
  {
    name: 'a member of a Neptune cluster',
    subject: make('AWS::RDS::DBInstance', { engine: 'neptune', clusterId: 'c2', storageEncrypted: false }),
    expect: 'not-applicable',
    source: neptune,
  },
  {
    name: 'a member of a DocumentDB cluster',
    subject: make('AWS::RDS::DBInstance', { engine: 'docdb', clusterId: 'c3', storageEncrypted: false }),
    expect: 'not-applicable',
  },
  { name: 'the instances could not be read', incomplete: ['AWS::RDS::DBInstance'], expect: 'unknown' },
]);
