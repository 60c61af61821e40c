// Tables for people: fitted to a terminal by cutting wide columns and leaving out unimportant ones; plain otherwise.

import { sanitize } from './sanitize.ts';
import type { Style } from './colour.ts';
import { displayWidth, pad, truncate, truncateMiddle } from './width.ts';

export interface Column<Row> {
  header: string;
  /** The cell's text; it may be foreign, the table sanitises it. */
  value(row: Row): string;
  /** Numbers are best to the right. Default left. */
  align?: 'left' | 'right';
  /** 0 is always shown; the highest number is left out first when the terminal is narrow. Default 1. */
  priority?: number;
  /** The narrowest it may be cut to. Without it the column is never cut. */
  minWidth?: number;
  /** The widest it may become on a terminal. Default 80. */
  maxWidth?: number;
  /** Where to cut: identifiers lose their middle. Default the end. */
  cut?: 'end' | 'middle';
  /** Colours the filled cell. */
  paint?(cell: string, row: Row, style: Style): string;
}

export interface TableOptions {
  /** Columns of the terminal; undefined when the output is not a terminal: nothing is cut or left out then. */
  width: number | undefined;
  style: Style;
  /** Put before each line. */
  indent?: string;
}

interface Placed<Row> {
  column: Column<Row>;
  width: number;
}

const gap = '  ';
/** Rows that are looked at before widths are fixed; later rows are cut or overhang. */
const sampleSize = 200;
const cellLimit = 2_048;

function cellOf<Row>(column: Column<Row>, row: Row): string {
  return sanitize(column.value(row), { maxLength: cellLimit });
}

const total = (columns: readonly Placed<unknown>[]): number =>
  columns.reduce((sum, { width }) => sum + width, 0) + gap.length * (columns.length - 1);

/** Takes the room that is missing from the widest column that may be cut, again and again. */
function shrink(columns: readonly Placed<unknown>[], room: number): boolean {
  for (let missing = total(columns) - room; missing > 0; missing = total(columns) - room) {
    const cuttable = columns.filter(({ column, width }) => column.minWidth !== undefined && width > column.minWidth);
    const [widest, second] = [...cuttable].sort((a, b) => b.width - a.width);
    if (widest === undefined) return false;
    const floor = Math.max(widest.column.minWidth ?? 0, second === undefined ? 0 : second.width - 1);
    widest.width -= Math.min(missing, Math.max(1, widest.width - floor));
  }
  return true;
}

/** Chooses columns and widths for what was seen of the rows. */
function fit<Row>(columns: readonly Column<Row>[], sample: readonly Row[], options: TableOptions): Placed<Row>[] {
  const placed = columns.map((column) => {
    const cells = sample.map((row) => displayWidth(cellOf(column, row)));
    const natural = Math.max(displayWidth(column.header), ...cells);
    return { column, width: options.width === undefined ? natural : Math.min(natural, column.maxWidth ?? 80) };
  });
  if (options.width === undefined) return placed;
  const room = options.width - (options.indent?.length ?? 0);
  for (;;) {
    const attempt = placed.map((place) => ({ ...place }));
    if (shrink(attempt as Placed<unknown>[], room) || placed.length === 1) return attempt;
    const last = placed.reduce((worst, place) =>
      (place.column.priority ?? 1) >= (worst.column.priority ?? 1) ? place : worst,
    );
    if ((last.column.priority ?? 1) === 0) return attempt;
    placed.splice(placed.indexOf(last), 1);
  }
}

function renderLine(cells: readonly string[], options: TableOptions): string {
  return `${options.indent ?? ''}${cells.join(gap)}`.trimEnd() + '\n';
}

function renderHeader<Row>(placed: readonly Placed<Row>[], options: TableOptions): string {
  const cells = placed.map(({ column, width }) =>
    options.style.dim(pad(truncate(column.header, width), width, column.align)),
  );
  return renderLine(cells, options);
}

function renderRow<Row>(placed: readonly Placed<Row>[], row: Row, options: TableOptions): string {
  const cells = placed.map(({ column, width }, index) => {
    const text = cellOf(column, row);
    const cut = options.width === undefined ? text : (column.cut === 'middle' ? truncateMiddle : truncate)(text, width);
    const last = index === placed.length - 1 && column.align !== 'right';
    const cell = last ? cut : pad(cut, width, column.align);
    return column.paint === undefined ? cell : column.paint(cell, row, options.style);
  });
  return renderLine(cells, options);
}

/**
 * Writes a table line by line, header first. Only the first 200 rows are held, to choose the widths;
 * the rest are written as they come. Without rows only the header is written.
 */
export async function* renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  options: TableOptions,
): AsyncGenerator<string> {
  const sample: Row[] = [];
  let placed: Placed<Row>[] | undefined;
  for await (const row of rows) {
    if (placed !== undefined) {
      yield renderRow(placed, row, options);
    } else if (sample.push(row) === sampleSize) {
      placed = fit(columns, sample, options);
      yield linesOf(placed, sample, options);
    }
  }
  if (placed === undefined) yield linesOf(fit(columns, sample, options), sample, options);
}

function linesOf<Row>(placed: readonly Placed<Row>[], rows: readonly Row[], options: TableOptions): string {
  return renderHeader(placed, options) + rows.map((row) => renderRow(placed, row, options)).join('');
}

/** The same for rows at hand, as one text. */
export function tableText<Row>(columns: readonly Column<Row>[], rows: readonly Row[], options: TableOptions): string {
  return linesOf(fit(columns, rows, options), rows, options);
}
