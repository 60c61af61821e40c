import type { CredentialReportConfig } from '../../../../domain/resources/iam.ts';
import { make, testCheck } from '../../testing.ts';
import { check } from './root-usage-recent.ts';

const practices = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html';
const report = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html';
const never = { active: false, lastRotated: null, lastUsed: null };
const root = (config: Partial<CredentialReportConfig>) =>
  make(
    'AWS::IAM::CredentialReport',
    { isRoot: true, passwordEnabled: null, passwordLastUsed: null, ...config },
    { arn: 'arn:aws:iam::111122223333:root', name: '<root_account>' },
  );
const user = make('AWS::IAM::CredentialReport', { passwordLastUsed: '2026-11-20T11:00:00Z' });

testCheck('iam-root-usage-recent', check, [
  {
    name: 'China, whose reports have no row for a root user',
    evidence: [user],
    partition: 'aws-cn',
    expect: 'not-applicable',
    reason: 'no root user',
  },
  { name: 'never used, while users were', evidence: [user, root({})], expect: 'pass', source: report },
  {
    name: 'password used yesterday',
    evidence: [root({ passwordLastUsed: '2026-11-19T12:00:00Z' })],
    expect: 'fail',
    reason: 'password',
    source: practices,
  },
  {
    name: 'password used exactly 30 days ago',
    evidence: [root({ passwordLastUsed: '2026-10-21T12:00:00Z' })],
    expect: 'pass',
  },
  {
    name: 'password used a second less than 30 days ago',
    evidence: [root({ passwordLastUsed: '2026-10-21T12:00:01Z' })],
    expect: 'fail',
  },
  {
    name: 'an earlier date with a longer quiet time',
    evidence: [root({ passwordLastUsed: '2026-10-01T12:00:00Z' })],
    parameters: { quietDays: 90 },
    expect: 'fail',
  },
  {
    name: 'second key used',
    evidence: [root({ accessKeys: [never, { ...never, lastUsed: '2026-11-10T00:00:00Z' }] })],
    expect: 'fail',
    reason: 'access key',
  },
  { name: 'a date that is no date counts as use', evidence: [root({ passwordLastUsed: 'lately' })], expect: 'fail' },
  { name: 'no row for the root user', evidence: [user], expect: 'unknown' },
  { name: 'the report could not be read', incomplete: ['AWS::IAM::CredentialReport'], expect: 'unknown' },
]);
