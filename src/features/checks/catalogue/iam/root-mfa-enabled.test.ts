import { denied, make, testCheck } from '../../testing.ts';
import { check } from './root-mfa-enabled.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/root-account-mfa-enabled.html';
const govCloud = 'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-iam.html';
const central = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html';
const summary = (rootPasswordPresent: boolean | null, rootAccessKeysPresent = false) =>
  make('AWS::IAM::AccountSummary', { rootMfaEnabled: false, rootPasswordPresent, rootAccessKeysPresent });

testCheck('iam-root-mfa-enabled', check, [
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
    source: rule,
  },
  { name: 'MFA', subject: make('AWS::IAM::AccountSummary'), expect: 'pass' },
  { name: 'a password without MFA', subject: summary(true), expect: 'fail', source: rule },
  {
    name: 'a password without MFA although central management is on',
    subject: summary(true),
    organization: { rootCredentialsManagement: true },
    expect: 'fail',
    source: central,
  },
  {
    name: 'credentials of a member removed centrally',
    subject: summary(false),
    organization: { rootCredentialsManagement: true },
    expect: 'not-applicable',
    source: central,
  },
  {
    name: 'no password yet, but it can be recovered by mail',
    subject: summary(false),
    organization: { rootCredentialsManagement: false },
    expect: 'fail',
  },
  {
    name: 'no password but a key',
    subject: summary(false, true),
    organization: { rootCredentialsManagement: true },
    expect: 'fail',
  },
  {
    name: 'AWS does not say whether there is a password',
    subject: summary(null),
    organization: { rootCredentialsManagement: true },
    expect: 'fail',
  },
  {
    name: 'the management account manages its own root user',
    subject: summary(false),
    account: { isManagement: true },
    organization: { rootCredentialsManagement: true },
    expect: 'fail',
  },
  {
    name: 'no password, and an account outside any organisation',
    subject: summary(false),
    organization: { reachable: false, rootCredentialsManagement: true },
    expect: 'fail',
  },
  {
    name: 'no password, and nothing known of an organisation',
    subject: summary(false),
    organization: null,
    expect: 'fail',
  },
  {
    name: 'no password, and the management of root credentials could not be read',
    subject: summary(false),
    organization: { rootCredentialsManagement: denied('iam:ListOrganizationsFeatures') },
    expect: 'unknown',
    reason: 'iam:ListOrganizationsFeatures',
  },
  {
    name: 'a password, and the management of root credentials could not be read',
    subject: summary(true),
    organization: { rootCredentialsManagement: denied('iam:ListOrganizationsFeatures') },
    expect: 'fail',
  },
  { name: 'the summary could not be read', incomplete: ['AWS::IAM::AccountSummary'], expect: 'unknown' },
]);
