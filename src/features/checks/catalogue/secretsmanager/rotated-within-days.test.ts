import type { SecretConfig } from '../../../../domain/resources/secretsmanager.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './rotated-within-days.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/secretsmanager-secret-periodic-rotation.html';
const control =
  'https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-4';
const secret = (changes: Partial<SecretConfig> = {}) => make('AWS::SecretsManager::Secret', changes);

// Judged at 2026-11-20T12:00:00Z: 90 days earlier it was 2026-08-22T12:00:00Z.
testCheck('secretsmanager-rotated-within-days', check, [
  { name: 'a week ago', subject: secret({ lastRotatedAt: '2026-11-13T12:00:00Z' }), expect: 'pass' },
  {
    name: 'exactly 90 days ago',
    subject: secret({ lastRotatedAt: '2026-08-22T12:00:00Z' }),
    expect: 'pass',
    source: control,
  },
  {
    name: 'a second longer ago',
    subject: secret({ lastRotatedAt: '2026-08-22T11:59:59Z' }),
    expect: 'fail',
    reason: 'rotated at 2026-08-22T11:59:59Z, 90 days ago; 90 are allowed',
    source: rule,
  },
  {
    name: 'never, and made long ago',
    subject: secret({ lastRotatedAt: null, createdAt: '2026-01-01T12:00:00Z', lastChangedAt: '2026-11-19T12:00:00Z' }),
    expect: 'fail',
    reason: 'never rotated',
    source: rule,
  },
  {
    name: 'never, but just made',
    subject: secret({ lastRotatedAt: null, createdAt: '2026-11-01T12:00:00Z' }),
    expect: 'pass',
    source: rule,
  },
  {
    name: 'rotation is on, but seldom',
    subject: secret({
      lastRotatedAt: '2026-07-01T12:00:00Z',
      rotationRules: { automaticallyAfterDays: 365, scheduleExpression: null, duration: null },
    }),
    expect: 'fail',
    source: control,
  },
  {
    name: 'longer is allowed',
    subject: secret({ lastRotatedAt: '2026-07-01T12:00:00Z' }),
    parameters: { maxDaysSinceRotation: 180 },
    expect: 'pass',
  },
  {
    name: 'long ago, in the hands of a service',
    subject: secret({ lastRotatedAt: '2026-01-01T12:00:00Z', owningService: 'rds' }),
    expect: 'fail',
    reason: 'managed by rds',
  },
  {
    name: 'a replica',
    subject: secret({ primaryRegion: 'us-east-1', lastRotatedAt: null, createdAt: '2026-01-01T12:00:00Z' }),
    expect: 'not-applicable',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html',
  },
  {
    name: 'it is scheduled for deletion',
    subject: secret({ deletedAt: '2026-11-19T12:00:00Z', lastRotatedAt: '2026-01-01T12:00:00Z' }),
    expect: 'not-applicable',
  },
  { name: 'a date that is none', subject: secret({ lastRotatedAt: 'once' }), expect: 'unknown' },
]);
