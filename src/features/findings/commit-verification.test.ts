import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestStore, testStore } from '../../platform/store/testing.ts';
import { commitVerification } from './commit-verification.ts';
import type { JudgedCheck, JudgedVerdict } from './contract.ts';
import { scanDelta } from './deltas.ts';
import { findingHistory, listFindings } from './query.ts';
import { createSuppressions } from './suppressions.ts';
import { account, check, commitAlone, organization, scope, time, verdict } from './testing.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(async () => await store.close());
beforeEach(async () => {
  await store.pool.query('truncate finding, finding_transition, verdict_count, scope_judged, suppression');
});

type Result = JudgedVerdict['verdict'] | 'absent';

/** Verifies `vf-a` on a day, at noon: after the scan of that day. */
async function verify(day: number, result: Result, changes: Partial<JudgedCheck> = {}) {
  return await store.transaction(
    async (client) =>
      await commitVerification(client, {
        organization,
        account,
        region: 'global',
        at: time(day, 12),
        scan: 'scan-1',
        findings: [
          {
            finding: 'vf-a',
            check: check('s3-logs', changes),
            verdict: result === 'absent' ? undefined : verdict('a', result),
          },
        ],
      }),
  );
}

const history = async (): Promise<string[]> =>
  (await findingHistory(store, { organization }, 'vf-a')).map(
    (one) => `${one.from} ${one.to} ${one.cause} ${one.scan}`,
  );
const finding = async () => (await listFindings(store, { organization }, { ids: ['vf-a'] })).findings[0];
const scanned = async (day: number, result: JudgedVerdict['verdict']) =>
  await commitAlone(store, scope(day, [verdict('a', result)]));

describe('a verification of a finding', () => {
  test('that still fails leaves its state and says when it was verified', async () => {
    await scanned(1, 'fail');
    const changes = await verify(1, 'fail');
    expect(await finding()).toMatchObject({ state: 'new', lastVerified: time(1, 12), lastScan: 'scan-1' });
    expect(changes.get('vf-a')).toMatchObject({ before: { state: 'new' }, after: { state: 'new' } });
    expect(await history()).toEqual(['null new first-seen scan-1']);
    await scanned(2, 'fail');
    expect(await finding()).toMatchObject({ state: 'open' });
  });

  test.each<[Result, string]>([
    ['pass', 'passed'],
    ['not-applicable', 'absent'],
    ['absent', 'absent'],
  ])('that is %s resolves it, outside of any scan', async (result, cause) => {
    await scanned(1, 'fail');
    await verify(1, result);
    expect(await finding()).toMatchObject({ state: 'resolved', lastVerified: time(1, 12) });
    expect((await history()).at(-1)).toBe(`new resolved ${cause} null`);
    expect((await scanDelta(store, { organization }, 'scan-1')).resolved).toBe(0);
  });

  test.each<[Result, Partial<JudgedCheck>]>([
    ['unknown', {}],
    ['pass', { complete: false }],
    ['absent', { complete: false }],
  ])('that is %s with %j changes nothing', async (result, changes) => {
    await scanned(1, 'fail');
    const before = await finding();
    await verify(1, result, changes);
    expect(await finding()).toEqual(before);
  });

  test('can be repeated: every change has its transition', async () => {
    await scanned(1, 'fail');
    for (const [day, result] of [
      [1, 'pass'],
      [2, 'fail'],
      [3, 'pass'],
      [4, 'fail'],
    ] as const)
      await verify(day, result);
    expect((await history()).slice(1)).toEqual([
      'new resolved passed null',
      'resolved reopened failed-again null',
      'reopened resolved passed null',
      'resolved reopened failed-again null',
    ]);
  });

  test('is not undone by a scan that began before, and is by one that began after', async () => {
    await scanned(1, 'fail');
    await verify(2, 'pass');
    // Began at nine, before the verification at noon, and ended after it.
    await commitAlone(store, scope(2, [verdict('a', 'fail')], { judgedAt: time(2, 15) }));
    expect(await finding()).toMatchObject({ state: 'resolved' });
    await scanned(3, 'fail');
    expect(await finding()).toMatchObject({ state: 'reopened' });
  });

  test('counts to what changed since the scan before', async () => {
    await scanned(1, 'fail');
    await verify(1, 'pass');
    await commitAlone(store, scope(2, []));
    const everything = { organization };
    expect(await scanDelta(store, everything, 'scan-2')).toMatchObject({ resolved: 0 });
    expect(await scanDelta(store, everything, 'scan-2', time(1))).toMatchObject({ resolved: 1, new: 0 });
    expect(await scanDelta(store, everything, 'scan-2', time(1, 13))).toMatchObject({ resolved: 0 });
  });

  test('by a check that changed since is told apart from a fix', async () => {
    await scanned(1, 'fail');
    await verify(1, 'pass', { rule: 'r2' });
    expect((await history()).at(-1)).toBe('new resolved rule-changed null');
  });

  test('that fails again is muted at once where a suppression says so', async () => {
    await scanned(1, 'fail');
    await verify(1, 'pass');
    await createSuppressions(
      store,
      organization,
      [{ owner: 'team', reason: 'accepted', expiresAt: time(20), rule: { finding: 'vf-a' } }],
      { actor: 'someone', at: time(2) },
    );
    await verify(3, 'fail');
    expect(await finding()).toMatchObject({ state: 'muted', mutedBy: 'someone' });
    expect((await history()).slice(-2)).toEqual(['resolved reopened failed-again null', 'reopened muted muted null']);
  });

  test('shows a finding that no scan has seen: it is new until the next scan', async () => {
    await verify(1, 'fail');
    expect(await finding()).toMatchObject({ state: 'new', lastScan: 'scan-1', firstSeen: time(1, 12) });
    expect(await history()).toEqual(['null new first-seen null']);
    await scanned(2, 'fail');
    expect(await finding()).toMatchObject({ state: 'open' });
  });
});
