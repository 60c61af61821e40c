// Foreign text on its way out, for each kind of exit. Everything is bounded.

import { inertJson } from '../../platform/terminal/inert-json.ts';
import { clip, line } from '../../platform/terminal/sanitize.ts';

/** Bounds of the fields that a report carries, in UTF-16 units. */
export const limits = { name: 256, title: 256, reason: 2_000, resource: 2_048, text: 4_000 } as const;

const bound = (_key: string, member: unknown): unknown =>
  typeof member === 'string' ? exact(member, limits.text) : member;

/**
 * JSON that is inert wherever it is shown, for `JSON.parse` the same as `JSON.stringify`'s,
 * but that no text in it is longer than 4,000 units.
 */
export function safeJson(value: unknown): string {
  return inertJson(JSON.stringify(value, bound));
}

/** For our own JSON: the exact text, bounded. */
export function exact(text: string, limit: number): string {
  return text.length <= limit ? text : `${clip(text, limit - 1)}…`;
}

/** For HTML and XML text and quoted attributes. XML 1.0 knows no control characters at all, so none may be left. */
export function markup(text: string, limit: number): string {
  return line(text, limit).replace(
    /[&<>"'`]/g,
    (character) =>
      ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' })[character] ?? '',
  );
}

/** A link target: only https, only of AWS's and the frameworks' documentation; undefined otherwise. */
export function documentationUrl(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  return url.href;
}

/** A count of rows as they are shown to people: `1,234`. */
export const count = (value: number): string => new Intl.NumberFormat('en-GB').format(value);
