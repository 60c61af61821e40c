import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonb } from './jsonb.ts';

test('NUL and lone surrogates become replacement characters, in keys and deep values too', () => {
  expect(JSON.parse(jsonb({ a: ['x\u0000y'], ['\u0000k']: '\uD800' }))).toEqual({ a: ['x\uFFFDy'], '\uFFFDk': '\uFFFD' });
});

test('a backslash before u0000 in the text itself is kept', () => {
  expect(JSON.parse(jsonb('\\u0000'))).toBe('\\u0000');
});

test('other values are written as JSON.stringify writes them', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(jsonb(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 200 },
  );
});
