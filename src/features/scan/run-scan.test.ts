import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnyResource } from '../../domain/resource.ts';
import { classifyError } from '../../platform/aws/classify-error.ts';
import type { AwsAccess } from '../../platform/aws/contract.ts';
import { createAwsAccess } from '../../platform/aws/create-access.ts';
import { homeRegion } from '../../platform/aws/partitions.ts';
import { enabledRegions } from '../../platform/aws/regions.ts';
import { type Simulation, createSimulation } from '../../platform/aws/simulated/simulation.ts';
import { fixedClock } from '../../platform/clock/clock.ts';
import { type TestStore, testStore } from '../../platform/store/testing.ts';
import { createCatalogue } from '../checks/index.ts';
import { defaultContextRules } from '../discovery/index.ts';
import type { RegisteredCollector } from '../inventory/index.ts';
import type { ScanDependencies, ScanEvents } from './contract.ts';
import type { FinishedScan } from './finish-scan.ts';
import { runScan } from './run-scan.ts';
import { scanProgress } from './scan-progress.ts';
import { type ScanAccountRecord, addApiCalls } from './scan-store.ts';
import { beginScan, bucket, column, options, time } from './testing.ts';

let store: TestStore;
let simulation: Simulation;
let aws: AwsAccess;
const today = time(20);
const clock = fixedClock(today);

beforeAll(async () => {
  store = await testStore();
  simulation = createSimulation({ accounts: 4, now: new Date(today), clock: () => clock.now() });
  aws = await createAwsAccess({
    audit: { record: () => undefined },
    clock,
    roleName: simulation.organization.roles.scanner,
    sessionName: 'vedette',
    region: 'us-east-1',
    externalId: (account) => simulation.externalId(account),
    credentials: () => Promise.resolve(simulation.credentials()),
    intercept: (client) => simulation.install(client),
    retryDelay: () => 0,
    simulated: true,
    budget: { share: 10_000, maxInFlightPerLane: 150 },
    environment: {},
  });
});
afterAll(async () => {
  await aws.close();
  await store.close();
});
beforeEach(async () => {
  clock.set(today);
  simulation.setFaults([]);
  await store.pool.query(
    'truncate scan, scan_account, unit, gap, manifest, resource, resource_version, account, account_event, organization',
  );
});

/** One bucket for each account; a test may let an account do something else. */
function reading(work: (account: string) => unknown = () => undefined): RegisteredCollector {
  return {
    id: 's3/bucket',
    collector: {
      scope: 'global',
      types: ['AWS::S3::Bucket'],
      operations: ['s3:ListBuckets'],
      events: [],
      async *collect({ account }) {
        await work(account);
        const one = bucket(`of-${account}`, 20);
        yield { resources: [{ ...one, account } as AnyResource] };
      },
    },
  };
}

const silent: ScanEvents = {
  started: () => undefined,
  message: () => undefined,
  planned: () => undefined,
  units: () => undefined,
  judged: () => undefined,
  accountDone: () => undefined,
};

interface Setup extends Partial<Omit<ScanDependencies, 'events'>> {
  options?: ReturnType<typeof options>;
  events?: Partial<ScanEvents>;
}

async function scan(setup: Setup = {}): Promise<FinishedScan> {
  const catalogue = createCatalogue([]);
  const identity = simulation.organization.security.id;
  const { options: given, events, ...rest } = setup;
  return await runScan(given ?? options({ identity }), {
    store,
    aws,
    clock,
    catalogue,
    entries: [],
    parameters: catalogue.parameters({}),
    collectors: [reading()],
    homeRegion,
    classify: classifyError,
    findSecrets: () => [],
    unitTimeoutMs: 60_000,
    pageSize: 500,
    regionsAtOnce: 2,
    accountsAtOnce: 2,
    contextRules: defaultContextRules,
    programVersion: '0.0.0',
    fresh: false,
    signal: new AbortController().signal,
    regionsOf: async () => ({ regions: ['us-east-1'], gaps: [] }),
    events: { ...silent, ...events },
    ...rest,
  });
}

const ids = (): string[] => simulation.organization.accounts.map((account) => account.id).sort();
const standing = (): Promise<unknown[]> =>
  column(store, "select concat_ws(' ', account, status) from scan_account order by account");

test('every account is read, its tags beside it, and the calls are counted', async () => {
  const before = aws.calls;
  const finished = await scan();
  expect(await standing()).toEqual(ids().map((id) => `${id} complete`));
  expect(finished.apiCalls).toBe(aws.calls);
  expect(aws.calls).toBeGreaterThan(before);
  expect(await column(store, "select count(*) from account where tags ? '$unread'")).toEqual([0]);
  expect(
    await column(store, "select concat_ws(' ', status, resources) from unit where collector = 'discovery/tags'"),
  ).toEqual([`done ${ids().length}`]);
});

