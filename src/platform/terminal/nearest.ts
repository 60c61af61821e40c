// The names that a person most likely meant.

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
 * The names nearest to what was typed, best first: those that contain it (three letters at least), then those that a few
 * edits turn into it, at most a third of the longer one's letters. Among equals the shorter comes first, then the
 * alphabet. Case does not matter.
 */
export function nearestNames(typed: string, candidates: Iterable<string>, limit = 3): readonly string[] {
  const wanted = typed.slice(0, 200).toLowerCase();
  const ranked: { name: string; rank: number }[] = [];
  for (const name of new Set(candidates)) {
    const other = name.toLowerCase();
    const contains = wanted.length >= 3 && other !== wanted && other.includes(wanted);
    const allowed = Math.max(1, Math.floor(Math.max(wanted.length, other.length) / 3));
    if (!contains && Math.abs(wanted.length - other.length) > allowed) continue;
    const rank = contains ? 0.5 : distance(wanted, other);
    if (rank <= allowed) ranked.push({ name, rank });
  }
  ranked.sort((a, b) => a.rank - b.rank || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  return ranked.slice(0, limit).map(({ name }) => name);
}

/** The nearest of them, or undefined when none is near enough to suggest. */
export function nearestName(typed: string, candidates: Iterable<string>): string | undefined {
  return nearestNames(typed, candidates, 1)[0];
}
