// Which layers bear on a request at all. The same rules stand in policy/evaluate.ts and policy/control-policies.ts, where
// AWS's pages are cited; the agreement test holds the two together.

import { parseArn } from '../../../domain/arn.ts';
import { supportsRcp } from '../../../domain/iam/services.ts';
import { isInAccount, type Principal } from '../policy/principal.ts';

/** True for principals with identity policies, boundary and session policies. */
export function hasPolicies(principal: Principal): boolean {
  return isInAccount(principal) && principal.kind !== 'root';
}

/** True where the SCPs of the principal's account apply. */
export function underServiceControl(principal: Principal, inManagementAccount: boolean): boolean {
  return isInAccount(principal) && !inManagementAccount && !isServiceLinked(principal);
}

/** True where the RCPs of the resource's account apply. */
export function underResourceControl(
  principal: Principal,
  action: string,
  arn: string,
  inManagementAccount: boolean,
): boolean {
  if (inManagementAccount || isServiceLinked(principal) || action === 'kms:retiregrant') return false;
  if (!supportsRcp(action.slice(0, action.indexOf(':')))) return false;
  return parseArn(arn)?.resource.startsWith('alias/aws/') !== true;
}

function isServiceLinked(principal: Principal): boolean {
  return principal.kind === 'role' && principal.serviceLinked;
}
