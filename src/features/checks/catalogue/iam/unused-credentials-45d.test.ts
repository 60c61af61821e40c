import type { CredentialReportConfig } from '../../../../domain/resources/iam.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './unused-credentials-45d.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-22';
const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/iam-user-unused-credentials-check.html';
const none = { active: false, lastRotated: null, lastUsed: null };
const user = (config: Partial<CredentialReportConfig>) =>
  make('AWS::IAM::CredentialReport', { passwordEnabled: false, accessKeys: [none, none], ...config });
const password = (used: string | null, changed: string | null = '2025-01-01T00:00:00Z') =>
  user({ passwordEnabled: true, passwordLastUsed: used, passwordLastChanged: changed });
const key = (lastUsed: string | null, lastRotated: string | null, active = true) =>
  user({ accessKeys: [none, { active, lastUsed, lastRotated }] });

// Judged at 2026-11-20T12:00:00Z: 45 days earlier it was 2026-10-06T12:00:00Z.
testCheck('iam-unused-credentials-45d', check, [
  { name: 'password used yesterday', subject: password('2026-11-19T12:00:00Z'), expect: 'pass' },
  {
    name: 'password used 45 days ago',
    subject: password('2026-10-06T12:00:00Z'),
    expect: 'fail',
    reason: 'last used 45 days ago',
    source: control,
  },
  {
    name: 'password used a second less than 45 days ago',
    subject: password('2026-10-06T12:00:01Z'),
    expect: 'pass',
    source: control,
  },
  { name: 'password never used, made long ago', subject: password(null), expect: 'fail', reason: 'never used' },
  { name: 'password never used, made last week', subject: password(null, '2026-11-13T12:00:00Z'), expect: 'pass' },
  { name: 'password of a user of last year, without a date', subject: password(null, null), expect: 'fail' },
  {
    name: 'password disabled',
    subject: user({ passwordEnabled: false, passwordLastUsed: '2020-01-01T00:00:00Z' }),
    expect: 'not-applicable',
  },
  {
    name: 'key used long ago',
    subject: key('2026-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    expect: 'fail',
    reason: 'access key 2 was last used',
  },
  { name: 'key never used, made yesterday', subject: key(null, '2026-11-19T12:00:00Z'), expect: 'pass' },
  {
    name: 'key never used, without a date',
    subject: key(null, null),
    expect: 'fail',
    reason: 'access key 2 was never used',
  },
  { name: 'inactive key', subject: key('2020-01-01T00:00:00Z', null, false), expect: 'not-applicable' },
  {
    name: 'used 60 days ago, 90 allowed as in IAM.8',
    subject: password('2026-09-21T12:00:00Z'),
    parameters: { maxUnusedDays: 90 },
    expect: 'pass',
    source: rule,
  },
  {
    name: 'the root user',
    subject: make('AWS::IAM::CredentialReport', { isRoot: true, passwordLastUsed: '2020-01-01T00:00:00Z' }),
    expect: 'not-applicable',
    reason: 'root',
  },
  { name: 'a date that is none', subject: password('lately'), expect: 'unknown' },
  {
    name: 'one date that is none, and a credential in use',
    subject: user({
      passwordEnabled: true,
      passwordLastUsed: 'lately',
      accessKeys: [{ active: true, lastRotated: null, lastUsed: '2026-11-19T12:00:00Z' }, none],
    }),
    expect: 'unknown',
  },
  { name: 'the report could not be read', incomplete: ['AWS::IAM::CredentialReport'], expect: 'unknown' },
]);
