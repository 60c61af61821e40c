// Whether a residue can come true at all, its tests taken as independent of each other.

import type { Expression, Truth } from './truth.ts';

/** How much is tried before a residue is taken for one that can come true. */
const mostWork = 200_000;

/** False when no outcome of its tests makes the truth true; true when one does, or when it is too large to tell. */
export function satisfiable(truth: Truth): boolean {
  if (typeof truth === 'boolean') return truth;
  const search: Search = { outcomes: new Map(), work: 0, open: undefined };
  return solve(truth, search);
}

interface Search {
  readonly outcomes: Map<string, boolean>;
  work: number;
  /** A test whose outcome was needed and is not chosen yet. */
  open: string | undefined;
}

function solve(expression: Expression, search: Search): boolean {
  search.open = undefined;
  const value = valueOf(expression, search);
  if (value !== undefined) return value;
  const { open } = search;
  if (open === undefined || search.work > mostWork) return true;
  for (const outcome of [true, false]) {
    search.outcomes.set(open, outcome);
    if (solve(expression, search)) return true;
  }
  search.outcomes.delete(open);
  return false;
}

/** The value as far as the outcomes chosen decide it. */
function valueOf(expression: Expression, search: Search): boolean | undefined {
  search.work += 1;
  if (expression.kind === 'test') {
    const outcome = search.outcomes.get(expression.text);
    if (outcome === undefined) search.open ??= expression.text;
    return outcome;
  }
  if (expression.kind === 'not') {
    const value = valueOf(expression.of, search);
    return value === undefined ? undefined : !value;
  }
  const deciding = expression.kind === 'any';
  let undecided = false;
  for (const part of expression.of) {
    const value = valueOf(part, search);
    if (value === deciding) return deciding;
    if (value === undefined) undecided = true;
  }
  return undecided ? undefined : !deciding;
}
