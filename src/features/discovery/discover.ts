// Discovery: from the user's credentials to the organisation and its accounts, and what of it could not be read.

import type { Account, Organization } from '../../domain/account.ts';
import { parseArn } from '../../domain/arn.ts';
import { type Evidence, isUnread, unread } from '../../domain/evidence.ts';
import { readTags, tagsNotRead } from './account-tags.ts';
import { type ContextRules, contextOf } from './context.ts';
import type { Discovery, DiscoveryDependencies } from './contract.ts';
import { gapCollector } from './gap-collector.ts';
import { evidenceOf, readDelegations, readPolicies } from './organization-facts.ts';
import { type OrganizationReader, organizationReader } from './organization-reader.ts';
import { type Alone, singleAccount } from './single-account.ts';
import { type PlacedAccount, type Tree, readTree } from './tree.ts';

/** The organisation's id and management account, as `DescribeOrganization` or else an ARN of its root or accounts says. */
function identified(
  described: Evidence<{ Id?: string | undefined; MasterAccountId?: string | undefined } | null>,
  arns: readonly (string | undefined)[],
): { id: string | undefined; management: string | undefined } {
  const said = described === null || isUnread(described) ? {} : described;
  // arn:aws:organizations::<management account>:root/o-…/r-…
  const arn = arns.flatMap((one) => (one === undefined ? [] : (parseArn(one) ?? [])))[0];
  const id = /^(?:root|account)\/(o-[a-z0-9]{10,32})\//.exec(arn?.resource ?? '')?.[1];
  return { id: said.Id ?? id, management: said.MasterAccountId ?? (id === undefined ? undefined : arn?.account) };
}

/** The tree with our own account in it, when neither list of accounts could be read: it is in the organisation, somewhere. */
function onlyOwn(tree: Tree, id: string): Tree {
  const own = { id, arn: '', name: id, email: '', status: 'ACTIVE', joinedAt: '', parentId: '' } as const;
  return { ...tree, accounts: [own] };
}

function accountsOf(tree: Tree, management: string | undefined, rules: ContextRules): Account[] {
  const unitById = new Map(tree.units.map((unit) => [unit.id, unit]));
  const idsTo = (parent: string): string[] => {
    const unit = unitById.get(parent);
    return unit === undefined ? (parent === '' ? [] : [parent]) : [...idsTo(unit.parentId), unit.id];
  };
  return tree.accounts.map(({ id, name, email, status, joinedAt, parentId }: PlacedAccount) => {
    const ouPath = parentId === '' ? '?' : (unitById.get(parentId)?.path ?? '/');
    return {
      id,
      name,
      email,
      status,
      joinedAt,
      ouPath,
      ouIds: idsTo(parentId),
      isManagement: id === management,
      tags: tagsNotRead,
      context: contextOf(id, ouPath, {}, rules),
    };
  });
}

async function withTags(
  reader: OrganizationReader,
  accounts: readonly Account[],
  rules: ContextRules,
): Promise<Account[]> {
  const read = new Map((await readTags(reader, accounts, rules)).map((one) => [one.id, one]));
  return accounts.map((account) => ({ ...account, ...read.get(account.id) }));
}

/**
 * Discovers the organisation that the credentials belong to. Never fails for a refusal of Organizations: what is
 * refused is a gap, and when nothing is left there is one account.
 * @throws VedetteError when the credentials themselves cannot be used; what `signal` was aborted with.
 */
export async function discover(dependencies: DiscoveryDependencies): Promise<Discovery> {
  const { aws, classify, progress, contextRules } = dependencies;
  const identity = await aws.identity();
  const { onGap, gaps } = gapCollector(identity.account);
  const region = dependencies.homeRegion(identity.partition);
  const reader = organizationReader(await aws.own(), region, classify, onGap, dependencies.signal);
  const alone = (cause: Alone): Discovery => ({
    ...singleAccount(identity, cause, aws.simulated),
    gaps: gaps(),
    accountListComplete: cause === 'no-organization',
    unlisted: [],
  });
  const described = await reader.organization();
  if (described === null) return alone('no-organization');
  const roots = await reader.roots();
  const root = isUnread(roots) ? undefined : roots?.find((one) => one.Id !== undefined);
  const noRoot = isUnread(roots) ? roots : unread('organizations:ListRoots', 'failed');
  if (root === undefined && !isUnread(roots)) {
    onGap({ operation: 'organizations:ListRoots', reason: 'failed', detail: 'Organizations named no root.' });
  }
  progress?.('reading the tree of the organisation');
  const tree = await readTree(reader, root?.Id);
  const { id, management } = identified(described, [root?.Arn, ...tree.accounts.map((account) => account.arn)]);
  if (id === undefined || (root === undefined && tree.accounts.length === 0)) return alone(noRoot);
  progress?.('reading the policies of the organisation');
  const types = root?.PolicyTypes?.flatMap((type) => (type.Status === 'ENABLED' ? (type.Type ?? []) : [])) ?? [];
  const [policies, delegatedAdministrators, trusted, features] = await Promise.all([
    root === undefined ? noRoot : readPolicies(reader, types),
    readDelegations(reader),
    reader.trustedServices(),
    reader.rootFeatures(),
  ]);
  let accounts = accountsOf(
    tree.accounts.length === 0 ? onlyOwn(tree, identity.account) : tree,
    management,
    contextRules,
  );
  if (dependencies.withTags === true) {
    progress?.(`reading the tags of ${accounts.length} accounts`);
    accounts = await withTags(reader, accounts, contextRules);
  }
  const organization: Organization = {
    id,
    partition: identity.partition,
    managementAccount: management ?? unread('organizations:DescribeOrganization', 'failed'),
    reachable: true,
    rootId: root?.Id ?? '',
    ...(tree.complete ? { accountIds: accounts.map((account) => account.id) } : {}),
    units: tree.units,
    policies,
    delegatedAdministrators,
    trustedServices: evidenceOf(trusted, (list) => list.flatMap((service) => service.ServicePrincipal ?? []), []),
    rootCredentialsManagement: evidenceOf(features, (list) => list.includes('RootCredentialsManagement'), false),
    simulated: aws.simulated,
  };
  return {
    organization,
    accounts,
    gaps: gaps(),
    accountListComplete: tree.complete,
    unlisted: root === undefined ? [{ id: 'root', why: noRoot }] : tree.unlisted,
  };
}
