// Whether a residue can come true at all: whether its tests can turn out so. Tests of one key that holds one value bear
// on each other; otherwise they are taken as independent.

import type { RequestContext } from './context.ts';
import { contextsOf, outcomeIn, singleKey } from './same-key.ts';
import type { Expression, Test, Truth } from './truth.ts';

/** How much is tried before a residue is taken for one that can come true. */
const mostWork = 200_000;

/** False when no outcome of its tests makes the truth true; true when one does, or when it is too large to tell. */
export function satisfiable(truth: Truth): boolean {
  if (typeof truth === 'boolean') return truth;
  return solve(truth, { outcomes: new Map(), keys: new Map(), work: 0, open: undefined });
}

interface Search {
  readonly outcomes: Map<string, boolean>;
  /** By key, what is chosen about it: the tests, and the context in which they all turn out as chosen. */
  readonly keys: Map<string, { readonly tests: Test[]; context: RequestContext | undefined }>;
  work: number;
  /** A test whose outcome was needed and is not chosen yet. */
  open: Test | undefined;
}

function solve(expression: Expression, search: Search): boolean {
  const { value, open } = valueAndOpen(expression, search);
  if (value !== undefined) return value;
  if (open === undefined || search.work > mostWork) return true;
  const found = [true, false].some((outcome) => {
    search.outcomes.set(open.text, outcome);
    return choose(expression, open, outcome, search);
  });
  if (!found) search.outcomes.delete(open.text);
  return found;
}

function valueAndOpen(expression: Expression, search: Search): { value: boolean | undefined; open: Test | undefined } {
  search.open = undefined;
  return { value: valueOf(expression, search), open: search.open };
}

/** Goes on with an outcome, in each of the contexts that it leaves to its key. */
function choose(expression: Expression, test: Test, outcome: boolean, search: Search): boolean {
  const name = singleKey(test);
  if (name === undefined) return solve(expression, search);
  const key = search.keys.get(name) ?? { tests: [], context: undefined };
  search.keys.set(name, key);
  const { context: before } = key;
  const agrees = (one: Test, context: RequestContext): boolean => {
    search.work += 1;
    return outcomeIn(one, context) !== !search.outcomes.get(one.text);
  };
  if (before !== undefined && !agrees(test, before)) return false;
  const contexts = before === undefined ? (contextsOf(test, outcome) ?? [undefined]) : [before];
  key.tests.push(test);
  const found = contexts.some((context) => {
    if (before === undefined && context !== undefined && !key.tests.every((one) => agrees(one, context))) return false;
    key.context = context;
    return solve(expression, search);
  });
  key.tests.pop();
  key.context = before;
  return found;
}

/** The value as far as the outcomes chosen decide it. */
function valueOf(expression: Expression, search: Search): boolean | undefined {
  search.work += 1;
  if (expression.kind === 'test') {
    const outcome = search.outcomes.get(expression.text);
    if (outcome === undefined) search.open ??= expression;
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
