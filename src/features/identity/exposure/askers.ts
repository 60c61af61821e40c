// In whose name a policy is tried: the public, whoever its statements and conditions name, and the services they name.

import { isAccountId, parseArn } from '../../../domain/arn.ts';
import type { ContextInput } from '../policy/context.ts';
import type { PolicyDocument, PrincipalEntry } from '../policy/document.ts';
import { canonicalUserKey } from '../policy/match-principal.ts';
import { parsePrincipal } from '../policy/principal.ts';
import type { Principal } from '../policy/principal.ts';
import type { Test } from '../policy/truth.ts';
import type { Audience, ExposedResource, Membership } from './access.ts';
import { fixes } from './narrowing.ts';

/** One request's sender, what is known of its context, and which conditions it can never meet. */
export interface Asker {
  readonly audience: Audience;
  readonly principal: Principal;
  readonly values: ContextInput['values'];
  /** Keys that the request carries with values that the sender may choose or that are not known. */
  readonly present: readonly string[];
  readonly never: (test: Test) => boolean;
}

/** Ids of accounts that are nobody's: that of an arbitrary stranger, and that of an arbitrary member. */
const stranger = '000000000000';
const member = '000000000001';

const signed = ['aws:PrincipalArn', 'aws:PrincipalType', 'aws:userid', 'aws:username'] as const;

/** None of the canonical user ids that a policy or list may name: each of them is tried in its own name. */
const noCanonicalId = { [canonicalUserKey]: ['-'] };

/** A role of unknown name, or of the account named. */
function roleOf(account: string, partition: string): Principal {
  const arn = `arn:${partition}:iam::${account}:role/${stranger}`;
  return {
    kind: 'role',
    partition,
    account,
    arn,
    name: stranger,
    pathKnown: true,
    session: undefined,
    serviceLinked: false,
  };
}

/** Whether an account belongs to the organisation, as far as is known. */
export function membershipOf(account: string, resource: ExposedResource): Membership {
  const { organization } = resource;
  if (organization?.accounts === undefined) return 'unknown';
  return organization.accounts.has(account) ? 'member' : 'outside';
}

/** Everybody in whose name the policy and the access control list must be tried. */
export function askersOf(resource: ExposedResource, document: PolicyDocument | undefined): readonly Asker[] {
  const grants = (document?.statements ?? []).filter(({ effect, sound }) => effect === 'Allow' && sound);
  const entries = grants.flatMap(({ principals }) => principals?.entries ?? []);
  const acl = resource.s3?.acl ?? [];
  const open =
    entries.some(({ kind }) => kind === 'everyone') ||
    acl.some(({ grantee }) => grantee === 'AllUsers' || grantee === 'AuthenticatedUsers');
  const partition = parseArn(resource.arn)?.partition ?? 'aws';
  const named = open ? namedInConditions(grants) : { accounts: new Set<string>(), organisations: new Set<string>() };
  const askers: Asker[] = open ? strangers(partition) : [];
  const own = resource.organization?.id;
  if (open) {
    if (own !== undefined) named.organisations.add(own);
    for (const id of named.organisations) askers.push(memberOf(id, id === own, partition));
  }
  askers.push(...entries.flatMap((entry) => namedBy(entry, resource)));
  for (const { granteePrincipal } of resource.kmsGrants ?? [])
    if (granteePrincipal.startsWith('arn:'))
      askers.push(...namedBy({ kind: 'AWS', value: granteePrincipal }, resource));
  const accounts = [...named.accounts].filter((id) => id !== resource.account);
  for (const id of accounts) askers.push(accountAsker(id, roleOf(id, partition), resource));
  for (const { grantee } of acl) askers.push(...canonical(grantee, resource));
  return [...new Map(askers.map((asker) => [keyOf(asker), directly(asker, resource)])).values()];
}

const pointKeys = new Set(['s3:dataaccesspointaccount', 's3:dataaccesspointarn']);

/**
 * What a bucket leaves to the access points of its own account is up to their policies, which are judged by themselves:
 * a bucket is tried with requests that do not come through one of them.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html#access-points-delegating-control
 */
function directly(asker: Asker, { kind, account }: ExposedResource): Asker {
  if (kind !== 'bucket') return asker;
  const owns = (value: string): boolean => (isAccountId(value) ? value : parseArn(value)?.account) === account;
  const throughOwnPoint = (test: Test): boolean =>
    pointKeys.has(test.key.toLowerCase()) && fixes(test) === 'origin' && test.values.every(owns);
  return { ...asker, never: (test) => throughOwnPoint(test) || asker.never(test) };
}

function keyOf({ audience, principal }: Asker): string {
  return JSON.stringify([audience, principal]);
}

const fixesAnything = (test: Test): boolean => fixes(test) !== undefined;
const fixesCaller = (test: Test): boolean => fixes(test) === 'principal' || fixes(test) === 'organisation';

