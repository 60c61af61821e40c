// One account alone: what is left when Organizations cannot be asked, or when there is no organisation.

import type { Account, Organization } from '../../domain/account.ts';
import type { Partition } from '../../domain/arn.ts';
import { type Unread, unread } from '../../domain/evidence.ts';

/** What Organizations said of the organisation: that there is none, or nothing. */
export type Alone = 'no-organization' | Unread;

/** The organisation of a single account, and that account. */
export function singleAccount(
  identity: { account: string; partition: Partition },
  cause: Alone,
  simulated: boolean,
): { organization: Organization; accounts: Account[] } {
  const missing = cause === 'no-organization' ? undefined : unread('organizations:ListRoots', cause.$unread.reason);
  const organization: Organization = {
    id: `account-${identity.account}`,
    partition: identity.partition,
    managementAccount: missing ?? identity.account,
    reachable: false,
    rootId: '',
    units: [],
    policies: missing ?? [],
    delegatedAdministrators: missing ?? [],
    trustedServices: missing ?? [],
    rootCredentialsManagement: missing ?? false,
    simulated,
  };
  const account: Account = {
    id: identity.account,
    name: identity.account,
    email: '',
    status: 'ACTIVE',
    ouPath: '/',
    ouIds: [],
    joinedAt: '',
    tags: missing ?? {},
    context: {},
    isManagement: false,
  };
  return { organization, accounts: [account] };
}
