import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Account, Organization } from '../../domain/account.ts';
import type { Gap } from '../../domain/gap.ts';
import { type TestStore, testStore } from '../../platform/store/testing.ts';
import type { FindingFilter } from '../findings/index.ts';
import type { ReportModel } from '../reports/index.ts';
import { type GapRow, insertGaps } from './commit-gaps.ts';
import { findingsReport } from './findings-report.ts';
import { account, beginScan, options, organization, time } from './testing.ts';

const other = '444455556666';
const late = '777788889999';
let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(async () => await store.close());
beforeEach(async () => {
  await store.pool.query('truncate scan, scan_account, gap, verdict_count, unit, finding');
});

const known = [account, other, late].map((id) => ({ id, name: `name of ${id}`, ouPath: '/', status: 'ACTIVE' }));

async function report(filter: FindingFilter = {}) {
  return await findingsReport({
    store,
    organization: { id: organization, partition: 'aws', simulated: true } as Organization,
    accounts: known as unknown as readonly Account[],
    version: '1',
    filter,
  });
}

const modelOf = async (filter: FindingFilter = {}): Promise<ReportModel> =>
  (await report(filter)).model(undefined, undefined);

async function all<T>(rows: Iterable<T> | AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const row of rows) seen.push(row);
  return seen;
}

async function scanned(day: number, gaps: readonly Partial<GapRow>[] = [], complete = true): Promise<string> {
  const scan = await beginScan(store, day, {
    ids: [account, other],
    options: complete ? options() : options({ regions: ['eu-west-1'] }),
  });
  await insertGaps(
    store.pool,
    scan,
    gaps.map((gap) => ({
      account,
      region: 'eu-west-1',
      collector: 's3/bucket',
      service: 's3',
      action: 's3:GetBucketPolicy',
      reason: 'denied',
      detail: '',
      ...gap,
    })),
  );
  await store.pool.query("update scan set status = 'finished', finished_at = $2, summary = $3 where id = $1", [
    scan.id,
    time(day, 11),
    JSON.stringify({ score: 50, coverage: 0.5 }),
  ]);
  await store.pool.query(
    "update scan_account set status = 'complete', score = 80, coverage = 1, pairs = $2 where scan = $1",
    [scan.id, JSON.stringify({ weight: 10, credit: 8, applicable: 4, judged: 4 })],
  );
  return scan.id;
}

async function find(id: string, values: { check?: string; account?: string; state?: string }): Promise<void> {
  await store.pool.query(
    `insert into finding (organization_id, id, kind, source, check_id, verdict, severity, account, region, scope_region, resource, resource_type,
       title, reason, state, first_seen, last_seen, last_verified, rule)
     values ($1, $2, 'posture', 'vedette', $3, 'fail', 'high', $4, 'eu-west-1', 'eu-west-1', 'r', 't', 't', 'r', $5, $6, $6, $6, 'r1')`,
    [
      organization,
      id,
      values.check ?? 's3-bucket-versioning',
      values.account ?? account,
      values.state ?? 'new',
      time(1),
    ],
  );
}

const actions = (gaps: readonly Gap[]): string[] =>
  gaps.map((gap) => `${gap.account} ${gap.action} ${gap.regions.join(' ')}`);

describe('the scan that a list stands beside', () => {
  test('is the newest that left nothing out, however many parts were scanned since', async () => {
    await scanned(1);
    const wanted = await scanned(2);
    await scanned(3, [], false);
    await beginScan(store, 4);
    expect((await modelOf()).scan).toMatchObject({ id: wanted, simulated: false, finishedAt: time(2, 11) });
  });

  test('is a part when there is nothing else', async () => {
    const wanted = await scanned(1, [], false);
    await beginScan(store, 2);
    expect((await modelOf()).scan.id).toBe(wanted);
  });

  test('may be missing: everything else is told', async () => {
    await find('vf-1', {});
    const model = await modelOf();
    expect(model).toMatchObject({ score: null, coverage: 0, scan: { organizationId: organization, simulated: true } });
    expect(await all(model.findings())).toHaveLength(1);
    expect(await all(model.gaps())).toEqual([]);
  });
});

