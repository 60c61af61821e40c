// The contract of an operator family.

import type { ConditionOperator } from '../document.ts';
import type { Matcher, Token } from '../wildcards.ts';

export interface OperatorFamily {
  /** True where values may hold policy variables. */
  readonly variables: boolean;
  /** True where `*` and `?` in a value are wildcards. */
  wildcards(operator: ConditionOperator): boolean;
  /** What is wrong with a value of the policy, as the end of a sentence; undefined when nothing is. */
  fault(value: string): string | undefined;
  /**
   * Compiles one value of the policy to a test of one value of the request, negation left aside: for `StringNotLike`
   * it matches what `StringLike` would match.
   */
  compile(operator: ConditionOperator, value: readonly Token[]): Matcher;
}

/** The value as text, for families that know no wildcards. */
export function plainText(tokens: readonly Token[]): string {
  return tokens.map((token) => (typeof token === 'string' ? token : token.description)).join('');
}

/** A matcher for the ordered families; a value of the request that cannot be read matches nothing. */
export function compareWith(comparison: string, parse: (text: string) => number | undefined, value: string): Matcher {
  const expected = parse(value);
  if (expected === undefined) return () => false;
  const compare = comparisons[comparison.replace('Not', '')] ?? (() => false);
  return (text) => {
    const given = parse(text);
    return given !== undefined && compare(given, expected);
  };
}

const comparisons: Readonly<Record<string, (given: number, expected: number) => boolean>> = {
  Equals: (given, expected) => given === expected,
  LessThan: (given, expected) => given < expected,
  LessThanEquals: (given, expected) => given <= expected,
  GreaterThan: (given, expected) => given > expected,
  GreaterThanEquals: (given, expected) => given >= expected,
};
