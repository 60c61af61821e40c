import { describe, expect, test } from 'vitest';
import { createStyle, plainStyle } from './colour.ts';
import { renderTable, tableText } from './table.ts';
import type { Column } from './table.ts';
import { displayWidth } from './width.ts';

interface Row {
  severity: string;
  account: string;
  resource: string;
  count: number;
}

const columns: readonly Column<Row>[] = [
  { header: 'SEVERITY', value: (row) => row.severity, priority: 0 },
  { header: 'ACCOUNT', value: (row) => row.account, priority: 3 },
  { header: 'RESOURCE', value: (row) => row.resource, minWidth: 12, cut: 'middle', priority: 0 },
  { header: 'COUNT', value: (row) => String(row.count), align: 'right', priority: 2 },
];

const rows: readonly Row[] = [
  { severity: 'critical', account: '111122223333', resource: 'arn:aws:s3:::cardholder-exports-eu', count: 3 },
  { severity: 'low', account: '444455556666', resource: 'arn:aws:ec2:eu-west-1:444455556666:vpc/vpc-1', count: 12 },
];

const lines = (text: string): string[] => text.split('\n').slice(0, -1);

describe('table', () => {
  test('fits every width, cutting first and leaving out the least important column last', () => {
    for (const width of [120, 80, 60, 50, 40, 30, 24]) {
      for (const line of lines(tableText(columns, rows, { width, style: plainStyle })))
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }
    const narrow = lines(tableText(columns, rows, { width: 40, style: plainStyle }));
    expect(narrow[0]).toContain('COUNT');
    expect(narrow[0]).not.toContain('ACCOUNT');
    expect(narrow[1]).toContain('critical');
  });

  test('a pipe gets every column whole', () => {
    const text = tableText(columns, rows, { width: undefined, style: plainStyle });
    for (const row of rows) expect(text).toContain(row.resource);
    expect(lines(text)[1]).toBe('critical  111122223333  arn:aws:s3:::cardholder-exports-eu                3');
  });

  test('holds only a sample, and writes the rest as it comes', async () => {
    let produced = 0;
    async function* endless(): AsyncGenerator<Row> {
      for (; produced < 1_000_000; produced += 1)
        yield { severity: 'low', account: 'a', resource: `r-${produced}`, count: 1 };
    }
    const chunks = renderTable(columns, endless(), { width: 80, style: plainStyle });
    const first = await chunks.next();
    const second = await chunks.next();
    expect(lines(first.value as string)).toHaveLength(201);
    expect(second.value).toContain('r-200');
    expect(produced).toBeLessThan(205);
    await chunks.return(undefined);
  });

  test('foreign cells are inert and stay one line', () => {
    const text = tableText(
      columns,
      [{ severity: 'low', account: '\u001b]8;;x\u0007', resource: 'a\nb\u202Ec', count: 1 }],
      { width: 120, style: createStyle(false) },
    );
    expect(lines(text)).toHaveLength(2);
    expect(text).toContain('a␊b<U+202E>c');
    expect(text).not.toContain('\u001b');
  });

  test('without rows there is a header', async () => {
    const chunks: string[] = [];
    for await (const chunk of renderTable(columns, [], { width: 80, style: plainStyle })) chunks.push(chunk);
    expect(chunks.join('')).toBe('SEVERITY  ACCOUNT  RESOURCE  COUNT\n');
  });
});
