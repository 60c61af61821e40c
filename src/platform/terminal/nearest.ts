// The name that a person most likely meant.

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours each count one. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/**
 * The candidate nearest to what was typed, or undefined when none is near enough to suggest
 * (more than a third of the letters differ). A candidate that begins with what was typed is near.
 */
export function nearestName(typed: string, candidates: Iterable<string>): string | undefined {
  const wanted = typed.slice(0, 200).toLowerCase();
  let best: { name: string; score: number } | undefined;
  for (const name of candidates) {
    const other = name.toLowerCase();
    const begins = wanted.length >= 3 && other.startsWith(wanted);
    const limit = Math.max(1, Math.floor(Math.max(wanted.length, other.length) / 3));
    if (!begins && Math.abs(wanted.length - other.length) > limit) continue;
    const score = begins ? 0.5 : distance(wanted, other);
    if (score <= limit && (best === undefined || score < best.score)) best = { name, score };
  }
  return best?.name;
}
