import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Account } from '../../domain/account.ts';
import { unread } from '../../domain/evidence.ts';
import { type TestStore, testStore } from '../../platform/store/testing.ts';
import { tagsNotRead } from './account-tags.ts';
import {
  saveAccountTags,
  saveDiscovery,
  storedAccounts,
  storedOrganization,
  storedOrganizations,
} from './accounts-store.ts';
import type { Discovery } from './contract.ts';
import { account, management, rootId } from './testing.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(async () => await store.close());

let runs = 0;
let id = '';
beforeEach(() => {
  runs += 1;
  id = `o-example${runs}`;
});

const day = (n: number): string => `2026-11-0${n}T10:00:00.000Z`;

function discovery(accounts: readonly Account[], changes: Partial<Discovery> = {}): Discovery {
  return {
    organization: {
      id,
      partition: 'aws',
      managementAccount: management,
      reachable: true,
      rootId,
      units: [],
      policies: [],
      delegatedAdministrators: [],
      trustedServices: [],
      rootCredentialsManagement: false,
      simulated: false,
    },
    accounts: [...accounts],
    gaps: [],
    accountListComplete: true,
    unlisted: [],
    ...changes,
  };
}

async function events(): Promise<string[]> {
  const { rows } = await store.pool.query<{ event: string }>(
    "select concat_ws(' ', to_char(at at time zone 'utc', 'DD'), account, kind, before, after) as event from account_event where organization_id = $1 order by id",
    [id],
  );
  return rows.map((row) => row.event);
}

async function seen(account: string): Promise<unknown> {
  const { rows } = await store.pool.query(
    'select first_seen, last_seen, left_at, status from account where organization_id = $1 and id = $2',
    [id, account],
  );
  return rows[0];
}

const [renamed, moved, suspended, wanderer] = ['444455556666', '777788889999', '123456789012', '210987654321'] as const;

test('three discoveries keep who was there, since when, and every change', async () => {
  const first = [account(renamed), account(moved), account(suspended), account(wanderer)];
  expect(await saveDiscovery(store, discovery(first), day(1), null)).toEqual([]);
  const second = [
    account(renamed, { name: 'another name' }),
    account(moved, { ouPath: '/Sandbox', ouIds: [rootId, 'ou-sandbox'] }),
    account(suspended, { status: 'SUSPENDED' }),
  ];
  expect(await saveDiscovery(store, discovery(second), day(2), null)).toEqual([wanderer]);
  expect(await seen(wanderer)).toEqual({ first_seen: day(1), last_seen: day(1), left_at: day(2), status: 'LEFT' });
  const third = [...second, account(wanderer, { tags: { team: 'b' } })];
  expect(await saveDiscovery(store, discovery(third), day(3), null)).toEqual([]);
  expect(await seen(wanderer)).toEqual({ first_seen: day(1), last_seen: day(3), left_at: null, status: 'ACTIVE' });
  expect(await seen(renamed)).toMatchObject({ first_seen: day(1), last_seen: day(3) });
  expect((await events()).filter((event) => !event.includes('discovered'))).toEqual([
    `02 ${renamed} renamed "name of ${renamed}" "another name"`,
    `02 ${moved} moved "/Workloads" "/Sandbox"`,
    `02 ${suspended} status-changed "ACTIVE" "SUSPENDED"`,
    `02 ${wanderer} left {"name": "name of ${wanderer}", "ouPath": "/Workloads", "status": "ACTIVE"}`,
    `03 ${wanderer} rejoined {"ouPath": "/Workloads"}`,
    `03 ${wanderer} tags-changed {} {"team": "b"}`,
  ]);
  expect((await events()).filter((event) => event.includes('discovered'))).toHaveLength(4);
  // The same once more changes nothing but when they were last seen.
  const before = await events();
  await saveDiscovery(store, discovery(third), day(4), null);
  expect(await events()).toEqual(before);
});

test('what could not be read this time leaves what was known, and nobody has left', async () => {
  const known = [account(renamed, { tags: { team: 'a' }, context: { owner: 'a' } }), account(moved)];
  await saveDiscovery(store, discovery(known), day(1), null);
  const partly = [
    account(renamed, {
      name: renamed,
      email: '',
      joinedAt: '',
      ouPath: '?',
      ouIds: [],
      tags: tagsNotRead,
      context: {},
    }),
  ];
  expect(await saveDiscovery(store, discovery(partly, { accountListComplete: false }), day(2), null)).toEqual([]);
  expect(await storedAccounts(store.pool, id)).toEqual(known.map((one) => ({ ...one, left: false })));
  expect(await events()).toHaveLength(2);
});

test('an organisation that is out of reach loses no account', async () => {
  await saveDiscovery(store, discovery([account(renamed), account(moved)]), day(1), null);
  const out = discovery([account(renamed)]);
  out.organization.reachable = false;
  expect(await saveDiscovery(store, out, day(2), null)).toEqual([]);
});

test('tags that are read later bring context and events; a refusal is kept as such', async () => {
  await saveDiscovery(
    store,
    discovery([account(renamed, { tags: tagsNotRead }), account(moved, { tags: { a: '1' } })]),
    day(1),
    null,
  );
  const denied = unread('organizations:ListTagsForResource', 'denied');
  const later = [
    { id: renamed, tags: { env: 'prod' }, context: { environment: 'prod' } },
    { id: moved, tags: { a: '2' }, context: {} },
  ];
  await store.transaction((client) => saveAccountTags(client, id, later, day(2), 'scan-1'));
  await store.transaction((client) => saveAccountTags(client, id, later, day(3), 'scan-1'));
  expect(await storedAccounts(store.pool, id)).toMatchObject(later);
  expect((await events()).slice(2)).toEqual([`02 ${moved} tags-changed {"a": "1"} {"a": "2"}`]);
  await store.transaction((client) =>
    saveAccountTags(client, id, [{ id: moved, tags: denied, context: {} }], day(4), 'scan-1'),
  );
  expect((await storedAccounts(store.pool, id)).find((one) => one.id === moved)?.tags).toEqual(denied);
  expect(await events()).toHaveLength(3);
});

test('hostile text is stored in a form that comes back', async () => {
  const hostile = account(renamed, {
    name: 'nul \0 and \ud800',
    ouPath: "/'; drop table account; --",
    tags: { 'a\0': '\udfff' },
  });
  await saveDiscovery(store, discovery([hostile]), day(1), null);
  expect(await storedAccounts(store.pool, id)).toMatchObject([
    { name: 'nul \ufffd and \ufffd', ouPath: "/'; drop table account; --", tags: { 'a\ufffd': '\ufffd' } },
  ]);
});

test('organisations are apart, the one discovered last first', async () => {
  const other = id;
  await saveDiscovery(store, discovery([account(renamed)]), day(8), null);
  id = `${other}b`;
  await saveDiscovery(store, discovery([account(moved)]), day(9), null);
  expect((await storedOrganizations(store.pool)).slice(0, 2).map((one) => one.id)).toEqual([id, other]);
  expect((await storedOrganization(store.pool, other))?.id).toBe(other);
  expect((await storedAccounts(store.pool, other)).map((one) => one.id)).toEqual([renamed]);
});
