// How small commands print: a table for people, JSON for programs.

import { type Command, Option } from 'commander';
import { inertJson } from '../terminal/inert-json.ts';
import { type Column, tableText } from '../terminal/table.ts';
import type { CommandEnvironment } from './environment.ts';

/** `--output table|json` for commands whose results are small lists. */
export function addPrintOption(command: Command): Command {
  return command.addOption(
    new Option('--output <format>', 'format of the result').choices(['table', 'json']).default('table'),
  );
}

export interface PrintOptions {
  output: 'table' | 'json';
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
