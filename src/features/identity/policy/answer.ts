// What an evaluation says.

import type { Effect, PolicyProblem } from './document.ts';
import type { Expression } from './truth.ts';

export type Decision = 'allowed' | 'implicit-deny' | 'explicit-deny' | 'conditional';

/** The layers that can stop a request, in AWS's order. */
export const walls = [
  'resource-control-policy',
  'service-control-policy',
  'vpc-endpoint-policy',
  'public-access-block',
  'resource-policy',
  'key-policy',
  'trust-policy',
  'access-point-policy',
  'identity-policy',
  'permissions-boundary',
  'session-policy',
] as const;
export type Wall = (typeof walls)[number];

/** A statement that decided, and how. */
export interface DecidingStatement {
  /** The document's name. */
  readonly policy: string;
  readonly sid: string | undefined;
  readonly effect: Effect;
  readonly why: string;
  /** JSON pointer into the document. */
  readonly place: string;
}

export interface Answer {
  readonly decision: Decision;
  readonly statements: readonly DecidingStatement[];
  /** For `conditional`: the request is allowed exactly when this holds. */
  readonly condition: Expression | undefined;
  /** For a denial: the first layer that stops the request. */
  readonly wall: Wall | undefined;
  /** For a denial: what would have to change, one sentence a layer. Never an Allow where a guardrail denies. */
  readonly change: readonly string[];
  /** Faults of the documents that took part, each with its document's name. */
  readonly problems: readonly (PolicyProblem & { readonly policy: string })[];
}
