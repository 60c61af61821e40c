// Puts the findings of all layers together: the fast counterpart of policy/combine.ts.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html

import type { Decision } from '../policy/answer.ts';
import type { Reach } from './principal-matcher.ts';
import { both, either, no, yes, type Tri } from './tri.ts';

/** The resource's side of a request: its policies, and how far they reach. */
export interface ResourceFindings {
  readonly reach: Reach;
  /** KMS grants, which need no identity policy. */
  readonly grants: { readonly direct: Tri; readonly role: Tri };
  readonly deny: Tri;
  /** True where an identity policy of the same account is not enough: key policies and role trust. */
  readonly required: boolean;
  /** False where a resource policy cannot admit other accounts for this action. */
  readonly crossAccount: boolean;
}

/** What the principal's side says. A limit that does not apply is `yes`. */
export interface PrincipalFindings {
  readonly identity: Tri;
  readonly boundary: Tri;
  readonly session: Tri;
  readonly deny: Tri;
}

/** Whether the grants on both sides reach the principal, with all that limits them; denies aside. */
export function granted(principal: PrincipalFindings, resource: ResourceFindings, sameAccount: boolean): Tri {
  const { reach, grants, required, crossAccount } = resource;
  const limits = both(principal.boundary, principal.session);
  const byIdentity = both(principal.identity, limits);
  const anyReach = either(reach.direct, either(reach.role, reach.account));
  const byGrant = either(grants.direct, both(grants.role, limits));
  if (!sameAccount) return either(byGrant, crossAccount ? both(anyReach, byIdentity) : no);
  const byResource = either(reach.direct, both(reach.role, limits));
  const byAccount = required ? both(reach.account, byIdentity) : byIdentity;
  return either(byGrant, either(byResource, byAccount));
}

/** The decision from the highest deny of any layer and the lowest of everything that must allow. */
export function decisionOf(deny: Tri, allow: Tri): Decision {
  if (deny === yes) return 'explicit-deny';
  if (allow === no) return 'implicit-deny';
  return allow === yes && deny === no ? 'allowed' : 'conditional';
}
