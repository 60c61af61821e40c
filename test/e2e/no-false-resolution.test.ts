// A finding is resolved by a complete reading that shows it, and by nothing else.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FaultKind } from '../../src/platform/aws/simulated/faults.ts';
import { type TestStore, testStore } from '../../src/platform/store/testing.ts';
import { type Answer, type Scene, type SceneOptions, type ScanSetup, openScene, scan } from './harness.ts';

interface FindingRow {
  id: string;
  check: string;
  account: string;
  resource: string;
  state: string;
}

interface TransitionRow {
  check: string;
  account: string;
  resource: string;
  to: string;
  cause: string;
}

/** A store with one complete scan, at ten past ten; later ones follow minute by minute. */
interface Ground {
  store: TestStore;
  next(): string;
}

const open: { store?: TestStore; scene?: Scene }[] = [];
afterAll(async () => {
  for (const { scene } of open) await scene?.aws.close();
  for (const { store } of open) await store?.close();
});

async function scanned(ground: Ground, options: SceneOptions, setup: ScanSetup = {}): Promise<void> {
  const scene = await openScene(options);
  open.push({ scene });
  await scan(scene, ground.store, { fresh: true, at: ground.next(), ...setup });
}

async function newGround(): Promise<Ground> {
  const store = await testStore();
  open.push({ store });
  let minute = 9;
  const ground: Ground = {
    store,
    next: () => {
      minute += 1;
      return `2026-11-20T10:${minute}:00.000Z`;
    },
  };
  await scanned(ground, {});
  return ground;
}

async function findings({ store }: Ground): Promise<FindingRow[]> {
  const { rows } = await store.pool.query<FindingRow>(
    'select id, check_id as check, account, resource, state from finding order by id',
  );
  return rows;
}

async function transitions({ store }: Ground, ...to: string[]): Promise<TransitionRow[]> {
  const { rows } = await store.pool.query<TransitionRow>(
    `select f.check_id as check, f.account, f.resource, t.to_state as "to", t.cause
       from finding_transition t join finding f on f.organization_id = t.organization_id and f.id = t.finding
      where t.to_state = any($1) order by f.check_id, f.resource, t.id`,
    [to],
  );
  return rows;
}

/** Calls by which a scan gets into accounts: without them there is no scan. */
const entrance = ['sts', 'organizations', 'account'];
const faulty =
  (kind: FaultKind, strikes: (operation: string) => boolean = () => true): SceneOptions['faults'] & {} =>
  ({ service, operation }) =>
    !entrance.includes(service) && strikes(`${service}:${operation}`) ? kind : undefined;

/** A bucket without versions is versioned from now on. */
const bucket = 'network-platform-daily-000046257770';
const versioned = ({ operation, input, output }: Answer): object =>
  operation === 'GetBucketVersioning' && input['Bucket'] === bucket ? { ...output, Status: 'Enabled' } : output;
const ofBucket = { check: 's3-bucket-versioning', resource: `arn:aws:s3:::${bucket}` };
const onlyBucket = <T extends { check: string; resource: string }>(rows: readonly T[]): T[] =>
  rows.filter((row) => row.check === ofBucket.check && row.resource === ofBucket.resource);

describe('a scan that does not see everything', () => {
  let ground: Ground;
  let before: FindingRow[];

  beforeAll(async () => {
    ground = await newGround();
    before = await findings(ground);
  });

  const variants: Readonly<Record<string, [SceneOptions, ScanSetup?]>> = {
    'everything is denied': [{ faults: faulty('denied') }],
    'everything is throttled': [{ faults: faulty('throttled') }],
    'nothing answers in time': [{ faults: faulty('timeout') }],
    'every answer is malformed': [{ faults: faulty('malformed') }],
    'lists are denied': [{ faults: faulty('denied', (name) => /:(List|Describe)/.test(name)) }],
    'details are denied': [{ faults: faulty('denied', (name) => /:(Get|BatchGet)/.test(name)) }],
    'an account cannot be entered': [{ faults: [{ kind: 'denied', operation: 'AssumeRole' }] }],
    'the organisation cannot be read': [{ faults: [{ kind: 'denied', service: 'organizations' }] }],
    'regions cannot be listed': [
      {
        faults: [
          { kind: 'denied', operation: 'ListRegions' },
          { kind: 'denied', operation: 'DescribeRegions' },
        ],
      },
    ],
    'one region alone': [{}, { regions: ['us-east-1'] }],
    'another region alone': [{}, { regions: ['eu-west-2'], enabled: ['eu-west-2'] }],
    'one check alone': [{}, { checks: ['s3-bucket-versioning'] }],
    'one account alone, in which something was fixed': [{ amend: versioned }, { accounts: ['000046257770'] }],
    'one region alone, in which something was fixed': [{ amend: versioned }, { regions: ['us-east-1'] }],
    'one check alone, of what was fixed': [{ amend: versioned }, { checks: ['s3-bucket-versioning'] }],
  };

  test.each(Object.keys(variants))('resolves nothing when %s', async (name) => {
    const [options, setup] = variants[name] ?? [{}];
    await scanned(ground, options, setup);
    expect(await transitions(ground, 'resolved', 'ended')).toEqual([]);
    const lost = new Set(before.map((finding) => finding.id));
    for (const { id, state } of await findings(ground)) if (['new', 'open'].includes(state)) lost.delete(id);
    expect([...lost]).toEqual([]);
  });

  test('and after all of that a complete scan finds the same as before', async () => {
    await scanned(ground, {});
    const { rows } = await ground.store.pool.query<{ organization_id: string }>(
      'select organization_id from finding group by 1 order by count(*) desc',
    );
    // Where the organisation could not be read its account was scanned as one that stands alone.
    expect(rows[1]?.organization_id ?? 'account-').toMatch(/^account-/);
    const now = (await findings(ground)).filter((finding) => finding.state === 'open');
    expect(before.filter(({ id }) => !now.some((finding) => finding.id === id))).toEqual([]);
    expect(await transitions(ground, 'resolved', 'reopened')).toEqual([]);
  });
});

