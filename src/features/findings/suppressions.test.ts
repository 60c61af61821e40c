import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestStore, testStore } from '../../platform/store/testing.ts';
import { findingHistory, listFindings } from './query.ts';
import {
  createSuppressions,
  expireSuppressions,
  listSuppressions,
  previewSuppression,
  revokeSuppression,
} from './suppressions.ts';
import { account, commitAlone, organization, scope, time, verdict } from './testing.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(async () => await store.close());
beforeEach(async () => {
  await store.pool.query(
    'truncate finding, finding_transition, verdict_count, scope_judged, suppression, resource, resource_version',
  );
  await commitAlone(store, scope(1, [verdict('a', 'fail'), verdict('b', 'fail'), verdict('c', 'fail')]));
});

const everything = { organization };
const by = (day: number) => ({ actor: 'ana', at: time(day) });
const wanted = (rule: unknown, day = 5) => ({
  owner: 'team-data',
  reason: 'known and harmless',
  expiresAt: time(day),
  rule,
});

async function states(): Promise<Record<string, string>> {
  const { findings } = await listFindings(store, everything);
  return Object.fromEntries(findings.map((one) => [one.id, one.state]));
}

async function storeTags(name: string, tags: unknown): Promise<void> {
  const arn = `arn:aws:s3:::${name}`;
  await store.pool.query(
    `insert into resource_version values ($1, $2, 'AWS::S3::Bucket', $3, $4, 'eu-west-1', $2, $5, '{}', $6)`,
    [organization, name, arn, account, JSON.stringify(tags), time(1)],
  );
  await store.pool.query(`insert into resource values ($1, $2, 'eu-west-1', 'AWS::S3::Bucket', $3, $4, 'scan-1', $5)`, [
    organization,
    account,
    arn,
    name,
    time(1),
  ]);
}

test('the dry run says what would be muted and changes nothing', async () => {
  const found = await previewSuppression(store, everything, { any: [{ resource: 'a' }, { resource: 'c' }] });
  expect(found.map((one) => one.id).sort()).toEqual(['vf-a', 'vf-c']);
  expect(await states()).toEqual({ 'vf-a': 'new', 'vf-b': 'new', 'vf-c': 'new' });
  expect(await listSuppressions(store, organization)).toEqual([]);
});

test('muting, revoking and the history of both', async () => {
  const { suppressions, muted } = await createSuppressions(store, organization, [wanted({ finding: 'vf-a' })], by(2));
  expect(muted).toBe(1);
  expect(await states()).toEqual({ 'vf-a': 'muted', 'vf-b': 'new', 'vf-c': 'new' });
  expect(await listSuppressions(store, organization)).toEqual(suppressions);
  expect(await revokeSuppression(store, organization, suppressions[0]!.id, { actor: 'bo', at: time(3) })).toBe(1);
  expect((await findingHistory(store, everything, 'vf-a')).slice(1)).toEqual([
    {
      finding: 'vf-a',
      at: time(2),
      from: 'new',
      to: 'muted',
      cause: 'muted',
      actor: 'ana',
      disposition: 'accepted',
      scan: null,
    },
    {
      finding: 'vf-a',
      at: time(3),
      from: 'muted',
      to: 'open',
      cause: 'unmuted',
      actor: 'bo',
      disposition: null,
      scan: null,
    },
  ]);
  await expect(revokeSuppression(store, organization, suppressions[0]!.id, by(4))).rejects.toThrow(/no suppression/);
  expect((await listSuppressions(store, organization))[0]).toMatchObject({ revokedAt: time(3), revokedBy: 'bo' });
});

test('expiry opens again, but not what another suppression still mutes', async () => {
  const rules = [wanted({ finding: 'vf-a' }, 3), wanted({ any: [{ finding: 'vf-b' }] }, 3)];
  await createSuppressions(store, organization, rules, by(2));
  await createSuppressions(store, organization, [wanted({ finding: 'vf-b' }, 9)], by(2));
  expect(await expireSuppressions(store, organization, time(2, 12))).toBe(0);
  expect(await expireSuppressions(store, organization, time(3))).toBe(1);
  expect(await expireSuppressions(store, organization, time(3))).toBe(0);
  expect(await states()).toEqual({ 'vf-a': 'open', 'vf-b': 'muted', 'vf-c': 'new' });
  expect((await findingHistory(store, everything, 'vf-a')).at(-1)).toMatchObject({
    cause: 'mute-expired',
    actor: 'vedette',
  });
});

test('tags come from the stored resource; unread ones mute nothing', async () => {
  await storeTags('a', { stage: 'test' });
  await storeTags('b', { $unread: { operation: 's3:GetBucketTagging', reason: 'denied' } });
  const { muted } = await createSuppressions(
    store,
    organization,
    [wanted({ tag: { key: 'stage', value: 'test' } })],
    by(2),
  );
  expect(muted).toBe(1);
  expect((await previewSuppression(store, everything, { not: { tag: { key: 'x' } } })).map((one) => one.id)).toEqual(
    [],
  );
  expect(await states()).toEqual({ 'vf-a': 'muted', 'vf-b': 'new', 'vf-c': 'new' });
});

test('the end of one suppression leaves alone what another one in force muted', async () => {
  await createSuppressions(
    store,
    organization,
    [wanted({ tag: { key: 'stage' } }, 9), wanted({ finding: 'vf-b' }, 3)],
    by(2),
  );
  // Its tags came with the verdict and are not in the inventory.
  await commitAlone(store, scope(2, [verdict('a', 'fail', { tags: { stage: 'test' } }), verdict('b', 'fail')]));
  expect(await expireSuppressions(store, organization, time(4))).toBe(1);
  expect(await states()).toMatchObject({ 'vf-a': 'muted', 'vf-b': 'open' });
});

test('all organisations and the scope of the caller are kept apart', async () => {
  await createSuppressions(store, 'o-another', [wanted({ finding: 'vf-a' })], by(2));
  expect((await states())['vf-a']).toBe('new');
  expect(await previewSuppression(store, { organization, accounts: ['444455556666'] }, { finding: 'vf-a' })).toEqual(
    [],
  );
});

const refused = [
  ['no owner', { owner: ' ' }, /owner and a reason/],
  ['no reason', { reason: '' }, /owner and a reason/],
  ['an end in the past', { expiresAt: time(1) }, /end in the future/],
  ['no date', { expiresAt: 'soon' }, /end in the future/],
  ['no rule', { rule: {} }, /rule of the suppression/],
] as const;
test.each(refused)('refuses %s and mutes nothing', async (_, changes, message) => {
  const given = [wanted({ finding: 'vf-a' }), { ...wanted({ finding: 'vf-b' }), ...changes }];
  await expect(createSuppressions(store, organization, given, by(2))).rejects.toThrow(message);
  expect(await listSuppressions(store, organization)).toEqual([]);
  expect((await states())['vf-a']).toBe('new');
});
