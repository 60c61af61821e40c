// A JSON reader for policy text. JSON.parse keeps the last of two equal keys and says nothing, so a Deny could hide
// behind a second `Statement`. This one remembers which keys were given twice, and stops at fixed bounds.

/** Bounds of any document that is read at all; AWS's own limits are far below them. */
export const bounds = { textLength: 1_048_576, depth: 32, nodes: 400_000 } as const;

/** Beside the objects, not in them: whoever looks at their keys sees those of the text. */
const duplicated = new WeakMap<object, Set<string>>();

/** The keys that the text gave more than once for this object; empty for values that did not come from text. */
export function duplicatedKeys(value: object): ReadonlySet<string> {
  return duplicated.get(value) ?? new Set<string>();
}

export type JsonText = { readonly value: unknown } | { readonly fault: string; readonly at: number };

class Fault extends Error {}

/** Parses JSON text into plain data with null-prototype objects; a fault says what is wrong and at which character. */
export function parseJsonText(text: string, limits: { textLength: number; depth: number } = bounds): JsonText {
  const { textLength, depth } = limits;
  if (text.length > textLength) return { fault: `the text is longer than ${textLength} characters`, at: textLength };
  const reader = new Reader(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, depth);
  try {
    return { value: reader.document() };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message, at: reader.at };
    throw error;
  }
}

// eslint-disable-next-line no-control-regex -- JSON forbids them in strings
const stringToken = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const space = /[ \t\n\r]*/y;
const words: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

class Reader {
  at = 0;
  #depth = 0;
  readonly #text: string;
  readonly #deepest: number;

  constructor(text: string, deepest: number) {
    this.#text = text;
    this.#deepest = deepest;
  }

  document(): unknown {
    const value = this.#value();
    this.#skip();
    if (this.at < this.#text.length) throw new Fault('there is text after the end of the document');
    return value;
  }

  #skip(): void {
    space.lastIndex = this.at;
    space.exec(this.#text);
    this.at = space.lastIndex;
  }

  #take(token: RegExp): string | undefined {
    token.lastIndex = this.at;
    const found = token.exec(this.#text);
    if (found === null) return undefined;
    this.at = token.lastIndex;
    return found[0];
  }

  #expect(mark: string): void {
    this.#skip();
    if (this.#text[this.at] !== mark) throw new Fault(`expected ${mark}`);
    this.at += 1;
  }

  #string(): string {
    this.#skip();
    const token = this.#take(stringToken);
    if (token === undefined) throw new Fault('expected a string');
    return JSON.parse(token) as string;
  }

  #value(): unknown {
    this.#skip();
    const first = this.#text[this.at];
    if (first === '"') return this.#string();
    if (first === '{' || first === '[') {
      this.#depth += 1;
      if (this.#depth > this.#deepest) throw new Fault(`nested deeper than ${this.#deepest} levels`);
      const value = first === '{' ? this.#object() : this.#array();
      this.#depth -= 1;
      return value;
    }
    const number = this.#take(numberToken);
    if (number !== undefined) return Number(number);
    for (const [word, value] of words) {
      if (this.#text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    throw new Fault(first === undefined ? 'the text ends too early' : 'expected a value');
  }

  #object(): Record<string, unknown> {
    this.at += 1;
    const result = Object.create(null) as Record<string, unknown>;
    if (this.#closes('}')) return result;
    for (;;) {
      const key = this.#string();
      if (Object.hasOwn(result, key)) {
        duplicated.set(result, (duplicated.get(result) ?? new Set<string>()).add(key));
      }
      this.#expect(':');
      result[key] = this.#value();
      if (this.#closes('}')) return result;
      this.#expect(',');
    }
  }

  #array(): unknown[] {
    this.at += 1;
    const result: unknown[] = [];
    if (this.#closes(']')) return result;
    for (;;) {
      result.push(this.#value());
      if (this.#closes(']')) return result;
      this.#expect(',');
    }
  }

  #closes(mark: string): boolean {
    this.#skip();
    if (this.#text[this.at] !== mark) return false;
    this.at += 1;
    return true;
  }
}

/** True when data that was parsed elsewhere stays within the bounds; never recurses, so that depth cannot hurt it. */
export function withinBounds(value: unknown): boolean {
  let nodes = 0;
  let length = 0;
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > bounds.depth) return false;
    const next: unknown[] = [];
    for (const node of level) {
      nodes += 1;
      if (typeof node === 'string') length += node.length;
      if (nodes > bounds.nodes || length > bounds.textLength) return false;
      if (node === null || typeof node !== 'object') continue;
      if (Array.isArray(node)) {
        for (const item of node as unknown[]) next.push(item);
      } else {
        for (const key of Object.keys(node)) {
          length += key.length;
          next.push((node as Record<string, unknown>)[key]);
        }
      }
    }
    level = next;
  }
  return true;
}
