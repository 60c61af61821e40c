// Discovery: from the user's credentials to the organisation and its accounts, and what of it could not be read.

import type { Account, DelegatedAdministrator, Organization, OrganizationPolicy } from '../../domain/account.ts';
import type { Partition } from '../../domain/arn.ts';
import { type Evidence, type UnreadReason, isUnread, unread } from '../../domain/evidence.ts';
import type { Gap } from '../../domain/gap.ts';
import type { AwsAccess, ClassifiedError } from '../../platform/aws/contract.ts';
import { type ContextRules, contextOf } from './context.ts';
import { mapLimited } from './map-limited.ts';
import { type OrganizationReader, organizationReader } from './organization-reader.ts';
import { type PlacedAccount, type Tree, readTree } from './tree.ts';

export interface DiscoveryDependencies {
  aws: AwsAccess;
  homeRegion: (partition: Partition) => string;
  classify: (error: unknown) => ClassifiedError;
  contextRules: ContextRules;
  /** Said in short sentences while it works. */
  progress?: (message: string) => void;
}

export interface Discovery {
  organization: Organization;
  accounts: Account[];
  gaps: Gap[];
  /** False when accounts may exist that were not seen: then no score can be given for the organisation. */
  accountListComplete: boolean;
}

const callsAtOnce = 8;

const isList = <T>(value: Evidence<T | null>): value is T => value !== null && !isUnread(value);

/** An empty list stands for null ("AWS says there is none"); a refusal stays a refusal. */
function evidenceOf<T, R>(value: Evidence<T | null>, map: (value: T) => R, none: R): Evidence<R> {
  if (value === null) return none;
  return isUnread(value) ? value : map(value);
}

async function readPolicies(
  reader: OrganizationReader,
  types: readonly string[],
): Promise<Evidence<readonly OrganizationPolicy[]>> {
  const lists = await mapLimited(types, 4, (type) => reader.policies(type));
  const refused = lists.find(isUnread);
  if (refused !== undefined) return refused;
  const summaries = lists.flatMap((list) => (isList(list) ? list : [])).filter((policy) => policy.Id !== undefined);
  return await mapLimited(summaries, callsAtOnce, async (summary): Promise<OrganizationPolicy> => {
    const id = summary.Id ?? '';
    const [described, targets] = await Promise.all([reader.policy(id), reader.targets(id)]);
    const content = evidenceOf(described, (policy) => policy.Content, undefined);
    return {
      id,
      arn: summary.Arn ?? '',
      name: summary.Name ?? id,
      type: summary.Type ?? '',
      awsManaged: summary.AwsManaged ?? false,
      content: content ?? unread('organizations:DescribePolicy', 'failed'),
      targets: evidenceOf(targets, (all) => all.flatMap((target) => target.TargetId ?? []), []),
    };
  });
}

async function readDelegations(reader: OrganizationReader): Promise<Evidence<readonly DelegatedAdministrator[]>> {
  const administrators = await reader.delegatedAdministrators();
  if (isUnread(administrators)) return administrators;
  const ids = (administrators ?? []).flatMap((one) => one.Id ?? []);
  return await mapLimited(ids, callsAtOnce, async (account) => ({
    account,
    services: evidenceOf(
      await reader.delegatedServices(account),
      (services) => services.flatMap((service) => service.ServicePrincipal ?? []),
      [],
    ),
  }));
}

/** A single account, when Organizations cannot be asked or says that there is no organisation. */
function alone(
  identity: { account: string; partition: Partition },
  cause: UnreadReason | 'none' | 'not-permitted',
  simulated: boolean,
): Pick<Discovery, 'organization' | 'accounts' | 'accountListComplete'> {
  const missing =
    cause === 'none' ? null : unread('organizations:ListRoots', cause === 'not-permitted' ? 'denied' : cause);
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
  return { organization, accounts: [account], accountListComplete: true };
}

