import { make, testCheck } from '../../testing.ts';
import { check } from './access-keys-rotated.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/access-keys-rotated.html';
const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-3';
const none = { active: false, lastRotated: null, lastUsed: null };
const key = (lastRotated: string | null, active = true) => ({ active, lastRotated, lastUsed: null });
const user = (first: typeof none | ReturnType<typeof key>, second: typeof none | ReturnType<typeof key> = none) =>
  make('AWS::IAM::CredentialReport', { accessKeys: [first, second] });

// Judged at 2026-11-20T12:00:00Z: 90 days earlier it was 2026-08-22T12:00:00Z.
testCheck('iam-access-keys-rotated', check, [
  { name: 'a key of a week ago', subject: user(key('2026-11-13T12:00:00Z')), expect: 'pass' },
  { name: 'exactly 90 days old', subject: user(key('2026-08-22T12:00:00Z')), expect: 'pass', source: control },
  {
    name: 'a second older than 90 days',
    subject: user(key('2026-08-22T11:59:59Z')),
    expect: 'fail',
    reason: 'Active access key 1 was made at 2026-08-22T11:59:59Z, more than 90 days ago; 90 days are allowed.',
    source: rule,
  },
  {
    name: 'the second key is old',
    subject: user(key('2026-11-13T12:00:00Z'), key('2025-01-01T00:00:00Z')),
    expect: 'fail',
  },
  {
    name: 'the old key is inactive',
    subject: user(key('2026-11-13T12:00:00Z'), key('2025-01-01T00:00:00Z', false)),
    expect: 'pass',
    source: rule,
  },
  {
    name: 'a longer life is allowed',
    subject: user(key('2026-08-01T12:00:00Z')),
    parameters: { maxAgeDays: 180 },
    expect: 'pass',
  },
  { name: 'no key', subject: user(none), expect: 'not-applicable' },
  { name: 'only inactive keys', subject: user(key('2025-01-01T00:00:00Z', false)), expect: 'not-applicable' },
  {
    name: 'the root user',
    subject: make('AWS::IAM::CredentialReport', { isRoot: true, accessKeys: [key('2020-01-01T00:00:00Z'), none] }),
    expect: 'not-applicable',
    reason: 'root',
  },
  { name: 'the report gives no date', subject: user(key(null)), expect: 'unknown' },
  { name: 'the report gives a date that is none', subject: user(key('once')), expect: 'unknown' },
  { name: 'one key is old and one has no date', subject: user(key('2025-01-01T00:00:00Z'), key(null)), expect: 'fail' },
  {
    name: 'one key is young and one has no date',
    subject: user(key('2026-11-13T12:00:00Z'), key(null)),
    expect: 'unknown',
  },
  { name: 'the report could not be read', incomplete: ['AWS::IAM::CredentialReport'], expect: 'unknown' },
]);
