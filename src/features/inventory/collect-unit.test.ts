import { describe, expect, test } from 'vitest';
import type { UnreadReason } from '../../domain/evidence.ts';
import { rememberOrigin } from '../../platform/aws/error-origin.ts';
import type { CollectDependencies } from './collect-context.ts';
import { collectUnit } from './collect-unit.ts';
import type { CollectContext, Page } from './contract.ts';
import { collector, dependencies, emptyAfter, refusal, resource } from './testing.ts';
import type { UnitResult } from './unit.ts';

const never = new AbortController().signal;

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function run(
  collect: (context: CollectContext) => AsyncIterable<Page>,
  changes: Partial<CollectDependencies> = {},
  signal = never,
  cursor?: string,
): Promise<UnitResult[]> {
  const unit = { region: 'eu-west-1', collector: collector('s3/thing', collect) };
  return await all(collectUnit(unit, dependencies(changes), signal, cursor));
}

const names = (results: readonly UnitResult[]): string[][] =>
  results.map((result) => result.resources.map((one) => one.name));

test('a unit read to its end is complete, with everything in it', async () => {
  const results = await run(async function* () {
    yield { resources: [resource('a')] };
    yield { resources: [] };
    yield { resources: [resource('b'), resource('c')] };
  });
  expect(names(results)).toEqual([['a', 'b', 'c']]);
  expect(results[0]).toMatchObject({ complete: true, gaps: [] });
  expect(results[0]).not.toHaveProperty('cursor');
});

test('an empty unit is complete: absence is an answer', async () => {
  const results = await run(emptyAfter(() => {}));
  expect(results).toMatchObject([{ resources: [], complete: true }]);
});

describe('the context', () => {
  const regions: [string, string][] = [
    ['global', 'us-east-1'],
    ['eu-west-1', 'eu-west-1'],
  ];
  test.each(regions)('of a unit in %s says the region %s', async (region, expected) => {
    const seen: unknown[] = [];
    const one = collector(
      's3/thing',
      emptyAfter((context) => {
        seen.push(context.region, context.account, context.partition, context.now(), context.cursor);
      }),
    );
    await all(collectUnit({ region, collector: one }, dependencies(), never, 'after-7'));
    expect(seen).toEqual([expected, '111122223333', 'aws', '2026-11-20T10:00:00.000Z', 'after-7']);
  });

  test('gives clients for reading alone, with the declared operations', async () => {
    const asked: unknown[] = [];
    const access = {
      ...dependencies().access,
      client: <C>(_: unknown, request: unknown) => asked.push(request) as C,
    };
    await run(
      emptyAfter((context) => {
        context.client(Date);
        context.client(Date, 'ap-south-1');
      }),
      { access },
    );
    const request = { purpose: 'read', operations: ['s3:ListThings', 's3:GetThing'] };
    expect(asked).toEqual([
      { ...request, region: 'eu-west-1' },
      { ...request, region: 'ap-south-1' },
    ]);
  });
});

describe('a part that could not be read', () => {
  test('is evidence and one gap for a thousand refusals; the unit is complete all the same', async () => {
    const seen: unknown[] = [];
    const results = await run(
      emptyAfter(async (context) => {
        for (let n = 0; n < 1000; n += 1) seen.push(await context.read('s3:GetThing', () => Promise.reject(refusal())));
        await context.read('s3:GetThing', () => Promise.reject(refusal('ThrottlingException', 'Slow down.')));
      }),
    );
    expect(seen[999]).toEqual({ $unread: { operation: 's3:GetThing', reason: 'denied' } });
    expect(results).toMatchObject([{ complete: true }]);
    expect(results[0]?.gaps.map((gap) => `${gap.service} ${gap.action} ${gap.reason}`)).toEqual([
      's3 s3:GetThing denied',
      's3 s3:GetThing throttled',
    ]);
  });

  test('is null where AWS says that there is none', async () => {
    const seen: unknown[] = [];
    const results = await run(
      emptyAfter(async (context) => {
        seen.push(await context.read('s3:GetThing', () => Promise.reject(refusal('NoSuchBucketPolicy', 'None.'))));
        seen.push(
          await context.read('s3:GetThing', () => Promise.reject(refusal('OddlyNamed', 'None.')), ['OddlyNamed']),
        );
      }),
    );
    expect(seen).toEqual([null, null]);
    expect(results).toMatchObject([{ complete: true, gaps: [] }]);
  });
});

