// Whether a Principal or NotPrincipal element speaks of the requester, and how it names him: that decides which other
// policies limit what a resource policy grants.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

import type { RequestContext } from './context.ts';
import type { PrincipalElement, PrincipalEntry } from './document.ts';
import type { Principal, RolePrincipal } from './principal.ts';
import { isInAccount } from './principal.ts';
import { all, any, not, test } from './truth.ts';
import type { Truth } from './truth.ts';

/**
 * How an Allow of a resource policy reaches the requester.
 * - `direct`: it names the user, the session, the service, or everyone; an implicit deny in identity policies,
 *   boundaries and session policies of the same account does not matter.
 * - `role`: it names the role; boundary and session policies still limit it.
 * - `account`: it names the account, which leaves the decision to the account's identity policies.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export type GrantReach = 'direct' | 'role' | 'account';

export interface PrincipalMatch {
  readonly reach: GrantReach;
  readonly truth: Truth;
}

/** Every way in which a Principal element names the requester; empty when it does not. */
export function matchPrincipals(
  entries: readonly PrincipalEntry[],
  principal: Principal,
  context: RequestContext,
): PrincipalMatch[] {
  const found: PrincipalMatch[] = [];
  for (const entry of entries) {
    const match = matchEntry(entry, principal, context);
    if (match !== undefined && match.truth !== false) found.push(match);
  }
  return found;
}

function matchEntry(entry: PrincipalEntry, principal: Principal, context: RequestContext): PrincipalMatch | undefined {
  if (entry.kind === 'everyone') return { reach: 'direct', truth: true };
  if (entry.kind === 'CanonicalUser') return matchCanonicalUser(entry.value, principal, context);
  if (entry.kind === 'Federated') {
    return principal.kind === 'federated' && isProvider(entry.value, principal.provider) ? direct : undefined;
  }
  if (principal.kind === 'service') {
    return principal.name.toLowerCase() === entry.value.toLowerCase() ? direct : undefined;
  }
  if (entry.kind === 'Service' || !isInAccount(principal)) return undefined;
  if (namesAccount(entry.value, principal.account, principal.partition)) {
    return { reach: principal.kind === 'root' ? 'direct' : 'account', truth: true };
  }
  if (principal.kind === 'role') return matchRole(entry.value, principal, context);
  if (principal.kind === 'root') return undefined;
  if (entry.value === principal.arn || isUniqueId(entry.value, context)) return direct;
  // The user who federated: his grants are limited like a role's. Its name is taken for that of the session.
  const userArn = `arn:${principal.partition}:iam::${principal.account}:user/${principal.name}`;
  return principal.kind === 'federated-user' && entry.value === userArn ? { reach: 'role', truth: true } : undefined;
}

/** A provider by its ARN or name; an OpenID Connect provider also by the host at the end of its ARN. */
function isProvider(value: string, provider: string): boolean {
  return value === provider || (!provider.startsWith('arn:') && value.endsWith(`:oidc-provider/${provider}`));
}

const direct: PrincipalMatch = { reach: 'direct', truth: true };

function namesAccount(value: string, account: string, partition: string): boolean {
  return value === account || value === `arn:${partition}:iam::${account}:root`;
}

function matchRole(value: string, role: RolePrincipal, context: RequestContext): PrincipalMatch | undefined {
  if (isUniqueId(value, context) || namesRole(value, role)) return { reach: 'role', truth: true };
  const prefix = `arn:${role.partition}:sts::${role.account}:assumed-role/${role.name}/`;
  if (!value.startsWith(prefix)) return undefined;
  return { reach: 'direct', truth: isSession(value.slice(prefix.length), role) };
}

function namesRole(value: string, role: RolePrincipal): boolean {
  if (value === role.arn) return true;
  const prefix = `arn:${role.partition}:iam::${role.account}:role/`;
  return !role.pathKnown && value.startsWith(prefix) && value.endsWith(`/${role.name}`);
}

function isSession(name: string, role: RolePrincipal): Truth {
  if (role.session !== undefined) return role.session === name;
  return test('sts:RoleSessionName', 'attacker-chosen', 'StringEquals', [name]);
}

/**
 * A unique id stands where AWS could not turn it back into an ARN, which is so when the identity was deleted; it
 * matches only where the request's `aws:userid` is known to carry it.
 */
function isUniqueId(value: string, context: RequestContext): boolean {
  if (value.includes(':')) return false;
  const given = context.get('aws:userid');
  return given.state === 'known' && given.values.some((id) => id === value || id.startsWith(`${value}:`));
}

/** A canonical user id is another name of an account; which one, the request does not say. */
function matchCanonicalUser(id: string, principal: Principal, context: RequestContext): PrincipalMatch | undefined {
  if (!isInAccount(principal)) return undefined;
  const known = context.get(canonicalUserKey);
  const reach = principal.kind === 'root' ? 'direct' : 'account';
  if (known.state === 'known') return known.values.includes(id) ? { reach, truth: true } : undefined;
  return { reach, truth: test(canonicalUserKey, 'static', 'StringEquals', [id]) };
}

/** Not a condition key of AWS: where a context names it, it is the canonical user id of the principal's account. */
export const canonicalUserKey = 'vedette:PrincipalCanonicalUserId';

/**
 * Whether a Deny with NotPrincipal applies. To be spared, the requester must be listed with everything he is: a user
 * with his account, a session with its role and account. A principal with a permissions boundary is never spared.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function matchNotPrincipals(
  element: PrincipalElement,
  principal: Principal,
  context: RequestContext,
  hasBoundary: boolean,
): Truth {
  const matches = matchPrincipals(element.entries, principal, context);
  const named = (reach: GrantReach): Truth =>
    any(matches.filter((match) => match.reach === reach).map((match) => match.truth));
  if (element.entries.some((entry) => entry.kind === 'everyone')) return false;
  if (!isInAccount(principal) || principal.kind === 'root') return not(named('direct'));
  if (hasBoundary) return true;
  if (principal.kind === 'role') return not(all([named('account'), named('role'), named('direct')]));
  return not(all([named('account'), named('direct')]));
}
