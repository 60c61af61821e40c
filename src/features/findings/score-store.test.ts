import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestStore, testStore } from '../../platform/store/testing.ts';
import { saveAccountScore, scanScore } from './score-store.ts';
import { check, commitAlone, organization, scope, time, verdict } from './testing.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(async () => await store.close());

const accounts = ['111122223333', '444455556666', '777788889999'] as const;
const checks = [check('s3-logs', { severity: 'medium' }), check('s3-public', { severity: 'critical' })];

async function begin(day: number, statuses: readonly string[], complete = true): Promise<string> {
  const scan = `scan-${day}`;
  await store.pool.query(
    `insert into scan (id, organization_id, started_at, status, simulated, options, catalogue_version, program_version)
     values ($1, $2, $3, 'running', false, $4, 'c1', '0.1.0')`,
    [scan, organization, time(day, 9), JSON.stringify({ complete })],
  );
  for (const [n, status] of statuses.entries()) {
    await store.pool.query(
      'insert into scan_account (organization_id, scan, account, status) values ($1, $2, $3, $4)',
      [organization, scan, accounts[n], status],
    );
  }
  return scan;
}

/** The bucket passes one check, weight 5, and as told the other, weight 40. */
async function judge(day: number, account: string, result: 'pass' | 'fail'): Promise<void> {
  const verdicts = [verdict('a', 'pass'), verdict('a', result, { check: 's3-public', findingId: `vf-${account}` })];
  await commitAlone(store, scope(day, verdicts, { account, checks }));
}

test('accounts score what was read, and 0 when they could not be; skipped ones do not count', async () => {
  const first = await begin(1, ['complete', 'complete', 'denied']);
  await judge(1, accounts[0], 'pass');
  await judge(1, accounts[1], 'fail');
  expect(await saveAccountScore(store, organization, first, accounts[0])).toEqual({ score: 100, coverage: 1 });
  expect(await saveAccountScore(store, organization, first, accounts[1])).toEqual({
    score: (100 * 5) / 45,
    coverage: 1,
  });
  expect(await scanScore(store, organization, first)).toEqual({
    score: (100 + (100 * 5) / 45 + 0) / 3,
    coverage: 4 / 6,
    accounts: new Map([
      [accounts[0], { score: 100, coverage: 1, basis: 'read' }],
      [accounts[1], { score: (100 * 5) / 45, coverage: 1, basis: 'read' }],
      [accounts[2], { score: 0, coverage: 0, basis: 'median' }],
    ]),
  });

  expect((await scanScore(store, organization, first, 2)).coverage).toBe(4 / 10);

  const second = await begin(2, ['complete', 'failed', 'skipped']);
  await judge(2, accounts[0], 'pass');
  await saveAccountScore(store, organization, second, accounts[0]);
  const scored = await scanScore(store, organization, second);
  expect(scored).toMatchObject({ score: 50, coverage: 0.5 });
  expect([...scored.accounts].map(([id, { basis }]) => [id, basis])).toEqual([
    [accounts[0], 'read'],
    [accounts[1], 'last-known'],
  ]);
});

test('a scope that was not wholly read earns nothing, and another organisation sees nothing', async () => {
  const scan = await begin(3, ['partial']);
  const incomplete = checks.map((one) => ({ ...one, complete: false }));
  await commitAlone(store, scope(3, [verdict('a', 'pass')], { account: accounts[0], checks: incomplete }));
  expect(await saveAccountScore(store, organization, scan, accounts[0])).toEqual({ score: 0, coverage: 0 });
  expect(await scanScore(store, 'o-another', scan)).toEqual({ score: null, coverage: 0, accounts: new Map() });
});

test('what a filtered scan knew is not the last known of an account', async () => {
  const filtered = await begin(4, ['complete', 'complete', 'complete'], false);
  await commitAlone(store, scope(4, [verdict('a', 'pass')], { account: accounts[2], checks: [checks[0]!] }));
  await saveAccountScore(store, organization, filtered, accounts[2]);
  const next = await begin(5, ['denied', 'denied', 'denied']);
  const scored = await scanScore(store, organization, next);
  expect(scored.accounts.get(accounts[2])?.basis).toBe('median');
  expect(scored.accounts.get(accounts[1])?.basis).toBe('last-known');
});
