import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth, pad, truncate, truncateMiddle, wrap } from './width.ts';

const widths: readonly [string, number][] = [
  ['', 0],
  ['abc', 3],
  ['漢字', 4],
  ['한글', 4],
  ['ｆｕｌｌ', 8],
  ['e\u0301', 1],
  ['ไทย', 3],
  ['😀', 2],
  ['👩‍💻', 2],
  ['❤️', 2],
  ['🇩🇪', 2],
  ['✓ ok', 4],
  ['\u001b[1;31mred\u001b[22;39m', 3],
];

describe('display width', () => {
  test.each(widths)('%s takes %i columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  test.each([
    ['abcdef', 4, 'abc…'],
    ['abcd', 4, 'abcd'],
    ['漢字漢字', 5, '漢字…'],
    ['漢字漢字', 4, '漢…'],
    ['x', 0, ''],
  ] as const)('%s cut to %i is %s', (text, columns, expected) => {
    expect(truncate(text, columns)).toBe(expected);
  });

  test('the middle of an identifier is cut, its end stays', () => {
    const arn = 'arn:aws:s3:::a-very-long-bucket-name-of-payments';
    const short = truncateMiddle(arn, 24);
    expect(displayWidth(short)).toBe(24);
    expect(short.startsWith('arn:aws:s')).toBe(true);
    expect(short.endsWith('of-payments')).toBe(true);
  });

  test('padding counts columns, not characters', () => {
    expect(pad('漢', 4)).toBe('漢  ');
    expect(pad('7', 3, 'right')).toBe('  7');
  });

  test('cutting and breaking never exceed the width', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 2, max: 40 }), (text, width) => {
        expect(displayWidth(truncate(text, width))).toBeLessThanOrEqual(width);
        for (const line of wrap(text, width)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
      { numRuns: 300 },
    );
  });

  test('breaking keeps every word', () => {
    expect(wrap('port 22 is open to the whole world', 12)).toEqual(['port 22 is', 'open to the', 'whole world']);
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });
});
