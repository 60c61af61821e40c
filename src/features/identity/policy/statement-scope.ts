// Where a statement stands while its elements are parsed.

import type { Effect, PolicyKind } from './document.ts';
import type { Problems } from './problems.ts';

/** Everything the parsers of a statement's elements need to know about where they are. */
export interface StatementScope {
  readonly place: string;
  readonly kind: PolicyKind;
  readonly variables: boolean;
  readonly effect: Effect;
  readonly problems: Problems;
}
