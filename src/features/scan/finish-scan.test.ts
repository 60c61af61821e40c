import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Organization } from '../../domain/account.ts';
import { fixedClock } from '../../platform/clock/clock.ts';
import { type TestStore, testStore } from '../../platform/store/testing.ts';
import { type GapRow, insertGaps } from './commit-gaps.ts';
import { finishScan } from './finish-scan.ts';
import type { ScanRecord } from './scan-store.ts';
import { account, beginScan, column, organization, time } from './testing.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(async () => await store.close());
beforeEach(async () => {
  await store.pool.query('truncate scan, scan_account, gap, verdict_count, unit');
});

const detail: Organization = {
  id: organization,
  partition: 'aws',
  managementAccount: account,
  reachable: true,
  rootId: 'r-1',
  units: [],
  policies: [],
  delegatedAdministrators: [],
  trustedServices: [],
  rootCredentialsManagement: false,
  simulated: false,
};

/** A scan of two accounts: one passes everything in four pairs, the other as told. */
async function judged(other: string, gaps: readonly Partial<GapRow>[] = []): Promise<ScanRecord> {
  const scan = await beginScan(store, 20, { ids: [account, '444455556666'] });
  await store.pool.query(
    `insert into verdict_count (organization_id, scan, account, region, check_id, severity, pass, fail, not_applicable, manual, unknown, complete)
     select $1, $2, $3, 'global', 'c' || n, 'low', 1, 0, 0, 0, 0, true from generate_series(1, 4) as n`,
    [organization, scan.id, account],
  );
  await store.pool.query("update scan_account set status = case when account = $1 then 'complete' else $2 end", [
    account,
    other,
  ]);
  const gap = {
    account,
    region: 'global',
    service: 'organizations',
    action: 'a',
    reason: 'denied',
    detail: '',
  } as const;
  await insertGaps(
    store.pool,
    scan,
    gaps.map((one) => ({ ...gap, collector: 'discovery', ...one })),
  );
  return scan;
}

const finish = (scan: ScanRecord) => finishScan(scan, detail, { store, clock: fixedClock(time(20, 11)) });

const cases: [string, string, readonly Partial<GapRow>[], { score: number | null; coverage: number }][] = [
  ['one account skipped', 'skipped', [], { score: 100, coverage: 1 }],
  ['one account denied', 'denied', [], { score: 50, coverage: 0.5 }],
  ['one account failed', 'failed', [], { score: 50, coverage: 0.5 }],
  ['a refusal that hides no account', 'skipped', [{}], { score: 100, coverage: 1 }],
  ['a unit not listed', 'skipped', [{ collector: 'discovery-unlisted ou-1' }], { score: 100, coverage: 0.5 }],
  [
    'two units not listed, one of them in two ways',
    'skipped',
    [
      { collector: 'discovery-unlisted ou-1' },
      { collector: 'discovery-unlisted ou-1', action: 'b' },
      { collector: 'discovery-unlisted ou-2' },
    ],
    { score: 100, coverage: 1 / 3 },
  ],
  ['accounts that nobody listed', 'skipped', [{ collector: 'discovery-accounts' }], { score: null, coverage: 1 }],
];
test.each(cases)('%s', async (_name, other, gaps, expected) => {
  const scan = await judged(other, gaps);
  expect(await finish(scan)).toMatchObject(expected);
  expect(await column(store, 'select score from scan_account where account = $1', [account])).toEqual([100]);
});

test('is done once: another process is told how it ended', async () => {
  const scan = await judged('denied');
  const first = await finish(scan);
  await store.pool.query('delete from verdict_count');
  expect(await finish(scan)).toEqual(first);
  expect(await column(store, 'select status from scan')).toEqual(['finished']);
});

test('keeps old evidence unless a retention is set', async () => {
  const old = await judged('denied');
  await store.pool.query("update scan set status = 'interrupted', started_at = $1", [time(1)]);
  await store.pool.query(
    "insert into unit (organization_id, scan, account, region, collector, status) values ($1, $2, $3, 'global', 's3/bucket', 'done')",
    [organization, old.id, account],
  );
  const scans = 'select distinct scan from verdict_count order by scan';
  const next = await beginScan(store, 20);
  await store.pool.query("update scan_account set status = 'complete' where scan = $1", [next.id]);
  await finish(next);
  expect(await column(store, scans)).toEqual([old.id]);
  const last = await beginScan(store, 21);
  await finishScan(last, detail, { store, clock: fixedClock(time(21)), retentionDays: 7 });
  expect(await column(store, scans)).toEqual([]);
});
