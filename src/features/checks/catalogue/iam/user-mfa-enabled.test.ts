import { make, testCheck } from '../../testing.ts';
import { check } from './user-mfa-enabled.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/iam-user-mfa-enabled.html';
const report = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html';
const active = { active: true, lastRotated: '2026-11-01T00:00:00Z', lastUsed: null };
const inactive = { active: false, lastRotated: null, lastUsed: null };
const keyOnly = make('AWS::IAM::CredentialReport', {
  mfaActive: false,
  passwordEnabled: false,
  accessKeys: [inactive, active],
});

testCheck('iam-user-mfa-enabled', check, [
  { name: 'password and MFA', subject: make('AWS::IAM::CredentialReport', { mfaActive: true }), expect: 'pass' },
  {
    name: 'password without MFA',
    subject: make('AWS::IAM::CredentialReport', { mfaActive: false }),
    expect: 'fail',
    reason: 'password alone',
    source: rule,
  },
  { name: 'keys only', subject: keyOnly, expect: 'not-applicable', reason: 'access keys only', source: report },
  {
    name: 'keys only with MFA',
    subject: make('AWS::IAM::CredentialReport', { mfaActive: true, passwordEnabled: false }),
    expect: 'pass',
  },
  {
    name: 'keys only, judged as AWS Config does',
    subject: keyOnly,
    parameters: { keyOnlyUsers: 'judge' },
    expect: 'fail',
    source: rule,
  },
  {
    name: 'no credentials',
    subject: make('AWS::IAM::CredentialReport', { mfaActive: false, passwordEnabled: false }),
    expect: 'not-applicable',
    reason: 'no active key',
  },
  {
    name: 'the root user',
    subject: make('AWS::IAM::CredentialReport', { isRoot: true, passwordEnabled: null, mfaActive: false }),
    expect: 'not-applicable',
    reason: 'root',
  },
  { name: 'the report could not be read', incomplete: ['AWS::IAM::CredentialReport'], expect: 'unknown' },
]);
