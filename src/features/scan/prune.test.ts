import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestStore, testStore } from '../../platform/store/testing.ts';
import { commitUnits } from './commit-units.ts';
import { pruneScans } from './prune.ts';
import { account, bucket, claimed, column, organization, result, time } from './testing.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(async () => await store.close());

/** A scan of a day in which the bucket `b` looked as on that day, and `kept` always the same. */
async function scanned(day: number, status = 'finished', complete = true): Promise<string> {
  const { scan, fence } = await claimed(store, day);
  const resources = [bucket('kept', 1), bucket('b', day, { config: { day } } as never)];
  const gaps = [{ service: 's3', action: 's3:GetThing', reason: 'denied', detail: '' } as const];
  await commitUnits(store, scan, account, fence, [result(resources, { gaps })], time(day));
  await store.pool.query(
    `insert into verdict_count (organization_id, scan, account, region, check_id, severity, pass, fail, not_applicable, manual, unknown, complete)
     values ($1, $2, $3, 'global', 's3-logs', 'low', 1, 0, 0, 0, 0, true)`,
    [organization, scan.id, account],
  );
  await store.pool.query(
    "update scan set status = $2, options = options || jsonb_build_object('complete', $3::bool) where id = $1",
    [scan.id, status, complete],
  );
  return scan.id;
}

test('evidence of old scans goes; the two newest complete scans, running ones, findings and history stay', async () => {
  const first = await scanned(1);
  const filtered = await scanned(2, 'finished', false);
  const interrupted = await scanned(3, 'interrupted');
  const running = await scanned(4, 'running');
  const [second, third] = [await scanned(5), await scanned(6)];
  const recent = await scanned(20, 'finished', false);
  await store.pool.query(
    `insert into finding_transition (organization_id, finding, at, to_state, cause, actor, scan) values ($1, 'vf-1', $2, 'new', 'found', 'vedette', $3)`,
    [organization, time(1), first],
  );

  expect(await pruneScans(store, organization, time(10))).toEqual([first, filtered, interrupted]);
  for (const table of ['unit', 'gap', 'manifest', 'verdict_count']) {
    const left = await column(store, `select distinct scan from ${table} order by scan`);
    expect(left).toEqual([running, second, third, recent]);
  }
  expect(await column(store, 'select config from resource_version order by first_collected_at')).toEqual([
    { versioning: 'Enabled' },
    { day: 4 },
    { day: 5 },
    { day: 6 },
    { day: 20 },
  ]);
  expect(await column(store, 'select count(*) from scan')).toEqual([7]);
  expect(await column(store, 'select count(*) from scan_account')).toEqual([7]);
  expect(await column(store, 'select finding from finding_transition')).toEqual(['vf-1']);
  // Once more there is nothing to do, and another organisation loses nothing.
  expect(await pruneScans(store, organization, time(10))).toEqual([]);
  expect(await pruneScans(store, 'o-another', time(30))).toEqual([]);
});

test('the two newest complete scans stay whatever their age', async () => {
  const before = await column(
    store,
    "select id from scan where status = 'finished' and options @> '{\"complete\": true}' order by id desc limit 2",
  );
  await pruneScans(store, organization, time(30));
  const left = await column(store, 'select distinct scan from unit order by scan desc');
  expect(left).toEqual(expect.arrayContaining(before));
  expect(left).toHaveLength(3);
});
