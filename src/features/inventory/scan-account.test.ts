import { describe, expect, test } from 'vitest';
import { fixedClock } from '../../platform/clock/clock.ts';
import type { CollectContext, Page } from './contract.ts';
import { type ScanAccountOptions, scanAccount } from './scan-account.ts';
import { type Commit, collector, dependencies, emptyAfter, keepingSink, refusal, resource } from './testing.ts';
import { type RegisteredCollector, unitKey, unitsOf } from './unit.ts';

const regions = ['eu-west-1', 'us-east-1', 'ap-south-1'] as const;
const one = async function* (): AsyncGenerator<Page> {
  yield { resources: [resource('a')] };
};

function options(
  collectors: readonly RegisteredCollector[],
  changes: Partial<ScanAccountOptions> = {},
  where: readonly string[] = regions,
): ScanAccountOptions & { commits: Commit[] } {
  const sink = keepingSink();
  return {
    ...dependencies(),
    units: unitsOf(collectors, where),
    done: new Set(),
    cursors: new Map(),
    sink,
    signal: new AbortController().signal,
    regionsAtOnce: 2,
    commits: sink.commits,
    ...changes,
  };
}

const committed = (commits: readonly Commit[]): string[] =>
  commits.flatMap(({ results }) =>
    results.map(({ unit, complete }) => `${unit.region} ${unit.collector.id} ${complete ? 'done' : 'incomplete'}`),
  );

test('what has no region comes first, then every region, each committed once and as its last', async () => {
  const order: string[] = [];
  const tell = async function* (context: CollectContext): AsyncGenerator<Page> {
    order.push(context.region);
    yield { resources: [] };
  };
  const given = options([
    collector('s3/regional', tell),
    collector(
      'iam/global',
      async function* () {
        order.push('global');
        yield { resources: [] };
      },
      'global',
    ),
    collector('ec2/regional', tell),
  ]);
  expect(await scanAccount(given)).toEqual([]);
  expect(order[0]).toBe('global');
  expect(order).toHaveLength(7);
  expect(given.commits.map(({ region, last }) => [region, last]).sort()).toEqual(
    ['global', ...regions].map((region) => [region, true]).sort(),
  );
  expect(committed(given.commits)).toHaveLength(7);
});

test('as many regions at once as allowed, and all of them in the end', async () => {
  let running = 0;
  let most = 0;
  const busy = async function* (): AsyncGenerator<Page> {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    yield { resources: [] };
  };
  const many = Array.from({ length: 9 }, (_, n) => `region-${n}`);
  const given = options([collector('s3/thing', busy)], { regionsAtOnce: 3 }, many);
  await scanAccount(given);
  expect(most).toBe(3);
  expect(given.commits).toHaveLength(9);
});

test('units that are done are left alone; a region with none left is not committed again', async () => {
  const given = options([collector('s3/a', one), collector('ec2/b', one)], {
    done: new Set([unitKey('eu-west-1', 's3/a'), unitKey('eu-west-1', 'ec2/b'), unitKey('us-east-1', 's3/a')]),
  });
  await scanAccount(given);
  expect(committed(given.commits).sort()).toEqual([
    'ap-south-1 ec2/b done',
    'ap-south-1 s3/a done',
    'us-east-1 ec2/b done',
  ]);
});

test('one collector that is slow, refused or broken spoils nothing for the others', async () => {
  const given = options(
    [
      collector('s3/good', one),
      collector(
        'ec2/slow',
        emptyAfter(async () => {
          await new Promise<never>(() => undefined);
        }),
      ),
      collector(
        'kms/denied',
        emptyAfter(() => {
          throw refusal();
        }),
      ),
      collector(
        'rds/broken',
        emptyAfter(() => {
          throw new TypeError('a bug');
        }),
      ),
    ],
    { unitTimeoutMs: 5 },
    ['eu-west-1'],
  );
  await scanAccount(given);
  const gaps = given.commits.flatMap(({ results }) =>
    results.map(({ unit, gaps: found }) => [unit.collector.id, found[0]?.reason]),
  );
  expect(Object.fromEntries(gaps)).toEqual({
    's3/good': undefined,
    'ec2/slow': 'timeout',
    'kms/denied': 'denied',
    'rds/broken': 'failed',
  });
});

const scp = (): Error =>
  refusal('AccessDeniedException', 'is not authorized with an explicit deny in a service control policy');

