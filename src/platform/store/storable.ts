// Text and JSON in the form that PostgreSQL takes: it refuses NUL and lone surrogates, which AWS tags may well hold.

const refused = /\\u0000|\\ud[89a-f][0-9a-f]{2}/i;

/** The text with NUL and lone surrogates replaced by U+FFFD. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [storableText(key), clean(member)]));
}

/** JSON text for a `jsonb` parameter; `undefined` becomes `null`. */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return refused.test(text) ? JSON.stringify(clean(JSON.parse(text))) : text;
}
