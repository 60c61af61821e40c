import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/fixtures/hostile-text.ts';
import { type TestStore, testStore } from '../../platform/store/testing.ts';
import { commitUnits } from './commit-units.ts';
import { FenceLost, claimAccount } from './scan-store.ts';
import { storedUnits } from './stored-evidence.ts';
import { account, bucket, claimed, column, organization, result, time } from './testing.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(async () => await store.close());
beforeEach(async () => {
  await store.pool.query('truncate scan, scan_account, unit, gap, manifest, resource, resource_version');
});

const names = (): Promise<unknown[]> => column(store, 'select arn from resource order by arn');
const versions = (): Promise<unknown[]> => column(store, 'select count(*) from resource_version');

test('committing the same twice changes nothing', async () => {
  const { scan, fence } = await claimed(store, 1);
  const gaps = [{ service: 's3', action: 's3:GetBucketPolicy', reason: 'denied', detail: 'no' } as const];
  const results = [result([bucket('a', 1), bucket('b', 1)], { gaps })];
  await commitUnits(store, scan, account, fence, results, time(1));
  await commitUnits(store, scan, account, fence, results, time(1));
  expect(await names()).toEqual(['arn:aws:s3:::a', 'arn:aws:s3:::b']);
  expect(await versions()).toEqual([2]);
  expect(await column(store, "select concat_ws(' ', status, attempts, resources) from unit")).toEqual(['done 1 2']);
  expect(await column(store, 'select cardinality(hashes) from manifest')).toEqual([2]);
  expect(await column(store, 'select action from gap')).toEqual(['s3:GetBucketPolicy']);
});

test('whoever lost the account commits nothing', async () => {
  const { scan, fence } = await claimed(store, 1);
  const other = await claimAccount(store, scan, account, time(1));
  await expect(commitUnits(store, scan, account, fence, [result([bucket('a', 1)])], time(1))).rejects.toThrow(
    FenceLost,
  );
  expect(await names()).toEqual([]);
  expect(await column(store, 'select collector from unit')).toEqual([]);
  await commitUnits(store, scan, account, other?.fence ?? 0, [result([bucket('a', 1)])], time(1));
  expect(await names()).toEqual(['arn:aws:s3:::a']);
});

async function here(second: Parameters<typeof result>, third: Partial<{ another: string }> = {}): Promise<unknown[]> {
  const first = await claimed(store, 1);
  await commitUnits(store, first.scan, account, first.fence, [result([bucket('a', 1), bucket('b', 1)])], time(1));
  const owner = third.another ?? account;
  const next = await claimed(store, 2, owner);
  await commitUnits(store, next.scan, owner, next.fence, [result(...second)], time(2));
  return await names();
}

describe('what was there and is not any more', () => {
  const [a, b] = ['arn:aws:s3:::a', 'arn:aws:s3:::b'];
  const cases: [string, Parameters<typeof result>, unknown[]][] = [
    ['is forgotten by a unit that was read to its end', [[bucket('a', 2)]], [a]],
    ['is forgotten by one that shows nothing', [[]], []],
    ['stays when the unit is incomplete', [[bucket('a', 2)], { complete: false }], [a, b]],
    ['stays while more of the unit is to come', [[bucket('a', 2)], { complete: false, cursor: 'x' }], [a, b]],
    ['stays when another type was read', [[], { types: ['AWS::KMS::Key'] }], [a, b]],
    ['stays when another region was read', [[], { region: 'us-east-1' }], [a, b]],
    ['is forgotten by its own region', [[bucket('b', 2)], { region: 'eu-west-1' }], [b]],
  ];
  test.each(cases)('%s', async (_name, second, expected) => {
    expect(await here(second)).toEqual(expected);
  });

  test('stays when another account was read', async () => {
    expect(await here([[]], { another: '444455556666' })).toEqual([a, b]);
  });

  test('stays known by its version and its manifest', async () => {
    await here([[]]);
    expect(await versions()).toEqual([2]);
    expect(await column(store, 'select cardinality(hashes) from manifest order by scan')).toEqual([2, 0]);
  });

  test('does not vanish because an older scan ends later', async () => {
    const old = await claimed(store, 1);
    const newer = await claimed(store, 2);
    await commitUnits(store, newer.scan, account, newer.fence, [result([bucket('a', 2)])], time(2));
    await commitUnits(store, old.scan, account, old.fence, [result([])], time(3));
    expect(await names()).toEqual([a]);
  });
});

