// One condition against a request: sets, absent keys, IfExists, Null, variables, and what remains unknown.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html

import { classOfKey } from '../context.ts';
import type { KeyValue, RequestContext } from '../context.ts';
import type { Condition } from '../document.ts';
import { all, any, not, test } from '../truth.ts';
import type { Truth } from '../truth.ts';
import { parseTemplate, resolveTemplate } from '../variables.ts';
import type { Resolved, Template } from '../variables.ts';
import { anyRun, compileWildcards } from '../wildcards.ts';
import { isNegated, operatorFamily } from './families.ts';
import type { OperatorFamily } from './family.ts';

/** A condition ready to be evaluated many times. */
export interface CompiledCondition {
  evaluate(context: RequestContext): Truth;
}

/**
 * Compiles a condition.
 *
 * A variable without a value equals nothing: positive operators do not match, negated ones do, in an Allow as well.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 *
 * @param variables whether `${…}` is replaced in this document
 */
export function compileCondition(condition: Condition, variables: boolean): CompiledCondition {
  const residue = residueOf(condition);
  if (condition.operator === 'Null') return { evaluate: (context) => evaluateNull(condition, context, residue) };
  const family = operatorFamily(condition.operator);
  const negated = isNegated(condition.operator);
  const values = condition.values.map((value) => compileValue(condition, value, family, variables));
  const matchesAny = (text: string, context: RequestContext): Truth => any(values.map((value) => value(text, context)));
  const catchAll = isCatchAll(condition, negated);
  return {
    evaluate(context) {
      const given = context.get(condition.key);
      if (given.state === 'known') {
        return evaluateKnown(condition, negated, given.values, (text) => matchesAny(text, context));
      }
      const ifAbsent = whenAbsent(condition, negated);
      if (given.state === 'absent') return ifAbsent;
      // The value is unknown, but where nothing can equal it, or a pattern matches everything, none is needed.
      const never = condition.quantifier === undefined && values.every((value) => !value.canMatch(context));
      if (never && (given.state === 'present' || ifAbsent === negated)) return negated;
      if (catchAll && (given.state === 'present' || ifAbsent === !negated)) return !negated;
      return residue;
    },
  };
}

/**
 * What remains to be tested when a key's value is not known. A negated operator is the opposite of its positive one,
 * absent keys included, with and without `IfExists`; said so, a condition and its opposite are recognised.
 */
function residueOf(condition: Condition): Truth {
  const { key, operator, quantifier, ifExists, values } = condition;
  const plain = quantifier === undefined;
  const opposite = plain && isNegated(operator);
  const name = opposite ? operator.replace('Not', '') : operator;
  const modified = `${plain ? '' : `${quantifier}:`}${name}${ifExists && !opposite ? 'IfExists' : ''}`;
  const residue = test(key, classOfKey(key), modified, values);
  return opposite ? not(residue) : residue;
}

/** True for `StringLike` and `StringNotLike` with `*`; `ForAnyValue` also needs a value that is not empty. */
function isCatchAll(condition: Condition, negated: boolean): boolean {
  if (!condition.operator.startsWith('String') || !condition.operator.endsWith('Like')) return false;
  return condition.values.includes('*') && (negated || condition.quantifier !== 'ForAnyValue');
}

interface CompiledValue {
  (text: string, context: RequestContext): Truth;
  /** False when a variable of it has no value. */
  readonly canMatch: (context: RequestContext) => boolean;
}

function compileValue(condition: Condition, value: string, family: OperatorFamily, variables: boolean): CompiledValue {
  const template = readTemplate(value, family, condition, variables);
  if (template.tokens !== undefined) {
    const matcher = family.compile(condition.operator, template.tokens);
    return Object.assign((text: string): Truth => matcher(text), { canMatch: () => true });
  }
  const resolve = (context: RequestContext): Resolved => resolveTemplate(template, (key) => context.get(key), anyRun);
  const evaluate = (text: string, context: RequestContext): Truth => {
    const resolved = resolve(context);
    if (resolved.state === 'absent') return false;
    if (resolved.state === 'known') return family.compile(condition.operator, resolved.tokens)(text);
    const [first = condition.key] = resolved.keys;
    const possible = !comparesCase(condition.operator) || compileWildcards(resolved.tokens)(text);
    return possible && test(first, classOfKey(first), 'gives', [`${value} matching ${text}`]);
  };
  return Object.assign(evaluate, { canMatch: (context: RequestContext) => resolve(context).state !== 'absent' });
}

/**
 * Where a value with an unknown variable can be compared by what surrounds the variable: not without regard to case,
 * nor in ARNs, whose colons the variable might bring.
 */
function comparesCase(operator: Condition['operator']): boolean {
  return operator.startsWith('String') && !operator.endsWith('IgnoreCase');
}

function readTemplate(value: string, family: OperatorFamily, condition: Condition, variables: boolean): Template {
  const template = parseTemplate(value, variables && family.variables);
  if (family.wildcards(condition.operator)) return template;
  // Without wildcards `*` and `?` are ordinary characters.
  const parts = template.parts.map((part) => (typeof part === 'symbol' ? (part.description ?? '') : part));
  const tokens = template.tokens?.map((part) => (typeof part === 'symbol' ? (part.description ?? '') : part));
  return { parts, tokens };
}

/**
 * A key that is not in the request: negated operators hold, others do not; `IfExists` and `ForAllValues` hold;
 * `ForAnyValue` does not.
 */
function whenAbsent(condition: Condition, negated: boolean): boolean {
  if (condition.ifExists || condition.quantifier === 'ForAllValues') return true;
  return condition.quantifier === undefined && negated;
}

function evaluateKnown(
  condition: Condition,
  negated: boolean,
  given: readonly string[],
  matches: (text: string) => Truth,
): Truth {
  const holds = (text: string): Truth => (negated ? not(matches(text)) : matches(text));
  // Values that come to nothing, such as an empty string, are an empty set.
  const empty = given.every((value) => value === '');
  if (condition.quantifier === 'ForAllValues') return empty || all(given.map(holds));
  if (condition.quantifier === 'ForAnyValue') return !empty && any(given.map(holds));
  // Without a set operator several values are read as one would expect: one must match, or none may.
  return negated ? all(given.map(holds)) : any(given.map(holds));
}

function evaluateNull(condition: Condition, context: RequestContext, residue: Truth): Truth {
  const wanted = new Set(condition.values.map((value) => value.toLowerCase() === 'true'));
  if (wanted.size === 2) return true;
  const given: KeyValue = context.get(condition.key);
  return given.state === 'unknown' ? residue : wanted.has(given.state === 'absent');
}
