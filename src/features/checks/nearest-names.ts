// Suggestions for a mistyped name.

/**
 * The names closest to a mistyped one: those that contain it or that a few edits turn into it, best first.
 * Case does not matter.
 */
export function nearestNames(typed: string, names: Iterable<string>, limit = 3): readonly string[] {
  const wanted = typed.toLowerCase().slice(0, 100);
  const allowed = Math.max(2, Math.floor(wanted.length / 3));
  const ranked: { name: string; rank: number }[] = [];
  for (const name of new Set(names)) {
    const lower = name.toLowerCase();
    const rank = wanted.length > 2 && lower.includes(wanted) ? 0.5 : editDistance(wanted, lower);
    if (rank <= allowed) ranked.push({ name, rank });
  }
  ranked.sort((a, b) => a.rank - b.rank || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  return ranked.slice(0, limit).map((one) => one.name);
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substituted));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