test('a resource that changed has a version more, and the newest is the known one', async () => {
  const first = await claimed(store, 1);
  await commitUnits(store, first.scan, account, first.fence, [result([bucket('a', 1)])], time(1));
  const second = await claimed(store, 2);
  const changed = bucket('a', 2, { config: { versioning: 'Suspended' } } as never);
  await commitUnits(store, second.scan, account, second.fence, [result([changed])], time(2));
  const known = 'select v.config from resource r join resource_version v on v.hash = r.hash';
  expect(await column(store, known)).toEqual([{ versioning: 'Suspended' }]);
  // An older scan that commits late does not bring the old state back.
  await commitUnits(store, first.scan, account, first.fence, [result([bucket('a', 1)], { complete: false })], time(3));
  expect(await column(store, known)).toEqual([{ versioning: 'Suspended' }]);
  expect(await versions()).toEqual([2]);
});

test('a resource that two pages show in two states is one resource, and both are in the manifest', async () => {
  const { scan, fence } = await claimed(store, 1);
  const twice = [bucket('a', 1), bucket('a', 1, { config: { versioning: 'Suspended' } } as never), bucket('a', 1)];
  await commitUnits(store, scan, account, fence, [result(twice)], time(1));
  expect(await names()).toEqual(['arn:aws:s3:::a']);
  expect(await column(store, 'select cardinality(hashes) from manifest')).toEqual([3]);
});

const part = (name: string, cursor: string) => result([bucket(name, 1)], { complete: false, cursor });

test('parts of a large unit add up, and come back as one unit with its cursor', async () => {
  const { scan, fence } = await claimed(store, 1);
  await commitUnits(store, scan, account, fence, [part('a', '1')], time(1));
  await commitUnits(store, scan, account, fence, [part('b', '2')], time(1));
  await commitUnits(store, scan, account, fence, [part('b', '2')], time(1));
  const { collector } = part('', '').unit;
  const halfway = await storedUnits(store, scan, account, [collector], true);
  expect([...halfway.cursors]).toEqual([['global s3/bucket', '2']]);
  expect(halfway.done.size).toBe(0);
  await commitUnits(store, scan, account, fence, [result([bucket('c', 1)])], time(1));
  const whole = await storedUnits(store, scan, account, [collector], true);
  expect([...whole.done]).toEqual(['global s3/bucket']);
  expect(whole.cursors.size).toBe(0);
  expect(whole.results.map((one) => one.resources.map((resource) => resource.name))).toEqual([['a', 'b', 'c']]);
  expect(await column(store, 'select resources from unit')).toEqual([3]);
});

describe('hostile text', () => {
  test('of every kind is stored and comes back', async () => {
    const { scan, fence } = await claimed(store, 1);
    const texts = [...hostileTexts().map((one) => one.text), 'a\0b', '\ud800 alone', 'alone \udfff', '\\u0000', '\\'];
    const resources = texts.map((text, n) =>
      bucket(`b${n}`, 1, {
        name: text,
        tags: { [text.slice(0, 100)]: text },
        config: { ['__proto__']: text, text },
      } as never),
    );
    const gaps = [
      { service: 's3', action: 's3:GetThing', reason: 'denied', detail: texts.join(' ').slice(0, 500) } as const,
    ];
    await commitUnits(store, scan, account, fence, [result(resources, { gaps })], time(1));
    const { results } = await storedUnits(store, scan, account, [result([]).unit.collector], true);
    const storable = texts.map((text) => text.toWellFormed().replaceAll('\0', '\ufffd'));
    expect(results[0]?.resources.map((resource) => resource.name)).toEqual(storable);
    expect(results[0]?.resources.map((one) => (one.config as unknown as { text: string }).text)).toEqual(storable);
    expect(await versions()).toEqual([texts.length]);
  });
});

test('large batches go in one commit', async () => {
  const { scan, fence } = await claimed(store, 1);
  const many = Array.from({ length: 5000 }, (_, n) => bucket(`bucket-${n}`, 1));
  await commitUnits(store, scan, account, fence, [result(many)], time(1));
  expect(await column(store, 'select count(*) from resource')).toEqual([5000]);
  expect(await column(store, 'select cardinality(hashes) from manifest')).toEqual([5000]);
});

test('another organisation is not touched', async () => {
  const first = await claimed(store, 1);
  await commitUnits(store, first.scan, account, first.fence, [result([bucket('a', 1)])], time(1));
  await store.pool.query(
    "insert into resource select 'o-another', account, region, type, arn, hash, 'scan-x', collected_at from resource",
  );
  const second = await claimed(store, 2);
  await commitUnits(store, second.scan, account, second.fence, [result([])], time(2));
  expect(await column(store, 'select organization_id from resource')).toEqual(['o-another']);
  expect(organization).not.toBe('o-another');
});
