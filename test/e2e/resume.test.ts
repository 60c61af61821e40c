// A scan that is killed at any moment goes on where it stopped, and ends as if nothing had happened.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { streamFindings } from '../../src/features/findings/index.ts';
import { collectors } from '../../src/features/inventory/index.ts';
import type { Store } from '../../src/platform/store/contract.ts';
import { type TestStore, testStore } from '../../src/platform/store/testing.ts';
import { cli, startCli, temporaryFolder } from './run-cli.ts';
import { type Rows, differences, openScene, rowsOf, scan } from './harness.ts';

const accounts = 4;
/** Processes start slowly where many others run. */
const limit = 120_000;
const atOnce = { accounts: 2, regions: 2 };
const folder = mkdtempSync(join(tmpdir(), 'vedette-resume-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  /** `<account> <region> <service>:<operation>` of every call. */
  calls: string[];
  /** How many events the run had, when it came to its end. */
  events: number | undefined;
}

let runs = 0;

/** Scans in a process of its own, which is killed after the event `killAt`. */
async function child(store: TestStore, killAt?: number): Promise<Run> {
  runs += 1;
  const log = join(folder, `${runs}.log`);
  writeFileSync(log, '');
  const settings = { connection: store.connection, accounts, atOnce, log, killAt };
  const script = fileURLToPath(new URL('scan-child.ts', import.meta.url));
  const ended = await new Promise<{ signal: string | undefined; stderr: string; code: unknown }>((resolve) => {
    execFile(process.execPath, [script, JSON.stringify(settings)], (error, _stdout, stderr) =>
      resolve({ signal: error?.signal ?? undefined, code: error?.code ?? 0, stderr }),
    );
  });
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  const end = /^events (\d+)$/.exec(lines.at(-1) ?? '');
  const asExpected = end === null ? ended.signal === 'SIGKILL' : ended.code === 0;
  if (!asExpected) throw new Error(`The scanning process ended with ${String(ended.code)}: ${ended.stderr}`);
  return {
    calls: lines.filter((line) => /^\d{12} /.test(line)),
    events: end === null ? undefined : Number(end[1]),
  };
}

/** A number from 0 to 1 that the seed and the index give: mulberry32. */
function random(seed: number, index: number): number {
  let a = (seed + Math.imul(index, 0x6d2b79f5)) | 0;
  a = Math.imul(a ^ (a >>> 15), a | 1);
  a ^= a + Math.imul(a ^ (a >>> 7), a | 61);
  return ((a ^ (a >>> 14)) >>> 0) / 4_294_967_296;
}

/** Operations that only collectors of one scope call; the others belong to the session and to discovery. */
const collected = new Map<string, 'global' | 'regional'>(
  collectors.flatMap(({ collector }) => collector.operations.map((operation) => [operation, collector.scope] as const)),
);

/** The batch that is committed together: an account's region, or what has no region. Undefined for other calls. */
function batchOf(call: string): string | undefined {
  const [account = '', region = '', operation = ''] = call.split(' ');
  const scope = collected.get(operation);
  return scope === undefined ? undefined : `${account} ${scope === 'global' ? 'global' : region}`;
}

function counted(calls: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const call of calls) counts.set(call, (counts.get(call) ?? 0) + 1);
  return counts;
}

async function committedBatches(store: Store): Promise<Set<string>> {
  const { rows } = await store.pool.query<{ batch: string }>(
    "select distinct concat_ws(' ', account, region) as batch from unit where status <> 'pending'",
  );
  return new Set(rows.map((row) => row.batch));
}

/** Does the same again and again, until a promise is settled. */
async function whileRunning<T>(running: Promise<unknown>, work: () => Promise<T>): Promise<T[]> {
  const state = { over: false };
  const end = (): boolean => (state.over = true);
  running.then(end, end);
  const results: T[] = [];
  do results.push(await work());
  while (!state.over);
  return results;
}

const seed = Number(process.env['VEDETTE_TEST_SEED'] ?? Date.now() % 1_000_000);
let whole: Run;
let undisturbed: Rows;

beforeAll(async () => {
  const store = await testStore();
  whole = await child(store);
  undisturbed = await rowsOf(store);
  await store.close();
});

test('an undisturbed scan leaves something to compare with', () => {
  expect(undisturbed.findings.length).toBeGreaterThan(100);
  expect(undisturbed.transitions).toHaveLength(undisturbed.findings.length);
  expect(whole.events).toBeGreaterThan(1000);
});