function accountsOf(tree: Tree, management: string): Omit<Account, 'tags' | 'context'>[] {
  const unitById = new Map(tree.units.map((unit) => [unit.id, unit]));
  const idsTo = (parent: string): string[] => {
    const unit = unitById.get(parent);
    return unit === undefined ? (parent === '' ? [] : [parent]) : [...idsTo(unit.parentId), unit.id];
  };
  return tree.accounts.map((account: PlacedAccount) => ({
    id: account.id,
    name: account.name,
    email: account.email,
    status: account.status,
    joinedAt: account.joinedAt,
    ouPath: account.parentId === '' ? '?' : (unitById.get(account.parentId)?.path ?? '/'),
    ouIds: idsTo(account.parentId),
    isManagement: account.id === management,
  }));
}

/**
 * Discovers the organisation that the credentials belong to. Never fails for a refusal of Organizations: then there is
 * one account, and the gap says so.
 * @throws VedetteError when the credentials themselves cannot be used.
 */
export async function discover(dependencies: DiscoveryDependencies): Promise<Discovery> {
  const { aws, classify, progress } = dependencies;
  const identity = await aws.identity();
  const gaps = new Map<string, Gap>();
  const onGap = (gap: { operation: string; reason: UnreadReason; detail: string }): void => {
    const service = gap.operation.split(':')[0] ?? '';
    gaps.set(`${gap.operation} ${gap.reason}`, {
      account: identity.account,
      regions: ['global'],
      service,
      action: gap.operation,
      reason: gap.reason,
      detail: gap.detail,
    });
  };
  const reader = organizationReader(await aws.own(), dependencies.homeRegion(identity.partition), classify, onGap);
  const described = await reader.organization();
  if (described === null) return { ...alone(identity, 'none', aws.simulated), gaps: [] };
  if (isUnread(described))
    return { ...alone(identity, described.$unread.reason, aws.simulated), gaps: [...gaps.values()] };
  const roots = await reader.roots();
  const root = isList(roots) ? roots[0] : undefined;
  if (root?.Id === undefined) {
    return {
      ...alone(identity, isUnread(roots) ? roots.$unread.reason : 'not-permitted', aws.simulated),
      gaps: [...gaps.values()],
    };
  }
  const management = described.MasterAccountId ?? '';
  progress?.('reading the tree of the organisation');
  const types = (root.PolicyTypes ?? []).filter((type) => type.Status === 'ENABLED').flatMap((type) => type.Type ?? []);
  const [tree, policies, delegatedAdministrators, trusted, features] = await Promise.all([
    readTree(reader, root.Id),
    readPolicies(reader, types),
    readDelegations(reader),
    reader.trustedServices(),
    reader.rootFeatures(),
  ]);
  progress?.(`reading the tags of ${tree.accounts.length} accounts`);
  const places = accountsOf(tree, management);
  const accounts = await mapLimited(places, callsAtOnce, async (place): Promise<Account> => {
    const tags = evidenceOf(
      await reader.tags(place.id),
      (list) => Object.fromEntries(list.map((tag) => [tag.Key ?? '', tag.Value ?? ''])),
      {},
    );
    return {
      ...place,
      tags,
      context: contextOf(place.id, place.ouPath, isUnread(tags) ? {} : tags, dependencies.contextRules),
    };
  });
  const organization: Organization = {
    id: described.Id ?? `account-${identity.account}`,
    partition: identity.partition,
    managementAccount: management === '' ? unread('organizations:DescribeOrganization', 'failed') : management,
    reachable: true,
    rootId: root.Id,
    units: tree.units,
    policies,
    delegatedAdministrators,
    trustedServices: evidenceOf(trusted, (list) => list.flatMap((service) => service.ServicePrincipal ?? []), []),
    rootCredentialsManagement: evidenceOf(features, (list) => list.includes('RootCredentialsManagement'), false),
    simulated: aws.simulated,
  };
  const flatRefused =
    gaps.has('organizations:ListAccounts denied') ||
    [...gaps.keys()].some((key) => key.startsWith('organizations:ListAccounts '));
  return {
    organization,
    accounts,
    gaps: [...gaps.values()],
    accountListComplete: !(flatRefused && tree.unlisted.length > 0),
  };
}
