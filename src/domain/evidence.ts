// Evidence is either a value that AWS gave or the reason why it could not be read. Absence is a value (null).

/** Why something could not be read. `absent` is not among them: absence is an answer. */
export const unreadReasons = ['denied', 'throttled', 'unsupported', 'failed', 'timeout'] as const;
export type UnreadReason = (typeof unreadReasons)[number];

/**
 * Stands in the place of a value that could not be read. It is stored as it is, so that a judgement
 * made later from the store comes out the same.
 */
export interface Unread {
  readonly $unread: { readonly operation: string; readonly reason: UnreadReason };
}

/** A value, or the reason why there is none. */
export type Evidence<T> = T | Unread;

export function unread(operation: string, reason: UnreadReason): Unread {
  return { $unread: { operation, reason } };
}

/** A map with foreign keys, such as tags, may have this one too: there it holds a text. */
export function isUnread(value: unknown): value is Unread {
  if (typeof value !== 'object' || value === null || !('$unread' in value)) return false;
  return typeof value.$unread === 'object' && value.$unread !== null;
}

/** Thrown by `known`; the check runner turns it into the verdict `unknown`. */
export class EvidenceUnread extends Error {
  readonly parts: readonly Unread[];
  constructor(parts: readonly Unread[]) {
    super(parts.map((part) => `${part.$unread.operation} ${part.$unread.reason}`).join(', '));
    this.name = 'EvidenceUnread';
    this.parts = parts;
  }
}

/**
 * The value of a piece of evidence.
 * @throws EvidenceUnread when it could not be read: inside a check this ends the judgement as `unknown`.
 */
export function known<T>(value: Evidence<T>): T {
  if (isUnread(value)) throw new EvidenceUnread([value]);
  return value;
}
