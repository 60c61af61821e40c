import { make, testCheck } from '../../testing.ts';
import { check } from './snapshot-encrypted.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/rds-snapshot-encrypted.html';
const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-4';

testCheck(
  'rds-snapshot-encrypted',
  check,
  [
    { name: 'encrypted', subject: make('AWS::RDS::DBSnapshot'), expect: 'pass' },
    {
      name: 'a manual one that is not encrypted',
      subject: make('AWS::RDS::DBSnapshot', { encrypted: false }),
      expect: 'fail',
      reason: 'orders',
      source: rule,
    },
    {
      name: 'an automated one that is not encrypted',
      subject: make('AWS::RDS::DBSnapshot', { encrypted: false, snapshotType: 'automated', sharedWith: null }),
      expect: 'fail',
      source: control,
    },
    { name: 'the snapshots could not be read', incomplete: ['AWS::RDS::DBSnapshot'], expect: 'unknown' },
  ],
  { notApplicable: 'every snapshot can be encrypted' },
);
