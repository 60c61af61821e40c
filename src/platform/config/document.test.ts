import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../domain/errors.ts';
import { parseLocated } from './document.ts';

const messageFor = (text: string): string => {
  try {
    parseLocated(text, 'vedette.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).message;
  }
  throw new Error('nothing was thrown');
};

/** `parsed`, or the message of the usage error; any other error is thrown on. */
function outcome(text: string): string {
  try {
    parseLocated(text, 'f.yaml');
    return 'parsed';
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

describe('documents', () => {
  test.each([
    ['a: 1\nb: [x, "y"]\n', { a: 1, b: ['x', 'y'] }],
    ['{\n\t"a": [1,\n\t2]\n}', { a: [1, 2] }],
    ['', null],
    ['# only a comment\n', null],
    ['yes: no\non: off\n', { yes: 'no', on: 'off' }],
    ['accounts: [012345678901, 111122223333]', { accounts: ['012345678901', '111122223333'] }],
    ['a: 12345678901234567890123', { a: '12345678901234567890123' }],
    ['a: true\nb: null\nc: 0.5\n', { a: true, b: null, c: 0.5 }],
  ])('%j', (text, value) => {
    expect(parseLocated(text, 'f').value).toEqual(value);
  });

  test.each([
    ['an alias', 'a: &x 1\nb: *x\n', 'line 1, a: anchors and aliases are not allowed.'],
    ['a tag', 'a: 1\nb: !!js/function x\n', 'line 2, b: the tag'],
    ['a custom tag', 'a: !include secret.yaml\n', 'line 1, a: the tag !include is not allowed.'],
    ['a key twice', 'a: 1\nb: 2\na: 3\n', 'line 3, a: the key stands here a second time.'],
    ['the prototype', 'a: 1\n__proto__: {x: 1}\n', 'line 2: the key __proto__ is not allowed.'],
    ['a constructor below', 'a:\n  constructor: 1\n', 'line 2, a: the key constructor is not allowed.'],
    ['a broken list', 'a: 1\nb: [1, 2\nc: 3\n', 'this is not valid YAML or JSON'],
    ['two documents', 'a: 1\n---\nb: 2\n', 'this is not valid YAML or JSON'],
    ['a key that is a map', '? {x: 1}\n: 2\n', 'a key must be plain text'],
    ['deep nesting', `a: ${'['.repeat(30)}${']'.repeat(30)}`, 'nested deeper than 20 levels'],
    ['very deep nesting', `${'['.repeat(200_000)}`, 'vedette.yaml, line 1'],
    ['too many values', `a: [${'1,'.repeat(60_000)}1]`, 'more than 50000 values'],
    ['too large', 'a'.repeat(1_100_000), 'larger than 1048576 bytes'],
  ])('%s is refused', (_name, text, message) => {
    const seen = messageFor(text);
    expect(seen).toContain('vedette.yaml');
    expect(seen).toContain(message);
  });

  test('a long key above many values is not kept once for each of them', () => {
    const text = `? "${'k'.repeat(400_000)}"\n: [${'1,'.repeat(49_000)}1]\n`;
    const document = parseLocated(text, 'f');
    expect(document.lineOf(['k'.repeat(400_000), 48_999])).toBe(2);
  });

  test('knows the line of every value', () => {
    const document = parseLocated('a:\n  b:\n    - x\n    - y: 1\nc: 2\n', 'f');
    expect(document.lineOf(['a', 'b', 1, 'y'])).toBe(4);
    expect(document.lineOf(['c'])).toBe(5);
    expect(document.lineOf(['a', 'missing'])).toBe(1);
  });

  test('every JSON value without forbidden keys comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue({ maxDepth: 3, noUnicodeString: true })),
        (value) => {
          const text = JSON.stringify(value);
          fc.pre(!/__proto__|"constructor"|"prototype"/.test(text) && !/\d{12}|-0|e[+-]/.test(text));
          expect(parseLocated(text, 'f').value).toEqual(JSON.parse(text));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('no text does anything but parse or raise an error with the file', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(outcome(text)).toMatch(/^parsed$|f\.yaml/);
      }),
      { numRuns: 500 },
    );
  });
});