describe('an error of the collector becomes a gap', () => {
  const errors: [string, unknown, UnreadReason, RegExp][] = [
    ['denied', refusal(), 'denied', /not allowed/],
    ['throttled', refusal('ThrottlingException', 'Rate exceeded'), 'throttled', /Rate/],
    ['unsupported', refusal('UnsupportedOperation', 'Not here'), 'unsupported', /Not here/],
    ['absent: the service is not there', refusal('NoSuchThing', 'Not on'), 'unsupported', /Not on/],
    ['a timeout of the call', Object.assign(new Error('late'), { name: 'TimeoutError' }), 'timeout', /late/],
    ['a bug', new TypeError('cannot read x of undefined'), 'failed', /cannot read x/],
    ['no error at all', 'a text', 'failed', /a text/],
    ['nothing at all', undefined, 'failed', /undefined/],
    [
      'a service control policy',
      refusal('AccessDeniedException', 'is not authorized with an explicit deny in a service control policy'),
      'denied',
      /^service control policy: /,
    ],
  ];
  test.each(errors)('%s', async (_name, error, reason, detail) => {
    const results = await run(async function* () {
      yield { resources: [resource('a')] };
      throw error;
    });
    expect(names(results)).toEqual([['a']]);
    expect(results).toMatchObject([{ complete: false, gaps: [{ service: 's3', action: 's3:ListThings', reason }] }]);
    expect(results[0]?.gaps[0]?.detail).toMatch(detail);
  });

  test('names the operation that was refused', async () => {
    const error = refusal();
    rememberOrigin(error, { account: '111122223333', region: 'eu-west-1', operation: 'kms:ListKeys' });
    const results = await run(
      emptyAfter(() => {
        throw error;
      }),
    );
    expect(results[0]?.gaps).toMatchObject([{ service: 'kms', action: 'kms:ListKeys' }]);
  });

  test('beside those it had, and before its first page', async () => {
    const results = await run(
      emptyAfter(async (context) => {
        await context.read('s3:GetThing', () => Promise.reject(refusal()));
        throw refusal('ThrottlingException');
      }),
    );
    expect(results[0]?.gaps.map((gap) => gap.reason)).toEqual(['denied', 'throttled']);
  });

  test('says more than the gap of a part that the same error was before', async () => {
    const error = refusal(
      'AccessDeniedException',
      'is not authorized with an explicit deny in a service control policy',
    );
    rememberOrigin(error, { account: '111122223333', region: 'eu-west-1', operation: 's3:GetThing' });
    const results = await run(
      emptyAfter(async (context) => {
        await context.read('s3:GetThing', () => Promise.reject(error));
        throw error;
      }),
    );
    expect(results).toMatchObject([{ complete: false, gaps: [{ action: 's3:GetThing', reason: 'denied' }] }]);
    expect(results[0]?.gaps[0]?.detail).toMatch(/^service control policy: /);
  });
});

const pages = async function* (context: CollectContext): AsyncGenerator<Page> {
  const from = context.cursor === undefined ? 0 : Number(context.cursor);
  for (let n = from; n < 10; n += 1) yield { resources: [resource(`r${n}`)], cursor: `${n + 1}` };
};

describe('a large unit', () => {
  test('comes in parts, each with where it goes on, the last one without', async () => {
    const results = await run(pages, { pageSize: 4 });
    expect(names(results)).toEqual([
      ['r0', 'r1', 'r2', 'r3'],
      ['r4', 'r5', 'r6', 'r7'],
      ['r8', 'r9'],
    ]);
    expect(results.map(({ cursor, complete }) => [cursor, complete])).toEqual([
      ['4', false],
      ['8', false],
      [undefined, true],
    ]);
  });

  test('goes on after a cursor', async () => {
    expect(names(await run(pages, { pageSize: 4 }, never, '8'))).toEqual([['r8', 'r9']]);
  });

  test('is not cut where its collector gives no cursor', async () => {
    const results = await run(
      async function* () {
        for (let n = 0; n < 10; n += 1) yield { resources: [resource(`r${n}`)] };
      },
      { pageSize: 2 },
    );
    expect(results).toHaveLength(1);
    expect(results[0]?.resources).toHaveLength(10);
  });

  test('that breaks off is incomplete; its committed parts stand', async () => {
    const results = await run(
      async function* () {
        yield { resources: [resource('a')], cursor: '1' };
        yield { resources: [resource('b')] };
        throw refusal();
      },
      { pageSize: 1 },
    );
    expect(names(results)).toEqual([['a'], ['b']]);
    expect(results.at(-1)).toMatchObject({ complete: false, gaps: [{ reason: 'denied' }] });
  });

  test('holds no more than a part: what was handed over is let go', async () => {
    let collected = 0;
    const unit = {
      region: 'eu-west-1',
      collector: collector('s3/thing', async function* () {
        for (let n = 0; n < 100; n += 1) {
          collected += 1;
          yield { resources: [resource(`r${n}`)], cursor: `${n}` };
        }
      }),
    };
    let taken = 0;
    for await (const result of collectUnit(unit, dependencies({ pageSize: 5 }), never)) {
      taken += result.resources.length;
      // Nothing is collected ahead of whoever takes the parts.
      expect(collected).toBe(taken);
      expect(result.resources.length).toBeLessThanOrEqual(5);
    }
    expect(taken).toBe(100);
  });
});

const silence = new Promise<never>(() => undefined);

test('a collector that never answers ends with the time of its unit, and keeps what it had', async () => {
  const results = await run(
    async function* () {
      yield { resources: [resource('a')] };
      await silence;
    },
    { unitTimeoutMs: 5 },
  );
  expect(names(results)).toEqual([['a']]);
  expect(results).toMatchObject([
    {
      complete: false,
      gaps: [{ action: 's3:ListThings', reason: 'timeout', detail: 'The time for this unit was over.' }],
    },
  ]);
});

test('a stop is thrown at once, even while a call is under way, and is no gap', async () => {
  const stop = new AbortController();
  const reason = new Error('interrupted');
  let ended = false;
  const running = run(
    async function* () {
      try {
        stop.abort(reason);
        yield { resources: [resource('a')] };
        await silence;
      } finally {
        ended = true;
      }
    },
    {},
    stop.signal,
  );
  await expect(running).rejects.toBe(reason);
  expect(ended).toBe(true);
});

test('a part that is refused because of the stop is no gap either', async () => {
  const stop = new AbortController();
  const running = run(
    emptyAfter(async (context) => {
      await context.read('s3:GetThing', () => {
        stop.abort(new Error('interrupted'));
        return Promise.reject(refusal('AbortError'));
      });
    }),
    {},
    stop.signal,
  );
  await expect(running).rejects.toThrow('interrupted');
});
