import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyOne, anyRun, compileWildcards, tokenise } from './wildcards.ts';

/** The definition, by brute force. */
function oracle(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const rest = pattern.slice(1);
  if (pattern.startsWith('*')) return oracle(rest, text) || (text !== '' && oracle(pattern, text.slice(1)));
  return text !== '' && (pattern.startsWith('?') || pattern[0] === text[0]) && oracle(rest, text.slice(1));
}

const word = (letters: readonly string[], maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...letters), { maxLength }).map((parts) => parts.join(''));

describe('wildcards', () => {
  test('match as they are defined', () => {
    fc.assert(
      fc.property(word(['a', 'b', '*', '?'], 8), word(['a', 'b'], 8), (pattern, text) => {
        expect(compileWildcards(tokenise(pattern))(text)).toBe(oracle(pattern, text));
      }),
      { numRuns: 5000 },
    );
  });

  test('match as they are defined across the words of a long segment', () => {
    fc.assert(
      fc.property(fc.nat(70), fc.nat(70), fc.nat(40), fc.boolean(), (before, length, after, hit) => {
        const segment = `${'a'.repeat(length)}?${'a'.repeat(length)}b`;
        const text = `${'a'.repeat(before)}${hit ? segment.replace('?', 'x') : ''}${'a'.repeat(after)}`;
        expect(compileWildcards(tokenise(`*${segment}*`))(text)).toBe(hit);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['?', '', false],
    ['a*a', 'a', false],
    ['ab*bc', 'abc', false],
    ['*?*', '', false],
    ['s3:Get*', 's3:GetObject', true],
    ['*b?d', 'abcd', true],
  ])('%j and %j: %s', (pattern, text, expected) => {
    expect(compileWildcards(tokenise(pattern))(text)).toBe(expected);
  });

  test('literal text is never a wildcard', () => {
    const matches = compileWildcards(['a*', anyOne, '?', anyRun]);
    expect([matches('a*x?rest'), matches('abx?rest'), matches('a*xyrest')]).toEqual([true, false, false]);
  });

  test('no pattern takes long', () => {
    const text = 'a'.repeat(2048);
    const hard = [
      '*a'.repeat(1000) + 'b',
      `*${'?'.repeat(1000)}b*`,
      `${'a*'.repeat(1000)}b`,
      `*${'a?'.repeat(500)}b*`,
      '*'.repeat(100_000),
      `*${'a'.repeat(1000)}b*`,
    ];
    const answers = hard.map((pattern) => compileWildcards(tokenise(pattern)));
    for (let round = 0; round < 20; round += 1) {
      expect(answers.map((matches) => matches(text))).toEqual([false, false, false, false, true, false]);
    }
  });
});
