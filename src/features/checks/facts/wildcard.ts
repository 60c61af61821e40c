// The wildcards of policies: * stands for any characters, ? for one.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html

/**
 * True when a pattern covers a text. A `*` in the text stands for anything and is covered by a `*` alone, so that
 * `bucket/?` does not cover `bucket/*`. Time is bounded by the product of the lengths.
 */
export function covers(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    const character = pattern[p];
    if (character === '*') {
      star = p;
      mark = t;
      p += 1;
    } else if (character === text[t] || (character === '?' && text[t] !== '*')) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
