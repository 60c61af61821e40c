// Foreign text inside Markdown, as GitHub, GitLab and CommonMark read it.

import { line } from '../terminal/sanitize.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Text that stays text: no markup, no HTML, no link (not even a bare address), no mention, no cell or line break.
 * `@` and `#` go into code spans, because mentions and references are looked for after escapes are gone.
 */
export function markdown(text: string, limit: number): string {
  return line(text, limit)
    .replace(/[\\`*_{}[\]()!|~$^=+]/g, '\\$&')
    .replace(/[&<>]/g, (character) => entities[character] ?? '')
    .replace(/:(?=\S)/g, '\\:')
    .replace(/\bwww\./gi, (match) => `${match.slice(0, 3)}\\.`)
    .replace(/[@#]/g, '`$&`');
}

/** Text in a code span: shown as it is. In a table cell a bar would end the cell even there. */
export function code(text: string, limit: number): string {
  const inner = line(text, limit);
  if (inner === '') return '';
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = inner.startsWith('`') || inner.endsWith('`') ? ' ' : '';
  return `${fence}${space}${inner.replaceAll('|', '\\|')}${space}${fence}`;
}

/** A row of a table; the cells are Markdown already. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}
