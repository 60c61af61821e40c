// What a caller must hold or be vouched for beside being whom a role's trust policy names.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html

import { satisfiable } from '../policy/satisfiable.ts';
import type { Test, Truth } from '../policy/truth.ts';
import type { Audience, Secret } from './access.ts';
import { requiresKey, without } from './narrowing.ts';

/** What every way into the role asks for. */
export function secretsOf(audience: Audience, truths: readonly Truth[]): readonly Secret[] {
  const needs = (isSecret: (test: Test) => boolean): boolean =>
    truths.every((truth) => !satisfiable(without(truth, (test) => requiresKey(test) && isSecret(test))));
  const secrets: Secret[] = [];
  if (needs(isExternalId)) secrets.push('external-id');
  if (audience.kind === 'federated' && needs((test) => isSubject(test, audience.provider))) secrets.push('subject');
  return secrets;
}

function isExternalId(test: Test): boolean {
  return test.key.toLowerCase() === 'sts:externalid' && test.values.every((value) => !/[*?]/.test(value));
}

/** Providers that AWS knows by name: what identifies the application is enough, since each has users of its own. */
const applicationKeys: ReadonlyMap<string, readonly string[]> = new Map([
  ['cognito-identity.amazonaws.com', ['aud', 'sub']],
  ['accounts.google.com', ['aud', 'sub', 'oaud']],
  ['graph.facebook.com', ['app_id', 'id']],
  ['www.amazon.com', ['app_id', 'user_id']],
]);

/**
 * True for a test that admits particular subjects of the provider. A value such as `*`, `repo:*` or `repo:example*`
 * admits subjects that others can register.
 */
function isSubject(test: Test, provider: string): boolean {
  const issuer = provider.replace(/^.*?:oidc-provider\//, '').toLowerCase();
  const claims = applicationKeys.get(issuer) ?? ['sub'];
  const key = test.key.toLowerCase();
  return claims.some((claim) => key === `${issuer}:${claim}`) && test.values.every(namesOwner);
}

/** What the subjects of all service accounts of a cluster begin with; their namespace follows. */
const serviceAccount = /^system:serviceaccount:/;

/**
 * Everything up to the owner's name is fixed: the first wildcard stands behind the end of a second part, and where
 * Kubernetes vouches, behind the end of the namespace.
 * https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
function namesOwner(value: string): boolean {
  const wildcard = value.search(/[*?]/);
  if (wildcard === -1) return value !== '';
  const fixed = value.slice(0, wildcard);
  if (serviceAccount.test(fixed)) return /^[^:]+:/.test(fixed.replace(serviceAccount, ''));
  return /^[^:/]+[:/][^:/]+[:/]/.test(fixed);
}
