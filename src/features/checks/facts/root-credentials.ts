// Whether an account's root user can sign in at all.

import type { Account, Organization } from '../../../domain/account.ts';
import type { Partition } from '../../../domain/arn.ts';
import { known } from '../../../domain/evidence.ts';
import type { AccountSummaryConfig } from '../../../domain/resources/iam.ts';

/** True for an account of an organisation that is not its management account. */
function isMember(account: Account, organization: Organization | undefined): boolean {
  return organization !== undefined && organization.reachable && !account.isManagement;
}

/**
 * True when central root access management removed the root user's credentials: there is neither a password nor a key,
 * and password recovery is blocked. Only member accounts can be in this state.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html
 * @throws EvidenceUnread when the root user has no password and it could not be read whether recovery is blocked.
 */
export function rootCredentialsRemoved(
  account: Account,
  organization: Organization | undefined,
  summary: AccountSummaryConfig,
): boolean {
  if (summary.rootAccessKeysPresent || summary.rootPasswordPresent !== false) return false;
  if (organization === undefined || account.isManagement) return false;
  return known(organization.rootCredentialsManagement) && isMember(account, organization);
}

/**
 * Why nothing is to be asked of a root user in a partition; undefined where something is.
 * https://docs.amazonaws.cn/en_us/aws/latest/userguide/iam.html
 */
export function noRootUser(partition: Partition): string | undefined {
  return partition === 'aws-cn'
    ? 'In the China Regions there is no root user: all users are IAM users, who are judged by themselves.'
    : undefined;
}

/**
 * Why MFA of the root user is no question in a partition; undefined where it is one. In GovCloud nobody signs in to the
 * console as the root user, and no MFA device can be enabled for it. AWS Config has no such rules there or in China.
 * https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-account-root-user.html
 * https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-iam.html
 */
export function rootMfaImpossible(partition: Partition): string | undefined {
  const none = noRootUser(partition);
  if (none !== undefined) return none;
  return partition === 'aws-us-gov'
    ? 'In AWS GovCloud (US) the root user cannot sign in to the console or have MFA; iam-root-access-key-check judges its keys.'
    : undefined;
}