test('tags that are refused are a gap of the organisation and spoil no account', async () => {
  simulation.setFaults([{ kind: 'denied', operation: 'ListTagsForResource' }]);
  await scan();
  expect(await column(store, 'select action from gap')).toEqual(['organizations:ListTagsForResource']);
  expect(await column(store, 'select distinct status from scan_account')).toEqual(['complete']);
});

describe('trouble with one account', () => {
  test('that nobody foresaw ends it as failed, with a gap, and the others are read', async () => {
    const broken = ids()[1];
    const finished = await scan({
      regionsOf: async ({ account }) => {
        if (account === broken) throw new TypeError('cannot read x of undefined');
        return { regions: ['us-east-1'], gaps: [] };
      },
    });
    expect(await standing()).toEqual(ids().map((id) => `${id} ${id === broken ? 'failed' : 'complete'}`));
    expect(await column(store, "select concat_ws(' ', account, reason, detail) from gap")).toEqual([
      `${broken} failed The scan of this account broke off: cannot read x of undefined`,
    ]);
    expect(finished.score).toBe(0);
  });

  test('of the store ends the scan at once, and the next run goes on', async () => {
    const begun: string[] = [];
    const full = new Error('Connection terminated unexpectedly');
    const running = scan({
      accountsAtOnce: 1,
      regionsOf: async ({ account }) => {
        begun.push(account);
        throw full;
      },
    });
    await expect(running).rejects.toBe(full);
    expect(begun).toHaveLength(1);
    expect(await column(store, 'select status from scan')).toEqual(['running']);
    let resumed = false;
    await scan({ events: { started: (_scan, again) => (resumed = again) } });
    expect(resumed).toBe(true);
    expect(await standing()).toEqual(ids().map((id) => `${id} complete`));
  });
});

test('an interrupted scan has counted its calls, and adds those of the next run', async () => {
  const stop = new AbortController();
  const collectors = [reading(() => stop.abort(new Error('interrupted')))];
  const before = aws.calls;
  await expect(scan({ signal: stop.signal, collectors })).rejects.toThrow('interrupted');
  const [counted] = await column(store, 'select api_calls from scan');
  expect(Number(counted)).toBeGreaterThan(0);
  expect(Number(counted)).toBeLessThanOrEqual(aws.calls);
  expect(aws.calls).toBeGreaterThan(before);
  const finished = await scan();
  expect(finished.apiCalls).toBe(Number(counted) + aws.calls);
});

test('a scan that may be killed at any moment has counted the calls of what it committed', async () => {
  const released = Promise.withResolvers<void>();
  const { collector } = reading(() => released.promise);
  const slow: RegisteredCollector = { id: 's3/slow', collector: { ...collector, scope: 'regional' } };
  const committed = Promise.withResolvers<number>();
  const events = { units: () => committed.resolve(aws.calls) };
  const running = scan({
    collectors: [reading(), slow],
    accountsAtOnce: 1,
    events,
    async regionsOf(access) {
      // The end of the tags counts calls as well: what is called after it is not in that.
      while ((await column(store, "select status from unit where collector = 'discovery/tags'"))[0] === 'pending');
      await enabledRegions(access);
      return { regions: ['us-east-1'], gaps: [] };
    },
  });
  const counted = async (): Promise<unknown> => (await column(store, 'select api_calls from scan'))[0];
  const made = await committed.promise;
  while (Number(await counted()) < made);
  expect(await column(store, "select account from scan_account where status = 'complete'")).toEqual([]);
  released.resolve();
  expect((await running).apiCalls).toBe(Number(await counted()));
});

test('calls of several processes add up', async () => {
  const record = await beginScan(store, 20);
  await Promise.all([3, 4, 0, 5].map((calls) => addApiCalls(store, record, calls)));
  expect(await column(store, 'select api_calls from scan')).toEqual([12]);
});

