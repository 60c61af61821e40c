// How a pattern of a policy relates to a class of texts that is itself given by a pattern, such as "any object of the
// bucket": it may cover all of them, some of them, or none.

/** `all` and `none` are certain; `some` also stands where neither could be shown. */
export type Relation = 'all' | 'some' | 'none';

const star = 42;
const mark = 63;

/** Relates a pattern to the texts that `family` (a pattern too; without wildcards it is one text) stands for. */
export function relationOf(pattern: string, family: string): Relation {
  // Of all resources whatever, a pattern that is not `*` itself covers some.
  if (family === '*') return pattern !== '' && /^\*+$/.test(pattern) ? 'all' : 'some';
  if (coversFamily(pattern, family)) return 'all';
  return intersects(pattern, family) ? 'some' : 'none';
}

/** An ARN, or a pattern of ARNs, with all fields before its last spelt out; only the last field of an ARN holds colons. */
const spelt = /^arn:(?:[^:*?]*:){4}(.*)$/s;

/**
 * Relates a pattern of the last field of ARNs, such as `key/*`, to a family of ARNs. Where the other fields are spelt
 * out the last ones are compared alone: a `*` would stand for colons too, and find a key in the name of an object.
 */
export function relationOfNames(pattern: string, family: string): Relation {
  const last = spelt.exec(family)?.[1];
  return last === undefined ? relationOf(`arn:*:*:*:*:${pattern}`, family) : relationOf(pattern, last);
}

/**
 * True when every text of the family is shown to match: a `*` of the family is only ever absorbed by a `*` of the
 * pattern, a `?` by either wildcard. For a family without wildcards this is plain matching.
 */
export function coversFamily(pattern: string, family: string): boolean {
  let p = 0;
  let f = 0;
  let lastStar = -1;
  let retry = 0;
  while (f < family.length) {
    const code = pattern.charCodeAt(p);
    const other = family.charCodeAt(f);
    if (code === star) {
      lastStar = p;
      retry = f;
      p += 1;
    } else if (other !== star && (code === mark || code === other)) {
      p += 1;
      f += 1;
    } else if (lastStar !== -1) {
      p = lastStar + 1;
      retry += 1;
      f = retry;
    } else {
      return false;
    }
  }
  while (pattern.charCodeAt(p) === star) p += 1;
  return p === pattern.length;
}

/** True when some text matches both patterns. Time and memory are bounded by the product and the sum of the lengths. */
export function intersects(a: string, b: string): boolean {
  // reachable[j]: the part of `a` read so far and the first j characters of `b` have a text in common.
  let reachable = new Uint8Array(b.length + 1);
  let next = new Uint8Array(b.length + 1);
  reachable[0] = 1;
  for (let j = 0; j < b.length && b.charCodeAt(j) === star; j += 1) reachable[j + 1] = 1;
  for (let i = 0; i < a.length; i += 1) {
    const code = a.charCodeAt(i);
    next[0] = code === star ? reachable[0]! : 0;
    for (let j = 1; j <= b.length; j += 1) {
      const other = b.charCodeAt(j - 1);
      if (code === star || other === star) next[j] = reachable[j]! | next[j - 1]!;
      else next[j] = code === other || code === mark || other === mark ? reachable[j - 1]! : 0;
    }
    [reachable, next] = [next, reachable];
  }
  return reachable[b.length] === 1;
}
