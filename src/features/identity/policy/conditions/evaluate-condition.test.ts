import { describe, expect, test } from 'vitest';
import { createContext } from '../context.ts';
import type { ContextInput } from '../context.ts';
import type { Condition, ConditionOperator } from '../document.ts';
import type { Truth } from '../truth.ts';
import { compileCondition } from './evaluate-condition.ts';

interface Asked {
  operator: ConditionOperator;
  values: readonly string[];
  quantifier?: Condition['quantifier'];
  ifExists?: boolean;
  variables?: boolean;
}

/** Evaluates a condition on the key `example:key`. */
function evaluate(asked: Asked, context: Partial<ContextInput>): Truth {
  const { operator, values, quantifier, ifExists = false, variables = true } = asked;
  const condition = { operator, values, quantifier, ifExists, key: 'example:key', place: '' };
  return compileCondition(condition, variables).evaluate(createContext({ values: {}, complete: true, ...context }));
}

const text = (truth: Truth): string | boolean => (typeof truth === 'boolean' ? truth : truth.text);
const there = { present: ['example:key'] };
const unknown = { complete: false };

describe('what remains when a value is not known', () => {
  test.each<readonly [string, Asked, Partial<ContextInput>, string | boolean]>([
    ['an equality', { operator: 'StringEquals', values: ['a', 'b'] }, there, 'example:key StringEquals "a", "b"'],
    [
      'an inequality is the opposite',
      { operator: 'StringNotEquals', values: ['a'] },
      there,
      'not example:key StringEquals "a"',
    ],
    [
      'with IfExists too',
      { operator: 'ArnNotLike', values: ['a'], ifExists: true },
      unknown,
      'not example:key ArnLike "a"',
    ],
    [
      'IfExists is kept',
      { operator: 'Bool', values: ['true'], ifExists: true },
      unknown,
      'example:key BoolIfExists "true"',
    ],
    [
      'a set operator is kept',
      { operator: 'StringNotEquals', values: ['a'], quantifier: 'ForAnyValue' },
      there,
      'example:key ForAnyValue:StringNotEquals "a"',
    ],
    ['addresses', { operator: 'NotIpAddress', values: ['::/0'] }, there, 'not example:key IpAddress "::/0"'],
    ['* holds for what is there', { operator: 'StringLike', values: ['a', '*'] }, there, true],
    ['not * fails for what is there', { operator: 'StringNotLike', values: ['*'] }, there, false],
    ['* of what may be absent', { operator: 'StringLike', values: ['*'] }, unknown, 'example:key StringLike "*"'],
    ['* or absent', { operator: 'StringLike', values: ['*'], ifExists: true }, unknown, true],
    ['every value *', { operator: 'StringLike', values: ['*'], quantifier: 'ForAllValues' }, unknown, true],
    [
      'some value *, which may be empty',
      { operator: 'StringLike', values: ['*'], quantifier: 'ForAnyValue' },
      there,
      'example:key ForAnyValue:StringLike "*"',
    ],
    ['no value *', { operator: 'StringNotLike', values: ['*'], quantifier: 'ForAnyValue' }, there, false],
    ['* in an ARN is no ARN', { operator: 'ArnLike', values: ['*'] }, there, 'example:key ArnLike "*"'],
    ['* in an equality', { operator: 'StringEquals', values: ['*'] }, there, 'example:key StringEquals "*"'],
    ['Null of what is there', { operator: 'Null', values: ['true'] }, there, false],
    ['Null of what may be absent', { operator: 'Null', values: ['false'] }, unknown, 'example:key Null "false"'],
    ['Null either way', { operator: 'Null', values: ['true', 'false'] }, unknown, true],
  ])('%s', (_name, asked, context, expected) => {
    expect(text(evaluate(asked, context))).toBe(expected);
  });
});

