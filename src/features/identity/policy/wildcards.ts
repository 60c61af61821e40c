// Matching with `*` (any run of characters, none included) and `?` (any one character). The time is linear in the
// text for patterns of up to 31 characters between two stars, and text × pattern ÷ 32 beyond: no pattern can make it
// hang, as a backtracking regular expression would.

/** A pattern cut into literal text and wildcards, so that text put in for a variable is never read as a wildcard. */
export type Token = string | typeof anyRun | typeof anyOne;

export const anyRun = Symbol('*');
export const anyOne = Symbol('?');

export type Matcher = (text: string) => boolean;

/** Cuts plain pattern text into tokens. */
export function tokenise(pattern: string): Token[] {
  if (!/[*?]/.test(pattern)) return pattern === '' ? [] : [pattern];
  const tokens: Token[] = [];
  let from = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at];
    if (char !== '*' && char !== '?') continue;
    if (at > from) tokens.push(pattern.slice(from, at));
    tokens.push(char === '*' ? anyRun : anyOne);
    from = at + 1;
  }
  if (from < pattern.length) tokens.push(pattern.slice(from));
  return tokens;
}

const wild = -1;

/** What stands between two stars: code units, `wild` for `?`; `plain` where there is no `?`. */
interface Segment {
  readonly units: Int32Array;
  readonly plain: string | undefined;
}

/** Compiles tokens into a matcher for whole texts. */
export function compileWildcards(tokens: readonly Token[]): Matcher {
  const groups: Token[][] = [[]];
  for (const token of tokens) {
    if (token === anyRun) groups.push([]);
    else groups.at(-1)?.push(token);
  }
  const [first, ...rest] = groups.map(toSegment);
  if (first === undefined) return () => false;
  const last = rest.pop();
  if (last === undefined) {
    const { plain } = first;
    return plain === undefined
      ? (text) => text.length === first.units.length && matchesAt(first, text, 0)
      : (text) => text === plain;
  }
  const middle = rest.filter((segment) => segment.units.length > 0);
  const least = first.units.length + last.units.length;
  if (least === 0 && middle.length === 0) return () => true;
  return (text) => {
    if (text.length < least || !matchesAt(first, text, 0)) return false;
    const end = text.length - last.units.length;
    if (!matchesAt(last, text, end)) return false;
    let at = first.units.length;
    for (const segment of middle) {
      const found = find(segment, text, at, end);
      if (found === -1) return false;
      at = found + segment.units.length;
    }
    return at <= end;
  };
}

function toSegment(tokens: readonly Token[]): Segment {
  const units: number[] = [];
  for (const token of tokens) {
    if (typeof token !== 'string') units.push(wild);
    else for (let at = 0; at < token.length; at += 1) units.push(token.charCodeAt(at));
  }
  const plain = tokens.every((token) => typeof token === 'string') ? tokens.join('') : undefined;
  return { units: Int32Array.from(units), plain };
}

function matchesAt(segment: Segment, text: string, at: number): boolean {
  if (segment.plain !== undefined) return text.startsWith(segment.plain, at);
  const { units } = segment;
  for (let index = 0; index < units.length; index += 1) {
    const unit = units[index];
    if (unit !== wild && unit !== text.charCodeAt(at + index)) return false;
  }
  return true;
}

/** The first place in [from, end) where the segment fits whole, or -1. */
function find(segment: Segment, text: string, from: number, end: number): number {
  const { plain, units } = segment;
  if (plain !== undefined) {
    const found = text.indexOf(plain, from);
    return found !== -1 && found + plain.length <= end ? found : -1;
  }
  if (from + units.length > end) return -1;
  return shiftAnd(units, text, from, end);
}

/** Baeza-Yates and Gonnet's Shift-And: one bit for every prefix of the segment that ends here, all moved at once. */
function shiftAnd(units: Int32Array, text: string, from: number, end: number): number {
  const words = Math.ceil(units.length / 32);
  const wildMask = new Int32Array(words);
  const masks = new Map<number, Int32Array>();
  units.forEach((unit, index) => {
    const mask = unit === wild ? wildMask : (masks.get(unit) ?? new Int32Array(words));
    if (unit !== wild) masks.set(unit, mask);
    mask[index >> 5] = (mask[index >> 5] ?? 0) | (1 << (index & 31));
  });
  const state = new Int32Array(words);
  const goal = units.length - 1;
  for (let at = from; at < end; at += 1) {
    const mask = masks.get(text.charCodeAt(at));
    let carry = 1;
    for (let word = 0; word < words; word += 1) {
      const before = state[word] ?? 0;
      const moved = (before << 1) | carry;
      carry = before >>> 31;
      state[word] = moved & ((wildMask[word] ?? 0) | (mask?.[word] ?? 0));
    }
    if ((((state[goal >> 5] ?? 0) >> (goal & 31)) & 1) === 1) return at - goal;
  }
  return -1;
}
