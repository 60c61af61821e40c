import { denied, make, testAccount, testCheck } from '../../testing.ts';
import { check } from './root-hardware-mfa-enabled.ts';

const control = 'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-6';
const govCloud = 'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-iam.html';
const china = 'https://docs.aws.amazon.com/config/latest/developerguide/root-account-hardware-mfa-enabled.html';
const central = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html';
const virtual = [`arn:aws:iam::${testAccount}:mfa/root-account-mfa-device`];

testCheck('iam-root-hardware-mfa-enabled', check, [
  {
    name: 'GovCloud, whose root user cannot have MFA',
    subject: make('AWS::IAM::AccountSummary', { rootMfaEnabled: false }),
    partition: 'aws-us-gov',
    expect: 'not-applicable',
    reason: 'GovCloud',
    source: govCloud,
  },
  {
    name: 'China, where there is no root user',
    subject: make('AWS::IAM::AccountSummary', { rootMfaEnabled: false }),
    partition: 'aws-cn',
    expect: 'not-applicable',
    reason: 'no root user',
    source: china,
  },
  { name: 'MFA without a virtual device', subject: make('AWS::IAM::AccountSummary'), expect: 'pass', source: control },
  {
    name: 'a virtual device',
    subject: make('AWS::IAM::AccountSummary', { rootVirtualMfaDevices: virtual }),
    expect: 'fail',
    reason: 'root-account-mfa-device',
    source: control,
  },
  {
    name: 'no MFA',
    subject: make('AWS::IAM::AccountSummary', { rootMfaEnabled: false }),
    expect: 'fail',
    reason: 'no MFA',
  },
  {
    name: 'no MFA, and devices could not be listed',
    subject: make('AWS::IAM::AccountSummary', {
      rootMfaEnabled: false,
      rootVirtualMfaDevices: denied('iam:ListVirtualMFADevices'),
    }),
    expect: 'fail',
  },
  {
    name: 'credentials of a member removed centrally',
    subject: make('AWS::IAM::AccountSummary', { rootMfaEnabled: false, rootPasswordPresent: false }),
    organization: { rootCredentialsManagement: true },
    expect: 'not-applicable',
    source: central,
  },
  {
    name: 'devices could not be listed',
    subject: make('AWS::IAM::AccountSummary', { rootVirtualMfaDevices: denied('iam:ListVirtualMFADevices') }),
    expect: 'unknown',
    reason: 'iam:ListVirtualMFADevices',
  },
]);
