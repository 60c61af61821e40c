import type { SecretConfig } from '../../../../domain/resources/secretsmanager.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './rotated-as-scheduled.ts';

const rule =
  'https://docs.aws.amazon.com/config/latest/developerguide/secretsmanager-scheduled-rotation-success-check.html';
const secret = (changes: Partial<SecretConfig> = {}) => make('AWS::SecretsManager::Secret', changes);

// Judged at 2026-11-20T12:00:00Z.
testCheck('secretsmanager-rotated-as-scheduled', check, [
  { name: 'due in ten days', subject: secret({ nextRotationAt: '2026-11-30T12:00:00Z' }), expect: 'pass' },
  { name: 'due now', subject: secret({ nextRotationAt: '2026-11-20T12:00:00Z' }), expect: 'pass', source: rule },
  {
    name: 'due a second ago',
    subject: secret({ nextRotationAt: '2026-11-20T11:59:59Z', lastRotatedAt: '2026-10-20T12:00:00Z' }),
    expect: 'fail',
    reason: 'A rotation was due by 2026-11-20T11:59:59Z, and it was last rotated at 2026-10-20T12:00:00Z.',
    source: rule,
  },
  {
    name: 'overdue, and never rotated',
    subject: secret({ nextRotationAt: '2026-11-01T12:00:00Z', lastRotatedAt: null }),
    expect: 'fail',
    reason: 'never rotated',
  },
  {
    name: 'overdue, in the hands of a service',
    subject: secret({ nextRotationAt: '2026-11-01T12:00:00Z', owningService: 'rds' }),
    expect: 'fail',
    reason: 'managed by rds',
  },
  {
    name: 'without rotation',
    subject: secret({ rotationEnabled: false, nextRotationAt: '2026-11-01T12:00:00Z' }),
    expect: 'not-applicable',
    source: rule,
  },
  {
    name: 'a replica',
    subject: secret({ primaryRegion: 'us-east-1', nextRotationAt: '2026-11-01T12:00:00Z' }),
    expect: 'not-applicable',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html',
  },
  {
    name: 'it is scheduled for deletion',
    subject: secret({ deletedAt: '2026-11-19T12:00:00Z', nextRotationAt: '2026-11-01T12:00:00Z' }),
    expect: 'not-applicable',
  },
  { name: 'AWS does not say when it is due', subject: secret({ nextRotationAt: null }), expect: 'unknown' },
  { name: 'AWS gives a date that is none', subject: secret({ nextRotationAt: 'soon' }), expect: 'unknown' },
]);
