// What the resource's side of a request says, whichever service it belongs to.

import type { Wall } from './answer.ts';
import type { Verdict } from './judge.ts';
import type { GrantReach } from './match-principal.ts';
import type { Truth } from './truth.ts';

/** What allows a request without being a statement: a KMS grant or an entry of an access control list. */
export interface GrantHit {
  /** Such as `kmsGrants[0]`. */
  readonly name: string;
  /** In words. */
  readonly what: string;
  readonly truth: Truth;
}

export interface ResourceSide {
  /** What the resource's policy is called. */
  readonly wall: Wall;
  /** True where an identity policy of the same account is not enough: key policies and role trust. */
  readonly required: boolean;
  /** False where a resource policy cannot admit other accounts for this action. */
  readonly crossAccount: boolean;
  readonly reach: Readonly<Record<GrantReach, Truth>>;
  /** The grants and list entries that speak, for the explanation. */
  readonly grantHits: readonly GrantHit[];
  /** KMS grants: they need no identity policy. */
  readonly grants: Readonly<Record<'direct' | 'role', Truth>>;
  readonly verdicts: readonly { readonly wall: Wall; readonly verdict: Verdict }[];
  /** True when the resource's policies grant, and Block Public Access takes the grant away. */
  readonly blocked: boolean;
}