describe('a region that a service control policy closes', () => {
  const services = ['s3', 'ec2', 'kms', 'rds'] as const;

  function closing(refused: readonly string[], error: () => Error, calls: string[]): RegisteredCollector[] {
    return services.map((service) =>
      collector(
        `${service}/thing`,
        emptyAfter((context) => {
          calls.push(`${context.region} ${service}`);
          if (context.region === 'ap-south-1' && refused.includes(service)) throw error();
        }),
      ),
    );
  }

  test('costs two calls and is one gap of every unit', async () => {
    const calls: string[] = [];
    const given = options(closing(services, scp, calls));
    await scanAccount(given);
    expect(calls.filter((call) => call.startsWith('ap-south-1'))).toEqual(['ap-south-1 s3', 'ap-south-1 ec2']);
    const closed = given.commits.filter(({ region }) => region === 'ap-south-1');
    expect(closed).toHaveLength(1);
    expect(closed[0]?.results.map(({ complete, gaps }) => [complete, gaps])).toEqual(
      services.map(() => [
        false,
        [{ service: '*', action: '*', reason: 'denied', detail: 'The region is closed by a service control policy.' }],
      ]),
    );
    expect(committed(given.commits.filter(({ region }) => region !== 'ap-south-1'))).toHaveLength(8);
  });

  const open: [string, readonly string[], () => Error][] = [
    ['one service alone', ['s3'], scp],
    ['a missing permission', services, refusal],
  ];
  test.each(open)('is not closed by %s', async (_name, refused, error) => {
    const calls: string[] = [];
    const given = options(closing(refused, error, calls));
    await scanAccount(given);
    expect(calls.filter((call) => call.startsWith('ap-south-1'))).toHaveLength(4);
  });

  test('is not taken for closed by two collectors of one service', async () => {
    const calls: string[] = [];
    const same = ['a', 'b', 'c'].map((type) =>
      collector(
        `macie2/${type}`,
        emptyAfter((context) => {
          calls.push(context.region);
          throw scp();
        }),
      ),
    );
    await scanAccount(options(same, {}, ['eu-west-1']));
    expect(calls).toHaveLength(3);
  });
});

const pages = async function* (context: CollectContext): AsyncGenerator<Page> {
  for (let n = Number(context.cursor ?? 0); n < 6; n += 1) yield { resources: [resource(`r${n}`)], cursor: `${n + 1}` };
};

describe('a large unit', () => {
  const large = [collector('s3/large', pages), collector('ec2/small', one)];

  test('is committed part by part, its region when all is read', async () => {
    const given = options(large, { pageSize: 2 }, ['eu-west-1']);
    await scanAccount(given);
    expect(
      given.commits.map(({ last, results }) => [last, results.map((result) => result.cursor ?? 'end').sort()]),
    ).toEqual([
      [false, ['2']],
      [false, ['4']],
      [false, ['6']],
      [true, ['end', 'end']],
    ]);
  });

  test('goes on where an earlier run stopped', async () => {
    const cursors = new Map([[unitKey('eu-west-1', 's3/large'), '4']]);
    const given = options(large, { pageSize: 500, cursors }, ['eu-west-1']);
    await scanAccount(given);
    const names = given.commits.flatMap(({ results }) =>
      results.flatMap((result) => result.resources.map((r) => r.name)),
    );
    expect(names.sort()).toEqual(['a', 'r4', 'r5']);
  });
});

describe('a deadline', () => {
  test('gives back the units that were not started, and says that the region is not finished', async () => {
    const clock = fixedClock('2026-11-20T10:00:00Z');
    const given = options(
      [
        collector('s3/first', async function* () {
          clock.set('2026-11-20T11:00:00Z');
          yield { resources: [resource('a')] };
        }),
        collector('ec2/second', one),
        collector('kms/third', one),
      ],
      { clock, deadline: '2026-11-20T10:30:00Z', regionsAtOnce: 1 },
      ['eu-west-1', 'us-east-1'],
    );
    const left = await scanAccount(given);
    const keys = left.map((unit) => unitKey(unit.region, unit.collector.id));
    expect(committed(given.commits)).toContain('eu-west-1 s3/first done');
    expect(keys).toEqual(expect.arrayContaining(['eu-west-1 kms/third', 'us-east-1 s3/first', 'us-east-1 kms/third']));
    expect(given.commits.every(({ last }) => !last)).toBe(true);
    // Nothing is lost between what was committed and what is left.
    expect(committed(given.commits).length + keys.length).toBe(6);
  });

  test('that has passed commits nothing', async () => {
    const given = options([collector('s3/a', one)], { deadline: '2026-11-20T09:00:00Z' });
    expect(await scanAccount(given)).toHaveLength(3);
    expect(given.commits).toEqual([]);
  });
});

test('a stop ends it with its reason; what was committed stays, nothing more is begun', async () => {
  const stop = new AbortController();
  const begun: string[] = [];
  const given = options(
    [
      collector('s3/a', async function* (context) {
        begun.push(context.region);
        if (context.region === 'us-east-1') stop.abort(new Error('interrupted'));
        yield { resources: [] };
      }),
    ],
    { signal: stop.signal, regionsAtOnce: 1 },
  );
  await expect(scanAccount(given)).rejects.toThrow('interrupted');
  expect(given.commits.map(({ region }) => region)).toEqual(['eu-west-1']);
  expect(begun).toEqual(['eu-west-1', 'us-east-1']);
});

test('a sink that throws ends it with that error', async () => {
  const broken = new Error('the disk is full');
  const begun: string[] = [];
  const sink = keepingSink((region) => {
    if (region === 'eu-west-1') throw broken;
  });
  const given = options(
    [
      collector('s3/a', async function* (context) {
        begun.push(context.region);
        yield { resources: [] };
      }),
    ],
    { sink, regionsAtOnce: 1 },
  );
  await expect(scanAccount(given)).rejects.toBe(broken);
  expect(begun).toEqual(['eu-west-1']);
});
