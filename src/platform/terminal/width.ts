// How many columns a text takes on a terminal, and cutting and filling to a width.
// Source: Unicode Standard Annex 11 (East Asian Width) and 29 (grapheme clusters).

import { clip } from './sanitize.ts';

/** Wide and full-width blocks that are not emoji, as [first, last] pairs (EastAsianWidth W and F, Unicode 17). */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x3247],
  [0x3250, 0x4dbf],
  [0x4e00, 0xa4c6],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x1b2fb],
  [0x1f200, 0x1f2ff],
  [0x20000, 0x3fffd],
];

const ascii = /^[\x20-\x7e]*$/;
const zeroWidth = /^[\p{M}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u;
const emoji = /^(?:\p{RGI_Emoji}|\p{Emoji_Presentation})/v;
/** Our own colours (SGR), which take no column. Foreign escapes never get this far: see sanitize.ts. */
// oxlint-disable-next-line no-control-regex
const colours = /\u001b\[[0-9;]*m/g;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function graphemeWidth(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f && grapheme.length === 1) return 1;
  if (zeroWidth.test(grapheme)) return 0;
  if (emoji.test(grapheme)) return 2;
  return wide.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

/** Columns that a text takes; our own colours take none. */
export function displayWidth(text: string): number {
  const bare = text.includes('\u001b') ? text.replace(colours, '') : text;
  if (ascii.test(bare)) return bare.length;
  let width = 0;
  for (const { segment } of graphemes.segment(bare)) width += graphemeWidth(segment);
  return width;
}

/** Cuts a text without colours to at most `width` columns, the last of them `…` when something was cut. */
export function truncate(text: string, width: number): string {
  if (width <= 0) return '';
  if (ascii.test(text)) return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
  // No grapheme that matters is longer than this many units a column; the rest of a huge text is not looked at.
  const head = clip(text, width * 16 + 16);
  if (head.length === text.length && displayWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(head)) {
    const next = graphemeWidth(segment);
    if (used + next > width - 1) break;
    kept += segment;
    used += next;
  }
  return `${kept}…`;
}

/** Cuts the middle out of a long identifier, so that both its service and its name stay readable. */
export function truncateMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width < 9 || !ascii.test(text)) return truncate(text, width);
  const tail = Math.ceil((width - 1) * 0.6);
  return `${text.slice(0, width - 1 - tail)}…${text.slice(text.length - tail)}`;
}

/** Fills a text with spaces to `width` columns. A longer text is left as it is. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + space : space + text;
}

/** Breaks a text without colours at spaces into lines of at most `width` columns. A longer word is cut into pieces. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(1, width);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (displayWidth(joined) <= room) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const { segment } of graphemes.segment(word)) {
      if (displayWidth(line + segment) > room) {
        lines.push(line);
        line = '';
      }
      line += segment;
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}