describe('gaps', () => {
  const gaps: Partial<GapRow>[] = [
    {},
    { region: 'us-east-1' },
    { account: other, service: 'kms', collector: 'kms/key', action: 'kms:GetKeyPolicy' },
    { account: other, region: 'global', service: '*', collector: 'account', action: '*' },
    { region: 'global', service: 'organizations', collector: 'discovery', action: 'organizations:ListAccounts' },
  ];

  test.each<[string, FindingFilter, string[]]>([
    [
      'all without a filter',
      {},
      [
        `${account} organizations:ListAccounts global`,
        `${account} s3:GetBucketPolicy eu-west-1 us-east-1`,
        `${other} * global`,
        `${other} kms:GetKeyPolicy eu-west-1`,
      ],
    ],
    ['of the accounts', { accounts: [other] }, [`${other} * global`, `${other} kms:GetKeyPolicy eu-west-1`]],
    [
      'of the regions, and those of none',
      { regions: ['us-east-1'] },
      [`${account} organizations:ListAccounts global`, `${account} s3:GetBucketPolicy us-east-1`, `${other} * global`],
    ],
    [
      'of what the checks need, and of all',
      { checks: ['kms-key-not-public'] },
      [`${account} organizations:ListAccounts global`, `${other} * global`, `${other} kms:GetKeyPolicy eu-west-1`],
    ],
    [
      'of what checks of the severity need',
      { severities: ['info'] },
      [`${account} organizations:ListAccounts global`, `${other} * global`],
    ],
  ])('are %s', async (_name, filter, expected) => {
    await scanned(1, gaps);
    const model = await modelOf(filter);
    expect(actions(await all(model.gaps()))).toEqual(expected);
    expect(actions(await all(model.gaps()))).toEqual(expected);
  });
});

describe('accounts', () => {
  test('that the scan did not know are there as skipped', async () => {
    await scanned(1);
    const { accounts, score, coverage } = await modelOf();
    expect(accounts.map(({ id, scan }) => [id, scan])).toEqual([
      [account, 'complete'],
      [other, 'complete'],
      [late, 'skipped'],
    ]);
    expect({ score, coverage }).toEqual({ score: 50, coverage: 0.5 });
  });

  test('that are selected have their own score, not that of the organisation', async () => {
    const id = await scanned(1);
    await store.pool.query("update scan_account set status = 'denied', pairs = null where account = $1 and scan = $2", [
      other,
      id,
    ]);
    const only = await modelOf({ accounts: [account] });
    expect(only).toMatchObject({ score: 80, coverage: 1, accounts: [{ id: account }] });
    expect(await modelOf({ accounts: [account, other] })).toMatchObject({ score: 40, coverage: 0.5 });
  });
});

test('findings are counted whole and given as far as asked', async () => {
  await scanned(1);
  for (let n = 0; n < 5; n += 1) await find(`vf-${n}`, {});
  await find('vf-over', { state: 'resolved' });
  const { total, model } = await report({ states: ['new'] });
  expect(total).toBe(5);
  const first = model(2, 'the first 2 of 5');
  expect(first.selection).toBe('the first 2 of 5');
  expect((await all(first.findings())).map(({ id }) => id)).toEqual(['vf-0', 'vf-1']);
  expect(first.summary.bySeverity).toMatchObject({ high: 5 });
  expect(model(undefined, undefined)).not.toHaveProperty('selection');
  // Sums of a list that was cut are over all that match.
  const uncut = await all(first.uncut?.() ?? []);
  expect(uncut).toHaveLength(5);
  expect(model(undefined, undefined)).not.toHaveProperty('uncut');
});
