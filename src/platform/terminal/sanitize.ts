// Makes foreign text inert for a terminal and for a reader: nothing in it can move the cursor, colour, link,
// write the clipboard, reorder or hide other text. What is replaced stays visible.

export interface SanitizeOptions {
  /** Longest result in UTF-16 units before the note of what was cut. Default 500. */
  maxLength?: number;
  /** Keeps line feeds (a tab becomes two spaces). Default false: one line. */
  multiline?: boolean;
}

const plainAscii = /^[\x20-\x7e]*$/;

/**
 * Whole emoji first, so that the joiners inside them are kept; then everything that is not seen by itself:
 * controls (C0, DEL, C1), format characters (bidi, zero-width, tags), line separators, lone surrogates,
 * and whatever Unicode lets a renderer ignore.
 */
const unseen = /(\p{RGI_Emoji})|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gv;

/** Marks piled on one letter paint over the lines around it; four are more than any orthography needs. */
const piledMarks = /(\p{M}{4})\p{M}+/gu;

/** The picture of a control character (U+2400 block), or its code point in angle brackets. */
function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/** At most `length` UTF-16 units of a text, never ending inside a surrogate pair. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/**
 * Foreign text made inert: one line (unless `multiline`), bounded, every control, bidirectional, zero-width or
 * otherwise invisible character replaced by something that is seen. Within the bound, applying it twice changes nothing.
 */
export function sanitize(text: string, options: SanitizeOptions = {}): string {
  const limit = options.maxLength ?? 500;
  const head = clip(text, limit);
  const cut = text.length - head.length;
  const note = cut === 0 ? '' : `… (${cut} more characters)`;
  if (plainAscii.test(head)) return head + note;
  const clean = head
    .replace(unseen, (match: string, emoji: string | undefined) => {
      if (emoji !== undefined) return emoji;
      if (options.multiline === true && match === '\n') return match;
      if (options.multiline === true && match === '\t') return '  ';
      return visible(match);
    })
    .replace(piledMarks, '$1\uFFFD');
  return clean + note;
}

/** For formats that others display: one inert line that is never longer than `limit`. */
export function line(text: string, limit: number): string {
  return clip(sanitize(clip(text, limit)), limit).toWellFormed();
}