describe('several values of the request', () => {
  const values = { 'example:key': ['a', 'b'] };
  test.each<readonly [ConditionOperator, Condition['quantifier'], readonly string[], boolean]>([
    ['StringEquals', undefined, ['a'], true],
    ['StringEquals', undefined, ['c'], false],
    ['StringNotEquals', undefined, ['a'], false],
    ['StringNotEquals', undefined, ['c'], true],
    ['StringEquals', 'ForAllValues', ['a'], false],
    ['StringEquals', 'ForAllValues', ['a', 'b', 'c'], true],
    ['StringNotEquals', 'ForAllValues', ['a'], false],
    ['StringNotEquals', 'ForAllValues', ['c'], true],
    ['StringEquals', 'ForAnyValue', ['b'], true],
    ['StringEquals', 'ForAnyValue', ['c'], false],
    ['StringNotEquals', 'ForAnyValue', ['a'], true],
    ['StringNotEquals', 'ForAnyValue', ['a', 'b'], false],
  ])('%s %s %j: %s', (operator, quantifier, wanted, expected) => {
    expect(evaluate({ operator, quantifier, values: wanted }, { values })).toBe(expected);
  });

  test('an empty string among others is a value', () => {
    const mixed = { values: { 'example:key': ['', 'a'] } };
    expect(evaluate({ operator: 'StringEquals', quantifier: 'ForAllValues', values: ['a'] }, mixed)).toBe(false);
    expect(evaluate({ operator: 'StringEquals', quantifier: 'ForAnyValue', values: ['a'] }, mixed)).toBe(true);
  });
});

const known = (given: string): Partial<ContextInput> => ({
  values: { 'example:key': [given] },
  present: ['example:other'],
});

describe('variables whose values are not known', () => {
  // eslint-disable-next-line no-template-curly-in-string -- a policy variable
  const value = 'pre-${example:other}-post';
  test.each<readonly [ConditionOperator, string, string | boolean]>([
    ['StringEquals', 'pre-x-post', `example:other gives "${value} matching pre-x-post"`],
    ['StringEquals', 'elsewhere', false],
    ['StringNotEquals', 'elsewhere', true],
    ['StringNotEquals', 'pre-x-post', `not example:other gives "${value} matching pre-x-post"`],
    ['StringLike', 'pre-x-post', `example:other gives "${value} matching pre-x-post"`],
    ['StringEqualsIgnoreCase', 'PRE-X-POST', `example:other gives "${value} matching PRE-X-POST"`],
    ['ArnLike', 'pre-x-post', `example:other gives "${value} matching pre-x-post"`],
  ])('%s against %s', (operator, given, expected) => {
    expect(text(evaluate({ operator, values: [value] }, known(given)))).toBe(expected);
  });

  test('a variable without value equals nothing', () => {
    const context = { values: { 'example:key': ['elsewhere'] } };
    expect(evaluate({ operator: 'StringNotEquals', values: [value] }, context)).toBe(true);
    expect(evaluate({ operator: 'StringEquals', values: [value] }, context)).toBe(false);
    expect(evaluate({ operator: 'StringNotEquals', values: [value], variables: false }, context)).toBe(true);
  });

  test('nor does it equal what is not known', () => {
    const key = 'example:key';
    const resolving = (more: Partial<ContextInput>, asked: Partial<Asked> = {}): Truth =>
      evaluate({ operator: 'StringEquals', values: [value], ...asked }, more);
    expect(resolving({ present: [key] })).toBe(false);
    expect(resolving({ present: [key] }, { operator: 'StringNotEquals' })).toBe(true);
    const open = { complete: false, values: { 'example:other': [] } };
    expect(resolving(open)).toBe(false);
    expect(resolving(open, { operator: 'ArnNotLike' })).toBe(true);
    expect(text(resolving(open, { ifExists: true }))).toBe(`example:key StringEqualsIfExists ${JSON.stringify(value)}`);
    expect(text(resolving(open, { quantifier: 'ForAnyValue' }))).toContain('ForAnyValue:StringEquals');
    expect(text(resolving(open, { values: [value, 'a'] }))).toContain('example:key StringEquals');
  });

  test('only some families know variables', () => {
    const context = { values: { 'example:key': ['true'], 'example:other': ['true'] } };
    // eslint-disable-next-line no-template-curly-in-string -- a policy variable
    expect(evaluate({ operator: 'Bool', values: ['${example:other}'] }, context)).toBe(true);
    // eslint-disable-next-line no-template-curly-in-string -- a policy variable
    expect(evaluate({ operator: 'BinaryEquals', values: ['${example:other}'] }, context)).toBe(false);
  });
});

test('what the request gives for an address and is none lies in no range', () => {
  const given = { values: { 'example:key': ['not-an-address'] } };
  expect(evaluate({ operator: 'IpAddress', values: ['0.0.0.0/0'] }, given)).toBe(false);
  expect(evaluate({ operator: 'NotIpAddress', values: ['0.0.0.0/0'] }, given)).toBe(true);
});
