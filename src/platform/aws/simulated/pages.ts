// Pages of a list, with tokens that hide an offset.

import { refuse } from './refusal.ts';

export interface PageOf<T> {
  items: readonly T[];
  /** The token of the next page; undefined on the last one. */
  next: string | undefined;
}

const prefix = 'simulated-page-';

function offsetOf(token: string, error: string): number {
  const text = Buffer.from(token, 'base64url').toString();
  const offset = text.startsWith(prefix) ? Number(text.slice(prefix.length)) : Number.NaN;
  if (!Number.isInteger(offset) || offset < 0) refuse(error, 'The pagination token is not valid.');
  return offset;
}

/**
 * One page of a list.
 * @param limit the caller's wish; `most` bounds it and stands in when there is none
 * @param error the code with which the service refuses a token it did not give
 */
export function page<T>(
  list: readonly T[],
  token: string | undefined,
  limit: number | undefined,
  most: number,
  error = 'InvalidInputException',
): PageOf<T> {
  const from = token === undefined || token === '' ? 0 : offsetOf(token, error);
  const to = from + Math.min(limit ?? most, most);
  if (from === 0 && to >= list.length) return { items: list, next: undefined };
  const next = to < list.length ? Buffer.from(`${prefix}${to}`).toString('base64url') : undefined;
  return { items: list.slice(from, to), next };
}
