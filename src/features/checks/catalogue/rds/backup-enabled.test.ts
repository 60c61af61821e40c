import { make, testCheck } from '../../testing.ts';
import { check } from './backup-enabled.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-11';
const backups = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html';
const instance = (backupRetentionDays: number, isReadReplica = false) =>
  make('AWS::RDS::DBInstance', { backupRetentionDays, isReadReplica });

testCheck('rds-backup-enabled', check, [
  { name: 'seven days', subject: instance(7), expect: 'pass', source: control },
  { name: 'six days', subject: instance(6), expect: 'fail', reason: '6 days', source: control },
  { name: 'none', subject: instance(0), expect: 'fail', reason: 'no automatic backups', source: backups },
  { name: 'one day, where one is demanded', subject: instance(1), parameters: { minimumDays: 1 }, expect: 'pass' },
  { name: 'a read replica', subject: instance(0, true), expect: 'not-applicable', source: control },
  { name: 'the instances could not be read', incomplete: ['AWS::RDS::DBInstance'], expect: 'unknown' },
]);