describe(`a scan that is killed (seed ${seed})`, () => {
  const points = Array.from({ length: 20 }, (_, index) => index);

  test.each(points)(
    'point %i: the next run goes on, and ends as an undisturbed one',
    { timeout: limit },
    async (point) => {
      const share = (point + random(seed, point)) / points.length;
      const killAt = 1 + Math.floor(share * (whole.events ?? 0) * 0.999);
      const store = await testStore();
      try {
        const killed = await child(store, killAt);
        const committed = await committedBatches(store);
        const { rows: begun } = await store.pool.query<{ id: string }>('select id from scan');

        const scene = await openScene({ accounts });
        let resumed: boolean | undefined;
        await scan(scene, store, {
          accountsAtOnce: atOnce.accounts,
          regionsAtOnce: atOnce.regions,
          events: { started: (_scan, isResumed) => (resumed = isResumed) },
        });
        await scene.aws.close();
        expect(resumed, `killed at event ${killAt}`).toBe(begun.length > 0);
        expect(differences(await rowsOf(store), undisturbed), `killed at event ${killAt}`).toEqual([]);

        const again = scene.calls.map((call) => call.split(' ').slice(0, 3).join(' '));
        // Nothing that was committed is read again, and nothing is asked more often than in an undisturbed run.
        expect(again.filter((call) => committed.has(batchOf(call) ?? ''))).toEqual([]);
        const usual = counted(whole.calls);
        expect([...counted(again)].filter(([call, count]) => count > (usual.get(call) ?? 0))).toEqual([]);
        // What was read twice was in flight: of each account so many regions, and what has none.
        const first = new Set(killed.calls.flatMap((call) => batchOf(call) ?? []));
        const twice = new Set(again.flatMap((call) => batchOf(call) ?? []).filter((batch) => first.has(batch)));
        expect(twice.size, `killed at event ${killAt}`).toBeLessThanOrEqual(atOnce.accounts * (atOnce.regions + 1));
        // Once the scan has begun, discovery is not repeated. The tags of accounts are read while the scan runs.
        const discovered = again.filter((call) => / organizations:(?!ListTagsForResource)/.test(call));
        expect(discovered.length > 0).toBe(begun.length === 0);
      } finally {
        await store.close();
      }
    },
  );
});

describe('two scans at once', () => {
  test('share the work, while a third process reads', { timeout: limit }, async () => {
    const store = await testStore();
    try {
      const scans = Promise.all([child(store), child(store)]);
      const seen = whileRunning(scans, async () => {
        const { rows } = await store.pool.query<{ id: string }>('select id from organization');
        let count = 0;
        if (rows[0] !== undefined)
          for await (const _ of streamFindings(store, { organization: rows[0].id })) count += 1;
        return count;
      });
      const both = await scans;
      const counts = await seen;
      // What was found stays: no reader sees fewer than one before.
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
      expect(differences(await rowsOf(store), undisturbed)).toEqual([]);
      const { rows } = await store.pool.query<{ status: string }>('select status from scan');
      expect(rows).toEqual([{ status: 'finished' }]);
      // Every batch was read by one of them, apart from the calls by which each gets to know who it is.
      const twice = both[0].calls.filter((call) => batchOf(call) !== undefined && both[1].calls.includes(call));
      expect(twice).toEqual([]);
    } finally {
      await store.close();
    }
  });
});

describe('two command lines at once', () => {
  const scanArgs = ['demo', '--accounts', '3', '--regions', 'us-east-1,eu-west-1', '--output', 'json'];
  const place = temporaryFolder('together');
  afterAll(() => place.remove());

  interface Report {
    scan: { id: string };
    findings: { id: string }[];
  }
  const times = new Set(['scan', 'firstSeen', 'lastSeen', 'lastVerified']);
  /** What a report says, but for times: those seen last come first, so findings are put into an order that lasts. */
  const said = (report: Report): unknown => {
    const sorted = { ...report, findings: report.findings.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
    return JSON.parse(JSON.stringify(sorted, (key, value: unknown) => (times.has(key) ? undefined : value)));
  };

  test('end with the same report as one alone, while a third one reads', { timeout: limit }, async () => {
    const [together, alone] = [join(place.folder, 'together'), join(place.folder, 'alone')];
    const first = startCli([...scanArgs, '--data-dir', together]);
    await first.says('CRITICAL');
    // It stands still until the second one has begun, so that they are at work together however fast the machine is.
    first.child.kill('SIGSTOP');
    const second = startCli([...scanArgs, '--data-dir', together]);
    await second.says('Going on with the scan');
    first.child.kill('SIGCONT');
    const both = Promise.all([first.ended, second.ended]);
    const reading = whileRunning(both, () =>
      cli(['findings', 'list', '--demo', '--data-dir', together, '--output', 'json']),
    );
    const ended = await both;
    const readings = await reading;
    expect(ended.filter((one) => one.code !== 0)).toEqual([]);
    expect(readings.filter((one) => one.code !== 0)).toEqual([]);
    for (const one of readings) JSON.parse(one.stdout);
    const single = await cli([...scanArgs, '--data-dir', alone]);
    const reports = [...ended, single].map((one) => JSON.parse(one.stdout) as Report);
    expect(reports[0]?.scan.id).toBe(reports[1]?.scan.id);
    const [one, two, expected] = reports.map((report) => said(report));
    expect(reports[2]?.findings.length).toBeGreaterThan(100);
    expect(one).toEqual(expected);
    expect(two).toEqual(expected);
  });
});
