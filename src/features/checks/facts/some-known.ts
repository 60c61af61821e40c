// "At least one of them": decided by one that is known to do, whatever could not be read of the others.

import { EvidenceUnread, type Unread } from '../../../domain/evidence.ts';

/**
 * The first item that meets a condition which may meet unread evidence.
 * @returns undefined when no item meets it, and everything that would decide it was read.
 * @throws EvidenceUnread when none is known to meet it but one might.
 */
export function someKnown<Item>(items: readonly Item[], meets: (item: Item) => boolean): Item | undefined {
  const parts: Unread[] = [];
  for (const item of items) {
    try {
      if (meets(item)) return item;
    } catch (error) {
      if (!(error instanceof EvidenceUnread)) throw error;
      parts.push(...error.parts);
    }
  }
  if (parts.length > 0) throw new EvidenceUnread(parts);
  return undefined;
}
