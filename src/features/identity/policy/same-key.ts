// What one test of a condition key says about the others of the same key: a key that holds "blue" does not hold "red",
// and one that is absent holds nothing.

import { compileCondition } from './conditions/evaluate-condition.ts';
import { createContext, isMultivalued } from './context.ts';
import type { RequestContext } from './context.ts';
import { conditionOperators } from './document.ts';
import type { ConditionOperator } from './document.ts';
import type { Test } from './truth.ts';

/** Keys that are known to hold one value at most. Of others nothing is concluded. */
const singleKeys = /^(?:aws:|s3:prefix$|sts:(?:externalid|rolesessionname)$|iam:passedtoservice$|kms:viaservice$)/;

/** The name by which a test's key is told from others; undefined where nothing can be said of its other tests. */
export function singleKey({ key }: Test): string | undefined {
  const lower = key.toLowerCase();
  return singleKeys.test(lower) && !isMultivalued(lower) ? lower : undefined;
}

const exact = new Set<string>([
  'StringEquals',
  'StringLike',
  'ArnEquals',
  'ArnLike',
  'Bool',
] satisfies ConditionOperator[]);

/**
 * The contexts of the key that such an outcome leaves possible: one for each value it names, or that the key is
 * absent; undefined where they are not a few.
 */
export function contextsOf({ key, operator, values }: Test, outcome: boolean): readonly RequestContext[] | undefined {
  const holding = (held: readonly string[]): RequestContext =>
    createContext({ values: { [key]: held }, complete: true });
  if (operator === 'Null') {
    return values.length === 1 && (values[0]?.toLowerCase() === 'true') === outcome ? [holding([])] : undefined;
  }
  if (!outcome || !exact.has(operator) || values.length > 16) return undefined;
  const open = operator === 'StringEquals' ? /\$\{/ : /\$\{|[*?]/;
  return values.some((value) => open.test(value)) ? undefined : values.map((value) => holding([value]));
}

/** What the test comes to where the key is as in the context; undefined where that cannot be told. */
export function outcomeIn({ key, operator, values }: Test, context: RequestContext): boolean | undefined {
  const [, set, base, exists] = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(operator) ?? [];
  const known = conditionOperators.find((name) => name === base);
  if (known === undefined || values.some((value) => value.includes('${'))) return undefined;
  const quantifier = set as 'ForAllValues' | 'ForAnyValue' | undefined;
  const condition = { operator: known, quantifier, ifExists: exists !== undefined, key, values, place: '' };
  const truth = compileCondition(condition, false).evaluate(context);
  return typeof truth === 'boolean' ? truth : undefined;
}
