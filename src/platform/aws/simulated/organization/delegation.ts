// Services that the organisation trusts, and the accounts that administer them.

import type { AccountRole } from './profile.ts';

/** Service principals with trusted access. */
export const trustedServices: readonly string[] = [
  'access-analyzer.amazonaws.com',
  'account.amazonaws.com',
  'backup.amazonaws.com',
  'cloudtrail.amazonaws.com',
  'config-multiaccountsetup.amazonaws.com',
  'config.amazonaws.com',
  'guardduty.amazonaws.com',
  'iam.amazonaws.com',
  'inspector2.amazonaws.com',
  'ipam.amazonaws.com',
  'macie.amazonaws.com',
  'malware-protection.guardduty.amazonaws.com',
  'member.org.stacksets.cloudformation.amazonaws.com',
  'ram.amazonaws.com',
  'securityhub.amazonaws.com',
  'sso.amazonaws.com',
];

/** Who administers what, by the account's role. */
export const delegations: Readonly<Partial<Record<AccountRole, readonly string[]>>> = {
  security: [
    'access-analyzer.amazonaws.com',
    'account.amazonaws.com',
    'config-multiaccountsetup.amazonaws.com',
    'config.amazonaws.com',
    'guardduty.amazonaws.com',
    'iam.amazonaws.com',
    'inspector2.amazonaws.com',
    'macie.amazonaws.com',
    'securityhub.amazonaws.com',
  ],
  network: ['ipam.amazonaws.com'],
  shared: ['backup.amazonaws.com', 'member.org.stacksets.cloudformation.amazonaws.com', 'sso.amazonaws.com'],
};
