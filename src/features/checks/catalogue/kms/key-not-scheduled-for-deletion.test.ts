import { make, testCheck } from '../../testing.ts';
import { check } from './key-not-scheduled-for-deletion.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/kms-cmk-not-scheduled-for-deletion.html';
const states = 'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html';

testCheck('kms-key-not-scheduled-for-deletion', check, [
  { name: 'enabled', subject: make('AWS::KMS::Key'), expect: 'pass' },
  {
    name: 'disabled',
    subject: make('AWS::KMS::Key', { state: 'Disabled' }),
    expect: 'pass',
    reason: 'Disabled',
    source: states,
  },
  {
    name: 'pending deletion',
    subject: make('AWS::KMS::Key', { state: 'PendingDeletion', deletionAt: '2026-12-01T00:00:00Z' }),
    expect: 'fail',
    reason: '2026-12-01',
    source: rule,
  },
  {
    name: 'a primary that waits for its replicas',
    subject: make('AWS::KMS::Key', { state: 'PendingReplicaDeletion' }),
    expect: 'fail',
    reason: 'waits for deletion',
    source: states,
  },
  { name: 'managed by AWS', subject: make('AWS::KMS::Key', { manager: 'AWS' }), expect: 'not-applicable' },
  { name: 'the keys could not be listed', incomplete: ['AWS::KMS::Key'], expect: 'unknown' },
]);