describe('an unfinished scan', () => {
  const version = createCatalogue([]).version(createCatalogue([]).parameters({}));
  const cases: [string, { day: number; catalogueVersion: string; fresh: boolean }, boolean, string[]][] = [
    ['of today is continued', { day: 20, catalogueVersion: version, fresh: false }, true, ['finished']],
    [
      'is left when anew was asked for',
      { day: 20, catalogueVersion: version, fresh: true },
      false,
      ['running', 'finished'],
    ],
    [
      'of another catalogue is left',
      { day: 20, catalogueVersion: 'other', fresh: false },
      false,
      ['running', 'finished'],
    ],
    [
      'older than 12 hours is interrupted',
      { day: 19, catalogueVersion: version, fresh: false },
      false,
      ['interrupted', 'finished'],
    ],
  ];
  test.each(cases)('%s', async (_name, { day, catalogueVersion, fresh }, expected, statuses) => {
    await scan();
    await store.pool.query('truncate scan, scan_account, unit, gap');
    const { id: old } = await beginScan(store, day, {
      ids: ids(),
      options: options({ identity: simulation.organization.security.id }),
      catalogueVersion,
    });
    await store.pool.query('update scan set organization_id = $1', [simulation.organization.id]);
    await store.pool.query('update scan_account set organization_id = $1', [simulation.organization.id]);
    let resumed: boolean | undefined;
    await scan({ fresh, events: { started: (_scan, again) => (resumed = again) } });
    expect(resumed).toBe(expected);
    expect(await column(store, 'select status from scan order by id <> $1, id', [old])).toEqual(statuses);
  });
});

test('a region that was selected and is enabled nowhere is said', async () => {
  const messages: string[] = [];
  const identity = simulation.organization.security.id;
  await scan({
    options: options({ identity, regions: ['us-east-1', 'me-central-1'] }),
    events: { message: (text) => messages.push(text) },
  });
  expect(messages.filter((text) => text.includes('enabled in no account'))).toEqual([
    'The region me-central-1 was selected, but it is enabled in no account that was read.',
  ]);
});

describe('an organisation that is partly out of sight', () => {
  const cases: [string, readonly string[], string][] = [
    ['is whole by the flat list', ['ListAccountsForParent'], 'discovery'],
    ['may hold accounts that nobody listed', ['ListAccountsForParent', 'ListAccounts'], 'discovery-accounts'],
  ];
  test.each(cases)('%s: every parent that was not listed is a gap', async (_name, operations, collector) => {
    simulation.setFaults(operations.map((operation) => ({ kind: 'denied', operation })));
    await scan();
    const collectors = await column(store, 'select distinct collector from gap order by 1');
    const [units] = await column(store, "select jsonb_array_length(detail->'units') from organization");
    expect(collectors[0]).toBe(collector);
    expect(collectors.slice(1).every((one) => String(one).startsWith('discovery-unlisted '))).toBe(true);
    expect(collectors).toHaveLength(Number(units) + 2);
  });

  const selections: [string, (account: string) => Partial<Parameters<typeof options>[0]>, boolean][] = [
    ['accounts that are named are known', (account) => ({ selection: { accounts: [account] } }), true],
    ['a unit may hold more', () => ({ selection: { units: ['/Security'] } }), false],
  ];
  test.each(selections)('of a selection: %s', async (_name, selection, whole) => {
    const identity = simulation.organization.security.id;
    await scan();
    await store.pool.query('truncate scan, scan_account, unit, gap');
    simulation.setFaults(['ListAccountsForParent', 'ListAccounts'].map((operation) => ({ kind: 'denied', operation })));
    const messages: string[] = [];
    await scan({
      options: options({ identity, ...selection(identity) }),
      events: { message: (text) => messages.push(text) },
    });
    // Its place is the one that was known before.
    expect(await standing()).toEqual([`${identity} complete`]);
    const lacking = await column(store, "select count(*) from gap where collector = 'discovery-accounts'");
    expect(Number(lacking[0]) === 0).toBe(whole);
    expect(messages.some((text) => text.startsWith('Of 1 account it is not known'))).toBe(!whole);
  });
});

test('accounts that are not active are skipped and said, and progress counts the others', async () => {
  const messages: string[] = [];
  const states: unknown[] = [];
  const progress = {
    update: (state: object) => states.push(state),
    message: (text: string) => messages.push(text),
    done: () => undefined,
  };
  const events = scanProgress(progress as never, { quiet: true });
  const rows: readonly ScanAccountRecord[] = [
    { account: '1', status: 'complete', regions: [] },
    { account: '2', status: 'pending', regions: [] },
    { account: '3', status: 'skipped', regions: [] },
  ];
  events.started({} as never, false, rows, {} as never);
  expect(states.at(-1)).toMatchObject({ accounts: 2, accountsDone: 1 });
  expect(messages).toEqual(['1 account is closed or suspended: skipped.']);
  events.accountDone({ name: 'two' } as never, 'complete');
  expect(states.at(-1)).toMatchObject({ accounts: 2, accountsDone: 2, current: 'two' });
});
