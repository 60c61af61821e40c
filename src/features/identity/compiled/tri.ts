// Three-valued logic as numbers: no, maybe, yes. What a "maybe" depends on is left to the explaining evaluator.

import type { Truth } from '../policy/truth.ts';

export const no = 0;
export const maybe = 1;
export const yes = 2;
export type Tri = 0 | 1 | 2;

/** No wins over maybe, maybe over yes. */
export function both(a: Tri, b: Tri): Tri {
  return a < b ? a : b;
}

/** Yes wins over maybe, maybe over no. */
export function either(a: Tri, b: Tri): Tri {
  return a > b ? a : b;
}

export function opposite(a: Tri): Tri {
  return (2 - a) as Tri;
}

export function triOf(truth: Truth): Tri {
  if (truth === true) return yes;
  return truth === false ? no : maybe;
}
