// JSON text that PostgreSQL's jsonb accepts: it refuses U+0000 and lone surrogates, which foreign text may hold.

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\u0000', '\uFFFD');
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value === 'object' && value !== null) {
    if (value instanceof Date) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [clean(key), clean(member)]));
  }
  return value;
}

/** The JSON text of a value for a jsonb parameter; U+0000 and lone surrogates become U+FFFD. */
export function jsonb(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  // Both can only appear escaped in well-formed JSON text, so most values are written once.
  return text.includes('\\u0000') || /\\ud[89a-f]/i.test(text) ? JSON.stringify(clean(value)) : text;
}

/** Text that a PostgreSQL text column accepts. */
export function pgText(value: string): string {
  return value.includes('\u0000') ? value.replaceAll('\u0000', '\uFFFD') : value;
}
