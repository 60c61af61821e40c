// What changed about accounts between two discoveries. Nothing is overwritten without an event that tells it.

import type { Account } from '../../domain/account.ts';
import { isUnread } from '../../domain/evidence.ts';
import { canonicalJson } from '../../domain/json.ts';

export const accountEventKinds = [
  'discovered',
  'renamed',
  'moved',
  'status-changed',
  'tags-changed',
  'left',
  'rejoined',
] as const;
export type AccountEventKind = (typeof accountEventKinds)[number];

export interface AccountEvent {
  account: string;
  kind: AccountEventKind;
  before: unknown;
  after: unknown;
}

/** What the store knew of an account. */
export interface KnownAccount extends Account {
  left: boolean;
}

/** The event of changed tags; none when they were or are unread. */
export function tagsEvent(account: string, before: Account['tags'], after: Account['tags']): AccountEvent[] {
  if (isUnread(before) || isUnread(after) || canonicalJson(before) === canonicalJson(after)) return [];
  return [{ account, kind: 'tags-changed', before, after }];
}

function changesOf(before: KnownAccount, after: Account): AccountEvent[] {
  const events: AccountEvent[] = [];
  const add = (kind: AccountEventKind, from: unknown, to: unknown): void => {
    events.push({ account: after.id, kind, before: from, after: to });
  };
  if (before.left) add('rejoined', null, { ouPath: after.ouPath });
  // An account that is named by its id is one whose name could not be read.
  if (before.name !== after.name && after.name !== after.id) add('renamed', before.name, after.name);
  // A place that could not be read this time is not a move.
  if (after.ouPath !== '?' && canonicalJson(before.ouIds) !== canonicalJson(after.ouIds)) {
    add('moved', before.ouPath, after.ouPath);
  }
  if (!before.left && before.status !== after.status) add('status-changed', before.status, after.status);
  return [...events, ...tagsEvent(after.id, before.tags, after.tags)];
}

/**
 * The events between what was known and what was found.
 * @param complete whether the list of accounts is known to be whole: only then has a missing account left.
 */
export function accountEvents(
  known: readonly KnownAccount[],
  found: readonly Account[],
  complete: boolean,
): AccountEvent[] {
  const before = new Map(known.map((account) => [account.id, account]));
  const events = found.flatMap((account): AccountEvent[] => {
    const earlier = before.get(account.id);
    if (earlier !== undefined) return changesOf(earlier, account);
    return [
      { account: account.id, kind: 'discovered', before: null, after: { name: account.name, ouPath: account.ouPath } },
    ];
  });
  if (!complete) return events;
  const here = new Set(found.map((account) => account.id));
  const gone = known.filter((account) => !account.left && !here.has(account.id));
  return [
    ...events,
    ...gone.map((account): AccountEvent => ({
      account: account.id,
      kind: 'left',
      before: { name: account.name, ouPath: account.ouPath, status: account.status },
      after: null,
    })),
  ];
}
