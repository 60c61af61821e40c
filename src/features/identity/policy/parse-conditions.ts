// The Condition element: blocks of operator → key → values, flattened into single tests.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html

import { operatorFamily } from './conditions/families.ts';
import { conditionOperators } from './document.ts';
import type { Condition, ConditionOperator } from './document.ts';
import { duplicatedKeys } from './json-text.ts';
import { pointer, quoted } from './problems.ts';
import type { StatementScope } from './statement-scope.ts';
import { variableFault } from './variables.ts';

const byLowerCase = new Map<string, ConditionOperator>(conditionOperators.map((name) => [name.toLowerCase(), name]));

interface OperatorForm {
  readonly operator: ConditionOperator;
  readonly quantifier: Condition['quantifier'];
  readonly ifExists: boolean;
}

/**
 * Parses a Condition element. A test that cannot be read is reported and left out, which widens a Deny; an Allow is
 * void by the report.
 */
export function parseConditions(value: unknown, scope: StatementScope): readonly Condition[] {
  if (value === undefined) return [];
  const place = pointer(scope.place, 'Condition');
  if (!isRecord(value)) {
    scope.problems.error('condition', place, 'Condition is an object of operators.');
    return [];
  }
  const conditions: Condition[] = [];
  for (const name of readableKeys(value, scope, place)) {
    const operatorPlace = pointer(place, name);
    const form = parseOperator(name, scope, operatorPlace);
    const block = value[name];
    if (!isRecord(block)) {
      scope.problems.error('condition', operatorPlace, 'A condition operator holds an object of keys.');
      continue;
    }
    if (form === undefined) continue;
    for (const key of readableKeys(block, scope, operatorPlace, spelledTwice(block))) {
      const keyPlace = pointer(operatorPlace, key);
      const values = readValues(block[key], form.operator, scope, keyPlace);
      if (!key.includes(':'))
        scope.problems.warning('condition-key', keyPlace, `${quoted(key)} is not a condition key.`);
      if (values !== undefined) conditions.push({ ...form, key, values, place: keyPlace });
    }
  }
  return conditions;
}

function parseOperator(name: string, scope: StatementScope, place: string): OperatorForm | undefined {
  const parts = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/i.exec(name);
  const [, set, base = '', exists] = parts ?? [];
  const operator = byLowerCase.get(base.toLowerCase());
  if (operator === undefined || (operator === 'Null' && exists !== undefined)) {
    scope.problems.error('operator', place, `${quoted(name)} is not a condition operator.`);
    return undefined;
  }
  const quantifier =
    set === undefined ? undefined : set.toLowerCase() === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue';
  const canonical = `${quantifier === undefined ? '' : `${quantifier}:`}${operator}${exists === undefined ? '' : 'IfExists'}`;
  if (canonical !== name) scope.problems.warning('operator-case', place, `${quoted(name)} is written ${canonical}.`);
  return { operator, quantifier, ifExists: exists !== undefined };
}

function readValues(
  value: unknown,
  operator: ConditionOperator,
  scope: StatementScope,
  place: string,
): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const family = operatorFamily(operator);
  const values: string[] = [];
  for (const [index, item] of list.entries()) {
    const text = typeof item === 'number' || typeof item === 'boolean' ? String(item) : item;
    const itemPlace = Array.isArray(value) ? pointer(place, index) : place;
    const fault =
      typeof text !== 'string'
        ? 'is not a string, number or boolean'
        : scope.variables && family.variables && text.includes('${')
          ? variableFault(text)
          : family.fault(text);
    if (fault === undefined) values.push(text as string);
    else scope.problems.error('condition-value', itemPlace, `${quoted(item)} ${fault}.`);
  }
  if (list.length === 0) scope.problems.error('condition-value', place, 'The condition has no value.');
  return values.length === list.length && list.length > 0 ? values : undefined;
}

/** The keys of a block, those given twice reported and left out: which of the two counts cannot be told. */
function readableKeys(
  record: Record<string, unknown>,
  scope: StatementScope,
  place: string,
  alike: readonly string[] = [],
): string[] {
  const repeated = new Set([...duplicatedKeys(record), ...alike]);
  for (const key of repeated) {
    scope.problems.error('duplicate-key', pointer(place, key), `${quoted(key)} is given more than once.`);
  }
  return Object.keys(record).filter((key) => !repeated.has(key));
}

/**
 * Condition keys that differ in case alone: AWS reads them as one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
function spelledTwice(block: Record<string, unknown>): string[] {
  const spellings = Map.groupBy(Object.keys(block), (key) => key.toLowerCase());
  return [...spellings.values()].filter((keys) => keys.length > 1).flat();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
