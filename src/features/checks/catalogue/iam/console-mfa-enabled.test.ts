import { make, testCheck } from '../../testing.ts';
import { check } from './console-mfa-enabled.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/mfa-enabled-for-iam-console-access.html';
const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-5';

testCheck('iam-console-mfa-enabled', check, [
  { name: 'password and MFA', subject: make('AWS::IAM::CredentialReport'), expect: 'pass' },
  {
    name: 'password without MFA',
    subject: make('AWS::IAM::CredentialReport', { mfaActive: false }),
    expect: 'fail',
    source: rule,
  },
  {
    name: 'keys only',
    subject: make('AWS::IAM::CredentialReport', { mfaActive: false, passwordEnabled: false }),
    expect: 'not-applicable',
    reason: 'no console password',
    source: control,
  },
  {
    name: 'keys only with MFA',
    subject: make('AWS::IAM::CredentialReport', { passwordEnabled: false }),
    expect: 'not-applicable',
  },
  {
    name: 'the root user',
    subject: make('AWS::IAM::CredentialReport', { isRoot: true, passwordEnabled: null, mfaActive: false }),
    expect: 'not-applicable',
    reason: 'root',
  },
  { name: 'the report could not be read', incomplete: ['AWS::IAM::CredentialReport'], expect: 'unknown' },
]);
