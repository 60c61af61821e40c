import { make, testCheck } from '../../testing.ts';
import { check } from './root-access-key-check.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/iam-root-access-key-check.html';
const central = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html';

testCheck(
  'iam-root-access-key-check',
  check,
  [
    { name: 'no key', subject: make('AWS::IAM::AccountSummary'), expect: 'pass' },
    {
      name: 'a key',
      subject: make('AWS::IAM::AccountSummary', { rootAccessKeysPresent: true }),
      expect: 'fail',
      source: rule,
    },
    {
      name: 'a key that outlived central root access management',
      subject: make('AWS::IAM::AccountSummary', { rootAccessKeysPresent: true, rootPasswordPresent: false }),
      organization: { rootCredentialsManagement: true },
      expect: 'fail',
      source: central,
    },
    {
      name: 'credentials removed centrally',
      subject: make('AWS::IAM::AccountSummary', { rootPasswordPresent: false, rootMfaEnabled: false }),
      organization: { rootCredentialsManagement: true },
      expect: 'pass',
    },
    { name: 'the summary could not be read', incomplete: ['AWS::IAM::AccountSummary'], expect: 'unknown' },
  ],
  { notApplicable: 'every account has a root user who could have a key' },
);