describe('a scan that began before another and ends after it', () => {
  test('changes nothing of what the newer one found', async () => {
    const ground = await newGround();
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const older = await openScene({
      amend: async (answer) => {
        if (answer.operation === 'ListBuckets') {
          reached.resolve();
          await gate.promise;
        }
        return versioned(answer);
      },
    });
    open.push({ scene: older });
    const ending = scan(older, ground.store, { fresh: true, at: ground.next() });
    await reached.promise;
    await scanned(ground, {});
    gate.resolve();
    await ending;
    expect(await transitions(ground, 'resolved', 'reopened')).toEqual([]);
    expect(onlyBucket(await findings(ground)).map((finding) => finding.state)).toEqual(['open']);
  });
});

describe('a complete scan', () => {
  test('resolves what was fixed and what is gone, and nothing else', async () => {
    const ground = await newGround();
    const gone = 'network-platform-weekly-000046257770';
    const withoutGone = (answer: Answer): object => {
      if (answer.operation !== 'ListBuckets') return versioned(answer);
      const buckets = (answer.output['Buckets'] ?? []) as { Name?: string }[];
      return { ...answer.output, Buckets: buckets.filter((one) => one.Name !== gone) };
    };
    const ofGone = (await findings(ground)).filter((one) => one.resource === `arn:aws:s3:::${gone}`);
    expect(ofGone.length).toBeGreaterThan(1);
    await scanned(ground, { amend: withoutGone });
    const resolved = await transitions(ground, 'resolved');
    expect(resolved.filter((one) => one.cause === 'passed')).toEqual([
      { ...ofBucket, account: '000046257770', to: 'resolved', cause: 'passed' },
    ]);
    expect(resolved.filter((one) => one.cause === 'absent').map((one) => `${one.check} ${one.resource}`)).toEqual(
      ofGone.map((one) => `${one.check} ${one.resource}`).sort(),
    );
    expect(resolved).toHaveLength(1 + ofGone.length);

    await scanned(ground, {});
    const reopened = await transitions(ground, 'reopened');
    expect(reopened).toHaveLength(1 + ofGone.length);
  });
});

const account = '000046257770';

/** Changes the accounts of a list as the organisation gives it. */
const listed =
  (change: (accounts: { Id?: string }[]) => object[]) =>
  ({ operation, output }: Answer): object =>
    operation.startsWith('ListAccounts')
      ? { ...output, Accounts: change((output['Accounts'] ?? []) as { Id?: string }[]) }
      : output;
const left = listed((accounts) => accounts.filter((one) => one.Id !== account));
const closed = listed((accounts) =>
  accounts.map((one) => (one.Id === account ? { ...one, Status: 'SUSPENDED', State: 'CLOSED' } : one)),
);

describe('an account that is no longer there', () => {
  test.each([
    ['account-left', left],
    ['account-closed', closed],
  ] as const)('takes its findings with it: %s', async (cause, amend) => {
    const ground = await newGround();
    const before = (await findings(ground)).filter((one) => one.account === account);
    await scanned(ground, { amend });
    const ended = await transitions(ground, 'ended');
    expect(new Set(ended.map((one) => `${one.account} ${one.cause}`))).toEqual(new Set([`${account} ${cause}`]));
    expect(ended).toHaveLength(before.length);
    expect(await transitions(ground, 'resolved')).toEqual([]);
  });

  test('keeps its findings while the list of accounts may lack some', async () => {
    const ground = await newGround();
    await scanned(ground, {
      amend: left,
      faults: [
        { kind: 'denied', operation: 'ListAccounts' },
        { kind: 'denied', operation: 'ListAccountsForParent', times: 1 },
      ],
    });
    expect(await transitions(ground, 'resolved', 'ended')).toEqual([]);
  });
});
