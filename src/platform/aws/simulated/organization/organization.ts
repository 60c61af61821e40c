// The organisation: its tree, accounts, policies and delegations, and who may ask about them.

import { lowerId } from '../random.ts';
import { accountProfiles, teamsFor } from './accounts.ts';
import { type Crossing, crossingsOf } from './crossings.ts';
import { delegations } from './delegation.ts';
import { type OrganizationPolicy, organizationPolicies } from './policies.ts';
import type { AccountProfile, AccountRole } from './profile.ts';
import { type UnitTree, unitTree } from './units.ts';

export interface Organization {
  id: string;
  tree: UnitTree;
  accounts: readonly AccountProfile[];
  byId: ReadonlyMap<string, AccountProfile>;
  /** Accounts by the id of their parent. */
  byParent: ReadonlyMap<string, readonly AccountProfile[]>;
  policies: readonly OrganizationPolicy[];
  management: AccountProfile;
  /** The account that administers the security services; the management account when there is no other. */
  security: AccountProfile;
  logArchive: AccountProfile;
  /** How many accounts carry plants. */
  plantable: number;
  /** Ways from one account into another. */
  crossings: readonly Crossing[];
  /** Names of the roles that a scanner works with. */
  roles: { scanner: string; hub: string };
  /** Whether one trail watches all accounts. */
  organizationTrail: boolean;
  /** Service principals that an account administers. */
  delegatedTo(account: AccountProfile): readonly string[];
}

export interface OrganizationOptions {
  seed: string;
  accounts: number;
  roles: { scanner: string; hub: string };
  troubled: boolean;
  organizationTrail: boolean;
}

export function createOrganization(options: OrganizationOptions): Organization {
  const { seed, roles } = options;
  const id = `o-${lowerId(10, seed, 'organization')}`;
  const teams = teamsFor(options.accounts);
  const tree = unitTree(seed, teams);
  const accounts = accountProfiles(seed, options.accounts, tree, teams, options.troubled);
  const management = accounts[0];
  if (management === undefined) throw new RangeError('An organisation has at least one account.');
  const withRole = (role: AccountRole): AccountProfile =>
    accounts.find((account) => account.role === role) ?? management;
  const byParent = new Map<string, AccountProfile[]>();
  for (const account of accounts) {
    const siblings = byParent.get(account.unit.id);
    if (siblings === undefined) byParent.set(account.unit.id, [account]);
    else siblings.push(account);
  }
  return {
    id,
    tree,
    accounts,
    byId: new Map(accounts.map((account) => [account.id, account])),
    byParent,
    policies: organizationPolicies(seed, id, tree, accounts, { ...roles, security: withRole('security').id }),
    management,
    security: withRole('security'),
    logArchive: withRole('log-archive'),
    plantable: accounts.filter((account) => account.plantIndex !== undefined).length,
    roles,
    crossings: crossingsOf(accounts),
    organizationTrail: options.organizationTrail,
    delegatedTo: (account) => delegations[account.role] ?? [],
  };
}
