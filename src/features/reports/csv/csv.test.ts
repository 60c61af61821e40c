import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleFinding, sampleGap, sampleModel, textOf } from '../testing.ts';
import { cell, renderCsv } from './csv.ts';

/** Reads a CSV text as RFC 4180 says, with any separator. */
function parseCsv(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? '';
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[i + 1] === '"') {
        field += '"';
        i += 1;
      } else quoted = false;
    } else if (character === '"' && field === '') quoted = true;
    else if (character === separator || character === '\n') {
      rows.at(-1)?.push(field.replace(/\r$/, ''));
      field = '';
      if (character === '\n') rows.push([]);
    } else field += character;
  }
  return rows.slice(0, -1);
}

describe('csv', () => {
  test('one line a finding, then one a gap, all of the same columns', async () => {
    const rows = parseCsv(await textOf(renderCsv(sampleModel({ findings: () => [sampleFinding()] }))), ';');
    const [header = [], finding = [], gap = []] = rows;
    expect(rows).toHaveLength(3);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    const value = (row: string[], name: string): string | undefined => row[header.indexOf(name)];
    expect(value(finding, 'severity')).toBe('critical');
    expect(value(finding, 'account_name')).toBe('payments-prod');
    expect(value(finding, 'cis_3_0')).toBe('2.1.4');
    expect(value(gap, 'verdict')).toBe('unknown');
    expect(value(gap, 'reason')).toContain('denied');
    expect(value(gap, 'region')).toBe('eu-west-1 us-east-1');
  });

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
    expect(cell(text)).toBe(expected);
  });

  test('no dialect finds a formula, and a reader gets one line back', () => {
    const dangerous = fc.string({ unit: fc.constantFrom(...'=+-@;,|\t\r\n"\' aＡ＝＋－＠\u200b') });
    fc.assert(
      fc.property(dangerous, (text) => {
        const written = `${cell(text)}\r\n`;
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

  test('a gap is inert too', async () => {
    const text = await textOf(
      renderCsv(sampleModel({ findings: () => [], gaps: () => [sampleGap({ detail: '=1+1;\n=2' })] })),
    );
    expect(text.trimEnd().split('\r\n')).toHaveLength(2);
  });
});
