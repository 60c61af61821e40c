// For tests of what commands print.

import { Writable } from 'node:stream';

/** Reads a CSV text as RFC 4180 says, with any separator. */
export function parseCsv(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? '';
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[i + 1] === '"') {
        field += '"';
        i += 1;
      } else quoted = false;
    } else if (character === '"' && field === '') quoted = true;
    else if (character === separator || character === '\n') {
      rows.at(-1)?.push(field.replace(/\r$/, ''));
      field = '';
      if (character === '\n') rows.push([]);
    } else field += character;
  }
  return rows.slice(0, -1);
}

/** Pieces of text, one after the other. */
export async function* pieces(...texts: string[]): AsyncGenerator<string> {
  yield* texts;
}

/** What a promise is rejected with; undefined when it is not. */
export const thrown = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** A slow reader: takes a piece only after the next turn. */
export function slowSink(): { sink: Writable; text: () => string } {
  let text = '';
  const sink = new Writable({
    highWaterMark: 16,
    write(chunk, _encoding, done) {
      text += String(chunk);
      setImmediate(done);
    },
  });
  return { sink, text: () => text };
}

/** Markdown without its code spans and its escaped characters: what is left could act. */
export function activeMarkdown(text: string): string {
  return text
    .split('\n')
    .map((row) => row.replace(/(?<![\\`])(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, 'CODE').replace(/\\[!-/:-@[-`{-~]/g, ''))
    .join('\n');
}
