import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/fixtures/hostile-text.ts';
import { UsageError } from '../../domain/errors.ts';
import { createStyle } from '../terminal/colour.ts';
import { displayWidth } from '../terminal/width.ts';
import type { CommandEnvironment } from './environment.ts';
import { printList } from './print-list.ts';
import { activeMarkdown, parseCsv, slowSink, thrown } from './testing.ts';

interface Thing {
  id: string;
  name: string;
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-lists-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a list of things prints, and the messages beside it. */
async function printed(
  things: readonly Thing[],
  output: string[],
  width?: number,
  colours = true,
): Promise<[string, string[]]> {
  const { sink, text } = slowSink();
  const messages: string[] = [];
  const environment = {
    stdout: sink,
    style: createStyle(colours),
    width,
    progress: { message: (line: string) => messages.push(line) } as unknown as CommandEnvironment['progress'],
  };
  await printList<Thing, Thing>(
    environment,
    { output },
    {
      json: { things },
      columns: [
        { header: 'ID', value: (one) => one.id, align: 'right', priority: 0 },
        { header: 'NAME', value: (one) => one.name, minWidth: 8, paint: (cell, _, style) => style.red(cell) },
      ],
      rows: things,
      empty: 'Nothing is here.',
      fields: { thing: (one) => one.id, full_name: (one) => one.name },
      items: things,
    },
  );
  sink.end();
  await new Promise((resolve) => sink.once('finish', resolve));
  return [text(), messages];
}

const two: readonly Thing[] = [
  { id: 'arn:aws:s3:::a_b', name: 'first; of "two"' },
  { id: '2', name: 'second | *two*' },
];

describe('a list', () => {
  test('is a table with colours on a terminal, JSON, CSV and Markdown', async () => {
    const [table] = await printed(two, [], 40);
    expect(table.split('\n')[0]).toContain('NAME');
    expect(table).toContain('\u001b[');
    expect(JSON.parse((await printed(two, ['json']))[0])).toEqual({ things: two });
    expect(parseCsv((await printed(two, ['csv']))[0], ';')).toEqual([
      ['thing', 'full_name'],
      ['arn:aws:s3:::a_b', 'first; of "two"'],
      ['2', 'second | *two*'],
    ]);
    expect((await printed(two, ['markdown']))[0]).toBe(
      [
        '| ID | NAME |',
        '| ---: | --- |',
        '| `arn:aws:s3:::a_b` | first; of "two" |',
        String.raw`| 2 | second \| \*two\* |`,
        '',
      ].join('\n'),
    );
  });

  test('goes to files, which hold no colours and nothing cut, and says so', async () => {
    const [table, csv] = [join(folder, 'list.txt'), join(folder, 'list.csv')];
    const long = [{ id: '1', name: 'x'.repeat(100) }];
    const [stdout, messages] = await printed(long, ['json', `table=${table}`, `csv=${csv}`], 20);
    expect(JSON.parse(stdout)).toEqual({ things: long });
    expect(messages).toEqual([`wrote ${table}`, `wrote ${csv}`]);
    expect(readFileSync(table, 'utf8')).toBe(`ID  NAME\n 1  ${'x'.repeat(100)}\n`);
    expect(readFileSync(csv, 'utf8')).toContain('x'.repeat(100));
  });

  test.each([
    ['table', 'Nothing is here.\n'],
    ['md', 'Nothing is here.\n'],
    ['csv', 'thing;full_name\r\n'],
  ])('without rows is as %s: %j', async (format, text) => {
    expect((await printed([], [format]))[0]).toBe(text);
  });

  test.each([[['sarif']], [['csv', 'md']], [['csv=']]])('%j is wrong usage', async (output) => {
    expect(await thrown(printed(two, output))).toBeInstanceOf(UsageError);
  });
});

const hostile = async (text: string, format: string, width?: number): Promise<string> =>
  (await printed([{ id: text, name: text }], [format], width, false))[0];

describe('hostile text', () => {
  const corpus = hostileTexts();

  test.each(['table', 'json', 'csv', 'md'])('moves nothing and hides nothing in %s', async (format) => {
    for (const { text } of corpus)
      expect(await hostile(text, format)).not.toMatch(/[^\P{Cc}\n\r]|[\p{Zl}\p{Zp}\p{Cs}]|(?!\u200d)\p{Cf}/u);
  });

  test('is the same text in JSON', async () => {
    for (const { text } of corpus)
      expect(JSON.parse(await hostile(text, 'json'))).toEqual({ things: [{ id: text, name: text }] });
  });

  test('makes no line, cell or formula in CSV', async () => {
    for (const { text } of corpus) {
      const rows = parseCsv(await hostile(text, 'csv'), ';');
      expect(rows.map((row) => row.length)).toEqual([2, 2]);
      for (const field of rows.flat()) expect(field).not.toMatch(/^[\s\u3000]*[=+\-@\uff1d\uff0b\uff0d\uff20]/);
    }
  });

  test('makes no row, cell, link or markup in Markdown', async () => {
    for (const { text } of corpus) {
      const rows = activeMarkdown(await hostile(text, 'md')).split('\n');
      expect(rows.map((row) => row.split('|').length)).toEqual([4, 4, 4, 1]);
      expect(rows[2]).not.toMatch(/<|\]\(|!\[|https?:\/\/|www\.|javascript:|[@#*~$]/);
    }
  });

  test('keeps to one line within the width of a terminal', async () => {
    for (const { text } of corpus) {
      const lines = (await hostile(text, 'table', 60)).split('\n');
      expect(lines).toHaveLength(3);
    }
    const names = await Promise.all(
      corpus.map(async ({ text }) => (await printed([{ id: 'x', name: text }], [], 60, false))[0].split('\n')),
    );
    expect(Math.max(...names.flat().map(displayWidth))).toBeLessThanOrEqual(60);
  });
});
