import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvCell } from './csv.ts';
import { parseCsv } from './testing.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['  =1+1', '"  \'=1+1"'],
  ['＝1+1', "'＝1+1"],
  ['@SUM(1)', "'@SUM(1)"],
  ['-5', "'-5"],
  ['a=b', 'a=b'],
  ['eu-west-1', 'eu-west-1'],
  ['a;=1', '"a;\'=1"'],
  ['a,+1', '"a,\'+1"'],
  ['say "x"', '"say ""x"""'],
  ['\t=1', '␉=1'],
])('%j is written as %s', (text, expected) => {
  expect(csvCell(text)).toBe(expected);
});

test('no dialect finds a formula, and a reader gets one line back', () => {
  const dangerous = fc.string({ unit: fc.constantFrom(...'=+-@;,|\t\r\n"\' aＡ＝＋－＠\u200b') });
  fc.assert(
    fc.property(dangerous, (text) => {
      const written = `${csvCell(text)}\r\n`;
      for (const separator of [';', ',', '\t', '|']) {
        for (const field of parseCsv(written, separator).flat())
          expect(field.replace(/^["'\s]*"/, '')).not.toMatch(/^[\s\u3000]*[=+\-@＝＋－＠]/);
      }
      expect(parseCsv(written, ';')).toHaveLength(1);
      expect(parseCsv(written, ';')[0]).toHaveLength(1);
    }),
    { numRuns: 500 },
  );
});
