// From a JSON pointer to the line of the text.

import { pointer } from '../policy/problems.ts';

interface Open {
  readonly place: string;
  readonly list: boolean;
  /** The next step: the member's name, or the index. */
  step: string | number;
  expectsKey: boolean;
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+|\n/g;

/**
 * The line of each value of a JSON text, from 1, by JSON pointer; of a member that is given twice the first counts.
 * Text that is not JSON gives what could be made out up to the fault.
 */
export function linesOf(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>([['', 1]]);
  const stack: Open[] = [];
  let line = 1;
  for (const [found] of text.matchAll(token)) {
    const open = stack.at(-1);
    if (found === '\n') line += 1;
    else if (found === '}' || found === ']') stack.pop();
    else if (found === ',') advance(open);
    else if (found === ':') continue;
    else if (open?.expectsKey === true) {
      open.step = nameOf(found);
      open.expectsKey = false;
      note(lines, pointer(open.place, open.step), line);
    } else {
      const place = open === undefined ? '' : pointer(open.place, open.step);
      note(lines, place, line);
      if (found === '{' || found === '[')
        stack.push({ place, list: found === '[', step: 0, expectsKey: found === '{' });
      if (stack.length > 64) break;
    }
  }
  return lines;
}

function advance(open: Open | undefined): void {
  if (open === undefined) return;
  if (open.list) open.step = Number(open.step) + 1;
  else open.expectsKey = true;
}

function nameOf(found: string): string {
  try {
    return String(JSON.parse(found));
  } catch {
    return found;
  }
}

function note(lines: Map<string, number>, place: string, line: number): void {
  if (!lines.has(place)) lines.set(place, line);
}

/** The line of a place, or of the nearest one around it. */
export function lineOf(lines: ReadonlyMap<string, number>, place: string): number | undefined {
  for (let at = place; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const line = lines.get(at);
    if (line !== undefined || at === '') return line;
  }
}
