// How commands print lists: a table and Markdown for people, JSON and CSV for programs, on standard output and to files.

import type { Command } from 'commander';
import { inertJson } from '../terminal/inert-json.ts';
import { type Column, renderTable } from '../terminal/table.ts';
import { plainStyle } from '../terminal/colour.ts';
import { csvLine } from './csv.ts';
import type { CommandEnvironment } from './environment.ts';
import { code, markdown, markdownRow } from './markdown.ts';
import { type OutputTarget, addOutputOption, parseOutputs, writeOutputs } from './outputs.ts';

const listFormats = ['table', 'json', 'csv', 'md'] as const;
type ListFormat = (typeof listFormats)[number];

/** What `addListOption` gives to a command. */
export interface ListOptions {
  output?: string[];
}

/** `--output` for commands whose result is a list that fits into memory. */
export function addListOption(command: Command): Command {
  return addOutputOption(command, listFormats);
}

/** For people. */
interface Table<Row> {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Stands in the place of a table without rows. */
  empty: string;
}

/** For CSV: all that is known of an item, and exactly. */
interface Records<Item> {
  /** A column's name with its cell. */
  fields: Readonly<Record<string, (item: Item) => string>>;
  items: readonly Item[];
}

export interface List<Row, Item> extends Table<Row>, Records<Item> {
  /** The whole result for programs. */
  json: unknown;
}

/** The longest cell of a Markdown table, in UTF-16 units. */
const markdownCell = 1_000;

/** Identifiers are shown as they are, for copying; all else is text. */
function inMarkdown(text: string): string {
  return /^\S*[:@_]\S*$/.test(text) ? code(text, markdownCell) : markdown(text, markdownCell);
}

async function* renderMarkdown<Row>({ columns, rows, empty }: Table<Row>): AsyncGenerator<string> {
  if (rows.length === 0) {
    yield `${markdown(empty, markdownCell)}\n`;
    return;
  }
  yield markdownRow(columns.map(({ header }) => header));
  yield markdownRow(columns.map(({ align }) => (align === 'right' ? '---:' : '---')));
  for (const row of rows) yield markdownRow(columns.map(({ value }) => inMarkdown(value(row))));
}

async function* renderCsv<Item>({ fields, items }: Records<Item>): AsyncGenerator<string> {
  yield csvLine(Object.keys(fields));
  for (const item of items) yield csvLine(Object.values(fields).map((value) => value(item)));
}

async function* render<Row, Item>(
  list: List<Row, Item>,
  { format, file }: OutputTarget<ListFormat>,
  { style, width }: Pick<CommandEnvironment, 'style' | 'width'>,
): AsyncGenerator<string> {
  switch (format) {
    case 'json':
      yield `${inertJson(JSON.stringify(list.json, null, 2))}\n`;
      break;
    case 'csv':
      yield* renderCsv(list);
      break;
    case 'md':
      yield* renderMarkdown(list);
      break;
    case 'table':
      if (list.rows.length === 0) yield `${list.empty}\n`;
      // A file is no terminal: nothing in it is cut or coloured.
      else
        yield* renderTable(
          list.columns,
          list.rows,
          file === undefined ? { width, style } : { width: undefined, style: plainStyle },
        );
  }
}

/**
 * Writes a list in every format asked for.
 * @throws UsageError for what `--output` may not be, before anything is written
 */
export async function printList<Row, Item>(
  environment: Pick<CommandEnvironment, 'stdout' | 'style' | 'width' | 'progress'>,
  options: ListOptions,
  list: List<Row, Item>,
): Promise<void> {
  const targets = parseOutputs(options.output ?? [], listFormats);
  const written = await writeOutputs(targets, (target) => render(list, target, environment), environment.stdout);
  for (const { file } of written) environment.progress.message(`wrote ${file}`);
}
