import { describe, expect, test } from 'vitest';
import { parseCsv } from '../../../platform/command/testing.ts';
import { sampleFinding, sampleGap, sampleModel, textOf } from '../testing.ts';
import { renderCsv } from './csv.ts';

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

  test('a gap is inert too', async () => {
    const text = await textOf(
      renderCsv(sampleModel({ findings: () => [], gaps: () => [sampleGap({ detail: '=1+1;\n=2' })] })),
    );
    expect(text.trimEnd().split('\r\n')).toHaveLength(2);
  });
});
