import { describe, expect, test } from 'vitest';
import type { Account } from '../../domain/account.ts';
import { unread } from '../../domain/evidence.ts';
import { type KnownAccount, accountEvents } from './history.ts';

const account = (id: string, changes: Partial<Account> = {}): Account => ({
  id,
  name: `name-${id}`,
  email: '',
  status: 'ACTIVE',
  ouPath: '/Workloads',
  ouIds: ['r-1', 'ou-1'],
  joinedAt: '',
  tags: { team: 'a' },
  context: {},
  isManagement: false,
  ...changes,
});
const known = (id: string, changes: Partial<KnownAccount> = {}): KnownAccount => ({
  ...account(id),
  left: false,
  ...changes,
});

describe('account events', () => {
  const cases: [string, KnownAccount[], Account[], boolean, string[]][] = [
    ['first seen', [], [account('1')], true, ['1 discovered']],
    ['nothing changed', [known('1')], [account('1')], true, []],
    ['renamed', [known('1')], [account('1', { name: 'new' })], true, ['1 renamed']],
    ['moved', [known('1')], [account('1', { ouPath: '/Sandbox', ouIds: ['r-1', 'ou-2'] })], true, ['1 moved']],
    ['its place could not be read: not a move', [known('1')], [account('1', { ouPath: '?', ouIds: [] })], true, []],
    ['closing', [known('1')], [account('1', { status: 'PENDING_CLOSURE' })], true, ['1 status-changed']],
    ['left', [known('1')], [], true, ['1 left']],
    ['missing from a list that is not whole: not left', [known('1')], [], false, []],
    ['left long ago and still gone', [known('1', { left: true })], [], true, []],
    ['rejoined', [known('1', { left: true, status: 'LEFT' })], [account('1')], true, ['1 rejoined']],
    [
      'unread tags are no change',
      [known('1')],
      [account('1', { tags: unread('organizations:ListTagsForResource', 'denied') })],
      true,
      [],
    ],
    ['tags', [known('1')], [account('1', { tags: { team: 'b' } })], true, ['1 tags-changed']],
  ];
  test.each(cases)('%s', (_name, before, after, complete, expected) => {
    expect(accountEvents(before, after, complete).map((event) => `${event.account} ${event.kind}`)).toEqual(expected);
  });
});
