import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bounds, duplicatedKeys, parseJsonText, withinBounds } from './json-text.ts';

/** Makes null-prototype objects plain ones, and -0 a 0. */
function throughJson(value: unknown): { value: unknown } {
  return { value: JSON.parse(JSON.stringify(value)) };
}

/** What JSON.parse makes of the text; undefined when it throws. */
function oracle(text: string): { value: unknown } | undefined {
  try {
    return throughJson(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function plain(text: string): { value: unknown } | undefined {
  const parsed = parseJsonText(text);
  return 'fault' in parsed ? undefined : throughJson(parsed.value);
}

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

const nested = (levels: number): unknown => {
  let value: unknown = 'leaf';
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
};

describe('JSON text', () => {
  test('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.integer({ min: 0, max: 4 }), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(plain(text)).toEqual(oracle(text));
      }),
      { numRuns: 500 },
    );
  });

  test('is refused where JSON.parse refuses it', () => {
    const letters = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      ' ',
      '\n',
      '1',
      '-',
      '.',
      'e',
      'true',
      'null',
      '"a"',
      '\u0000',
      '0',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...letters), { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        expect(plain(text)).toEqual(oracle(text));
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['{"a":1', 'expected ,', 6],
    ['', 'the text ends too early', 0],
    ['{"a" 1}', 'expected :', 5],
    ['{a:1}', 'expected a string', 1],
    ['[1,]', 'expected a value', 3],
    ['{} x', 'there is text after the end of the document', 3],
    ['"\u0001"', 'expected a string', 0],
  ])('%j: %s at %i', (text, fault, at) => {
    expect(parseJsonText(text)).toEqual({ fault, at });
  });

  test('a byte order mark is passed over', () => {
    expect(parseJsonText('\uFEFF[1]')).toEqual({ value: [1] });
  });

  test('remembers which keys were given twice, and keeps the last', () => {
    const parsed = parseJsonText('{"a":1,"b":{"c":1,"c":2,"d":0},"a":3,"\\u0061":4}') as {
      value: Record<string, object>;
    };
    expect([...duplicatedKeys(parsed.value)]).toEqual(['a']);
    expect([...duplicatedKeys(parsed.value['b'] ?? {})]).toEqual(['c']);
    expect(JSON.stringify(parsed.value)).toBe('{"a":4,"b":{"c":2,"d":0}}');
    expect(duplicatedKeys({ a: 1 }).size).toBe(0);
  });

  test('__proto__ is a key like any other', () => {
    const parsed = parseJsonText('{"__proto__":{"polluted":true}}') as { value: object };
    expect(Object.keys(parsed.value)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('stops at the bounds', () => {
    expect(parseJsonText(deep(bounds.depth))).toHaveProperty('value');
    expect(parseJsonText(deep(bounds.depth + 1))).toHaveProperty('fault', `nested deeper than ${bounds.depth} levels`);
    expect(parseJsonText(deep(500_000))).toHaveProperty('fault');
    expect(parseJsonText(`"${'a'.repeat(bounds.textLength)}"`)).toHaveProperty('fault');
    expect(parseJsonText('[[[]]]', { textLength: 10, depth: 2 })).toHaveProperty('fault');
  });
});

describe('data parsed elsewhere', () => {
  test.each([
    ['a small document', { Statement: [{ Effect: 'Allow' }] }, true],
    ['as deep as may be', nested(bounds.depth), true],
    ['too deep', nested(bounds.depth + 1), false],
    ['far too deep', nested(200_000), false],
    ['too long a text', ['a'.repeat(bounds.textLength + 1)], false],
    ['too long a key', { ['a'.repeat(bounds.textLength + 1)]: 1 }, false],
    ['too many parts', Array.from({ length: bounds.nodes + 1 }, () => 0), false],
    ['nothing', null, true],
  ])('%s', (_name, value, within) => {
    expect(withinBounds(value)).toBe(within);
  });
});
