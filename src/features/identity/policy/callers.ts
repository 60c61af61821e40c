// What AWS gives or refuses to a kind of caller before any policy is read.

import { isRoleAssumption } from './judge-resource.ts';
import type { Principal } from './principal.ts';

/**
 * Actions that need no permission and that no policy can deny. GetSessionToken is for those with credentials of their
 * own.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html
 *
 * @param action in lower case
 */
export function needsNoPermission({ kind }: Principal, action: string): boolean {
  const own = kind === 'user' || kind === 'root';
  if (action === 'sts:getsessiontoken') return own;
  return action === 'sts:getcalleridentity' && (own || kind === 'role' || kind === 'federated-user');
}

/**
 * True where AWS refuses the call whatever policies say.
 *
 * - The root user cannot assume roles: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * - A session of GetFederationToken can call nothing of STS but GetCallerIdentity, and a role's session neither
 *   GetFederationToken nor GetSessionToken: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
 *   (that the former cannot call IAM holds outside the console only, and is left to policies)
 * - Who comes with an assertion or token of an identity provider has no credentials to sign AssumeRole with.
 *
 * @param action in lower case
 */
export function isRefused({ kind }: Principal, action: string): boolean {
  if (kind === 'root') return isRoleAssumption(action);
  if (kind === 'role') return action === 'sts:getfederationtoken' || action === 'sts:getsessiontoken';
  if (kind === 'federated') return action === 'sts:assumerole';
  return kind === 'federated-user' && action.startsWith('sts:') && action !== 'sts:getcalleridentity';
}

/** Why `isRefused`, and who can do it instead. */
export const refusals: Readonly<Partial<Record<Principal['kind'], string>>> = {
  root: 'The root user cannot assume roles; use a user or a role.',
  role: 'The session of a role cannot call this; use a user with credentials of its own.',
  'federated-user': 'A session of GetFederationToken cannot call STS; use a user or a role.',
  federated: 'AssumeRole needs credentials of AWS; use AssumeRoleWithSAML or AssumeRoleWithWebIdentity.',
};
