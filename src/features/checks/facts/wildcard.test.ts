import { assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { covers } from './wildcard.ts';

const cases: readonly [pattern: string, text: string, covered: boolean][] = [
  ['', '', true],
  ['', 'a', false],
  ['a', '', false],
  ['*', '', true],
  ['*', 'anything', true],
  ['a*', 'a', true],
  ['a*c', 'abc', true],
  ['a*c', 'abcd', false],
  ['*b*', 'abc', true],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['a?', 'a*', false],
  ['a*', 'a*', true],
  ['*:::bucket/*', 'arn:aws:s3:::bucket/*', true],
  ['arn:aws:s3:::bucket/prefix*', 'arn:aws:s3:::bucket/*', false],
  ['**a', 'aa', true],
  ['*ab', 'aab', true],
  ['a.c', 'abc', false],
  ['ab*bc', 'abc', false],
];
test.each(cases)('%j covers %j: %s', (pattern, text, covered) => {
  expect(covers(pattern, text)).toBe(covered);
});

test('it agrees with a regular expression', () => {
  const characters = constantFrom('a', 'b', '*', '?');
  assert(
    property(
      string({ unit: characters, maxLength: 8 }),
      string({ unit: constantFrom('a', 'b'), maxLength: 10 }),
      (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(covers(pattern, text)).toBe(expression.test(text));
      },
    ),
    { numRuns: 300, seed: 3 },
  );
});

test('many stars cost no more than the product of the lengths', () => {
  expect(covers(`${'*a'.repeat(2000)}b`, 'a'.repeat(4000))).toBe(false);
});
