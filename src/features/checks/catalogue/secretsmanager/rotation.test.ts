import type { SecretConfig } from '../../../../domain/resources/secretsmanager.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './rotation.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/secretsmanager-rotation-enabled-check.html';
const schedules = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html';
const secret = (changes: Partial<SecretConfig> = {}) => make('AWS::SecretsManager::Secret', changes);
const every = (automaticallyAfterDays: number | null, scheduleExpression: string | null = null) =>
  secret({ rotationRules: { automaticallyAfterDays, scheduleExpression, duration: null } });
const monthly = { maximumDays: 30 };

testCheck('secretsmanager-rotation', check, [
  { name: 'rotated every month', subject: secret(), expect: 'pass', reason: 'every 30 days' },
  { name: 'not rotated', subject: secret({ rotationEnabled: false }), expect: 'fail', source: rule },
  {
    name: 'rotation was turned off and its rules stayed',
    subject: secret({ rotationEnabled: false, nextRotationAt: null }),
    expect: 'fail',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CancelRotateSecret.html',
  },
  {
    name: 'a service manages it and rotates it, without a function',
    subject: secret({ owningService: 'rds', rotationLambdaArn: null }),
    expect: 'pass',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_managed.html',
  },
  {
    name: 'a service manages it and does not rotate it',
    subject: secret({ owningService: 'events', rotationEnabled: false, rotationRules: null }),
    expect: 'fail',
    reason: 'managed by events',
    source: rule,
  },
  { name: 'exactly as often as demanded', subject: every(30), parameters: monthly, expect: 'pass', source: rule },
  {
    name: 'a day less often than demanded',
    subject: every(31),
    parameters: monthly,
    expect: 'fail',
    reason: 'every 31 days; 30 are allowed',
    source: rule,
  },
  { name: 'a rate in days', subject: every(null, 'rate(31 days)'), parameters: monthly, expect: 'fail' },
  { name: 'a rate of one day', subject: every(null, 'rate(1 day)'), parameters: { maximumDays: 1 }, expect: 'pass' },
  {
    name: 'a rate in hours',
    subject: every(null, 'rate(36 hours)'),
    parameters: { maximumDays: 1 },
    expect: 'fail',
    reason: 'every 1.5 days',
    source: schedules,
  },
  {
    name: 'a calendar, however often',
    subject: every(null, 'cron(0 8 1 * ? *)'),
    expect: 'pass',
    reason: 'by cron(0 8 1 * ? *)',
    source: schedules,
  },
  {
    name: 'a calendar of which AWS has not said how often it is',
    subject: every(null, 'cron(0 8 1 * ? *)'),
    parameters: monthly,
    expect: 'unknown',
  },
  { name: 'a calendar of which it has', subject: every(28, 'cron(0 8 1 * ? *)'), parameters: monthly, expect: 'pass' },
  { name: 'no rules', subject: secret({ rotationRules: null }), expect: 'pass', reason: 'AWS does not say' },
  {
    name: 'a replica',
    subject: secret({ primaryRegion: 'us-east-1', rotationEnabled: false }),
    expect: 'not-applicable',
    reason: 'it is rotated in us-east-1',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html',
  },
  {
    name: 'one that has replicas elsewhere',
    subject: secret({ primaryRegion: 'eu-west-1', rotationEnabled: false }),
    expect: 'fail',
  },
  {
    name: 'it is scheduled for deletion',
    subject: secret({ deletedAt: '2026-11-19T12:00:00Z', rotationEnabled: false }),
    expect: 'not-applicable',
  },
]);
