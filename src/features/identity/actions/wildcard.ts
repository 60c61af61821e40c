// Wildcards of IAM: `*` stands for any text, also none, and `?` for exactly one character.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards

const star = 42;
const mark = 63;

/**
 * True when the pattern covers the text from `from` on. Case counts. Needs no memory; the time is bounded by the
 * product of both lengths, because only the last `*` is ever tried again.
 */
export function matchesWildcard(pattern: string, text: string, from = 0): boolean {
  let p = 0;
  let t = from;
  let lastStar = -1;
  let retry = from;
  while (t < text.length) {
    const code = pattern.charCodeAt(p);
    if (code === star) {
      lastStar = p;
      retry = t;
      p += 1;
    } else if (code === mark || code === text.charCodeAt(t)) {
      p += 1;
      t += 1;
    } else if (lastStar !== -1) {
      p = lastStar + 1;
      retry += 1;
      t = retry;
    } else {
      return false;
    }
  }
  while (pattern.charCodeAt(p) === star) p += 1;
  return p === pattern.length;
}

/** The text before the first wildcard. */
export function literalPrefix(pattern: string): string {
  for (let i = 0; i < pattern.length; i += 1) {
    const code = pattern.charCodeAt(i);
    if (code === star || code === mark) return pattern.slice(0, i);
  }
  return pattern;
}
