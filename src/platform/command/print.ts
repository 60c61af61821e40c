// How commands print one thing: text for people, JSON for programs. Lists: see print-list.ts.

import { type Command, Option } from 'commander';
import { UsageError } from '../../domain/errors.ts';
import { inertJson } from '../terminal/inert-json.ts';
import { type Column, tableText } from '../terminal/table.ts';
import type { CommandEnvironment } from './environment.ts';
import { formatOf } from './outputs.ts';

const printFormats = ['table', 'json'] as const;
type PrintFormat = (typeof printFormats)[number];

function printFormat(value: string): PrintFormat {
  const [name = '', ...file] = value.split('=');
  const format = formatOf(name, printFormats);
  if (file.length > 0)
    throw new UsageError('--output: this command prints to standard output alone.', {
      hint: `Redirect it: --output ${format} > ${file.join('=') || 'file'}`,
    });
  return format;
}

/** `--output table|json` for commands whose result is one thing. */
export function addPrintOption(command: Command): Command {
  return command.addOption(
    new Option('-o, --output <format>', 'format of the result')
      .choices(printFormats)
      .default('table')
      .argParser(printFormat),
  );
}

export interface PrintOptions {
  output: PrintFormat;
}

/** One JSON value, indented, inert in a terminal. */
export function printJson(environment: Pick<CommandEnvironment, 'stdout'>, value: unknown): void {
  environment.stdout.write(`${inertJson(JSON.stringify(value, null, 2))}\n`);
}

/** A table on standard output. */
export function printTable<Row>(
  environment: Pick<CommandEnvironment, 'stdout' | 'style' | 'width'>,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): void {
  environment.stdout.write(tableText(columns, rows, { width: environment.width, style: environment.style }));
}

/** A line on standard output. */
export function printLine(environment: Pick<CommandEnvironment, 'stdout'>, line = ''): void {
  environment.stdout.write(`${line}\n`);
}
