import type { SecretConfig } from '../../../../domain/resources/secretsmanager.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './unused.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/secretsmanager-secret-unused.html';
const control =
  'https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-3';
const entry = 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html';
const secret = (changes: Partial<SecretConfig> = {}) => make('AWS::SecretsManager::Secret', changes);

// Judged at 2026-11-20T12:00:00Z: 90 days earlier it was 2026-08-22.
testCheck('secretsmanager-unused', check, [
  { name: 'used yesterday', subject: secret({ lastAccessedAt: '2026-11-19T00:00:00Z' }), expect: 'pass' },
  {
    name: 'used on the day 90 days ago, at whatever hour',
    subject: secret({ lastAccessedAt: '2026-08-22T00:00:00Z' }),
    expect: 'pass',
    source: entry,
  },
  {
    name: 'used on the day before',
    subject: secret({ lastAccessedAt: '2026-08-21T00:00:00Z' }),
    expect: 'fail',
    reason: 'last used on 2026-08-21, 91 days ago; 90 are allowed',
    source: rule,
  },
  {
    name: 'never used, and made long ago',
    subject: secret({ lastAccessedAt: null, createdAt: '2026-01-01T12:00:00Z' }),
    expect: 'fail',
    reason: 'never used',
    source: control,
  },
  {
    name: 'never used, but just made',
    subject: secret({ lastAccessedAt: null, createdAt: '2026-11-01T12:00:00Z' }),
    expect: 'pass',
    source: control,
  },
  {
    name: 'longer is allowed',
    subject: secret({ lastAccessedAt: '2026-06-01T00:00:00Z' }),
    parameters: { unusedForDays: 365 },
    expect: 'pass',
  },
  {
    name: 'a replica that nobody reads',
    subject: secret({ primaryRegion: 'us-east-1', lastAccessedAt: null, createdAt: '2026-01-01T12:00:00Z' }),
    expect: 'fail',
    source: entry,
  },
  {
    name: 'unused, in the hands of a service',
    subject: secret({ lastAccessedAt: '2026-01-01T00:00:00Z', owningService: 'rds' }),
    expect: 'fail',
    reason: 'managed by rds',
  },
  {
    name: 'it is scheduled for deletion',
    subject: secret({ deletedAt: '2026-11-19T12:00:00Z', lastAccessedAt: '2026-01-01T00:00:00Z' }),
    expect: 'not-applicable',
  },
  { name: 'a date that is none', subject: secret({ lastAccessedAt: 'once' }), expect: 'unknown' },
]);