function strangers(partition: string): Asker[] {
  const role = { principal: roleOf(stranger, partition), values: noCanonicalId, present: signed };
  return [
    {
      audience: { kind: 'public', who: 'anonymous' },
      principal: { kind: 'anonymous' },
      values: {},
      present: [],
      never: fixesAnything,
    },
    { audience: { kind: 'public', who: 'any-aws-account' }, ...role, never: fixesAnything },
    { audience: { kind: 'narrowed' }, ...role, never: fixesCaller },
  ];
}

function memberOf(id: string, own: boolean, partition: string): Asker {
  return {
    audience: { kind: 'organisation', id, own },
    principal: roleOf(own ? member : stranger, partition),
    values: { ...noCanonicalId, 'aws:PrincipalOrgID': [id] },
    present: [...signed, 'aws:PrincipalOrgPaths'],
    never: (test) => fixes(test) === 'principal' || namesOtherOrganisation(test, id),
  };
}

function namesOtherOrganisation(test: Test, id: string): boolean {
  if (fixes(test) !== 'organisation') return false;
  return test.values.every((value) => value !== id && !value.startsWith(`${id}/`) && !value.startsWith('${'));
}

function accountAsker(id: string, principal: Principal, resource: ExposedResource): Asker {
  const membership = membershipOf(id, resource);
  const own = resource.organization?.id;
  return {
    audience: { kind: 'account', id, membership },
    principal,
    values: {
      ...noCanonicalId,
      ...(membership === 'member' && own !== undefined ? { 'aws:PrincipalOrgID': [own] } : {}),
    },
    present: signed,
    never(test) {
      const fixing = fixes(test);
      if (fixing === 'principal') return test.values.every((value) => namesOtherAccount(value, id));
      if (fixing !== 'organisation' || membership !== 'outside') return false;
      // An outsider is not of this organisation; of which other one, nobody here knows.
      return test.values.every((value) => value.startsWith('${') || value === own || value.startsWith(`${own}/`));
    },
  };
}

function namesOtherAccount(value: string, id: string): boolean {
  const account = isAccountId(value) ? value : (parseArn(value)?.account ?? '');
  return isAccountId(account) && account !== id;
}

function namedBy(entry: PrincipalEntry, resource: ExposedResource): Asker[] {
  if (entry.kind === 'everyone') return [];
  if (entry.kind === 'CanonicalUser') return canonical(entry.value, resource);
  if (entry.kind === 'Service') return services(entry.value);
  const principal = parsePrincipal(entry.value);
  if (principal === undefined) return [];
  if (principal.kind === 'service') return services(entry.value);
  if (principal.kind === 'federated') {
    const audience: Audience = { kind: 'federated', provider: principal.provider };
    return [{ audience, principal, values: {}, present: [], never: () => false }];
  }
  if (principal.kind === 'anonymous' || principal.account === resource.account) return [];
  // An account stands for its users and roles: the root user itself cannot assume roles.
  const speaking = principal.kind === 'root' ? roleOf(principal.account, principal.partition) : principal;
  const asker = accountAsker(principal.account, speaking, resource);
  return [principal.kind === 'root' ? asker : { ...asker, present: [] }];
}

function services(name: string): Asker[] {
  const principal: Principal = { kind: 'service', name };
  const base = { principal, values: {}, present: [] };
  return [
    { audience: { kind: 'service', name, forAnyone: true }, ...base, never: (test) => fixes(test) === 'origin' },
    { audience: { kind: 'service', name, forAnyone: false }, ...base, never: () => false },
  ];
}

/** A canonical user id is another name of an account: which one, it does not say. */
function canonical(grantee: string, resource: ExposedResource): Asker[] {
  if (!/^[0-9a-f]{64}$/.test(grantee) || grantee === resource.s3?.owner) return [];
  const principal = roleOf(stranger, parseArn(resource.arn)?.partition ?? 'aws');
  const asker = accountAsker(grantee, principal, resource);
  const audience: Audience = { kind: 'account', id: grantee, membership: 'unknown' };
  return [{ ...asker, audience, values: { [canonicalUserKey]: [grantee] } }];
}

/** A bucket that opens itself to the access points of an account lets that account decide who gets in. */
const principalKeys = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);
const organisationKeys = new Set(['aws:principalorgid', 'aws:principalorgpaths']);

/** Accounts and organisations that the conditions of grants to everybody name. */
function namedInConditions(grants: PolicyDocument['statements']): {
  accounts: Set<string>;
  organisations: Set<string>;
} {
  const accounts = new Set<string>();
  const organisations = new Set<string>();
  for (const { key, values } of grants.flatMap((grant) => grant.conditions)) {
    const name = key.toLowerCase();
    for (const value of values) {
      const account = principalKeys.has(name) ? (isAccountId(value) ? value : parseArn(value)?.account) : undefined;
      if (account !== undefined && isAccountId(account)) accounts.add(account);
      const organisation = organisationKeys.has(name) ? /^o-[a-z0-9]+/i.exec(value)?.[0] : undefined;
      if (organisation !== undefined) organisations.add(organisation);
    }
  }
  return { accounts, organisations };
}
