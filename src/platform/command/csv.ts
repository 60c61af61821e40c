// Comma-separated values with semicolons, RFC 4180 quoting, and no cell that a spreadsheet evaluates.

import { line } from '../terminal/sanitize.ts';

const separator = ';';

/** The longest cell, in UTF-16 units. */
const limit = 4_000;

/**
 * Where a spreadsheet could begin a formula: at the start of a cell, or after a character at which another dialect
 * would cut the cell, behind any blanks; in ASCII and full width.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /(^|[;,|"'\t\r\n])([\s\u3000]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20\u2212])/g;

/** A cell: inert, with an apostrophe before whatever would be evaluated, quoted where RFC 4180 asks for it. */
export function csvCell(text: string): string {
  const safe = line(text, limit).replace(formula, "$1$2'");
  return /[";,\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line of cells. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(separator)}\r\n`;
}
