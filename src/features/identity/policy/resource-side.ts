// What the resource's side of a request says, whichever service it belongs to.

import type { Wall } from './answer.ts';
import type { Verdict } from './judge.ts';
import type { GrantReach } from './match-principal.ts';
import type { Truth } from './truth.ts';

export interface ResourceSide {
  /** What the resource's policy is called. */
  readonly wall: Wall;
  /** True where an identity policy of the same account is not enough: key policies and role trust. */
  readonly required: boolean;
  /** False where a resource policy cannot admit other accounts for this action. */
  readonly crossAccount: boolean;
  readonly reach: Readonly<Record<GrantReach, Truth>>;
  /** KMS grants: they need no identity policy. */
  readonly grants: Readonly<Record<'direct' | 'role', Truth>>;
  readonly verdicts: readonly { readonly wall: Wall; readonly verdict: Verdict }[];
  /** True when the resource's policies grant, and Block Public Access takes the grant away. */
  readonly blocked: boolean;
}
