import { describe, expect, test } from 'vitest';
import { type Budget, type BudgetOptions, type CallPlace, createBudget, type Lease } from './budget.ts';
import { rateLimitOf } from './rate-limits.ts';
import limits from './rate-limits.json' with { type: 'json' };

/** A timer that a test moves. */
function manualTimer() {
  let now = 0;
  const due: { at: number; run: () => void }[] = [];
  return {
    now: () => now,
    after: (milliseconds: number, run: () => void) => void due.push({ at: now + milliseconds, run }),
    /** Moves on, running what comes due on the way. */
    advance: (milliseconds: number) => {
      const end = now + milliseconds;
      for (;;) {
        due.sort((a, b) => a.at - b.at);
        const next = due[0];
        if (next === undefined || next.at > end) break;
        due.shift();
        now = next.at;
        next.run();
      }
      now = end;
    },
  };
}

const place = (account = '111122223333', operation = 'guardduty:ListDetectors'): CallPlace => ({
  account,
  region: 'eu-west-1',
  service: operation.split(':')[0] ?? '',
  operation,
});

/** Lets promises that were resolved run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function start(options: BudgetOptions = {}) {
  const timer = manualTimer();
  const budget = createBudget({ timer, ...options });
  const started: string[] = [];
  const leases: Lease[] = [];
  const ask = (where: CallPlace, name = where.account, signal?: AbortSignal): Promise<void> =>
    budget.acquire(where, signal).then((lease) => {
      started.push(name);
      leases.push(lease);
    });
  return { timer, budget, started, leases, ask };
}

/** How many calls of one place are answered at once within some seconds, each as soon as it may start. */
async function throughput(budget: Budget, timer: ReturnType<typeof manualTimer>, where: CallPlace, seconds: number) {
  let answered = 0;
  const stop = new AbortController();
  const worker = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const lease = await budget.acquire(where, stop.signal);
      answered += 1;
      lease.done('answered');
    }
  };
  const workers = Promise.allSettled([worker(), worker(), worker()]);
  for (let i = 0; i < seconds * 20; i += 1) {
    timer.advance(50);
    await settle();
  }
  stop.abort();
  await workers;
  return answered;
}

describe('the budget', () => {
  test('holds no more than its limit in flight', async () => {
    const { budget, started, leases, ask } = start({ maxInFlight: 3, maxInFlightPerLane: 10 });
    for (let i = 0; i < 5; i += 1) void ask(place(`11112222333${i}`));
    await settle();
    expect([started.length, budget.inFlight, budget.waiting]).toEqual([3, 3, 2]);
    leases[0]?.done('answered');
    await settle();
    expect([started.length, budget.inFlight, budget.waiting]).toEqual([4, 3, 1]);
  });

  test('counts a lease once', async () => {
    const { budget, leases, ask } = start();
    await ask(place());
    leases[0]?.done('answered');
    leases[0]?.done('answered');
    expect(budget.inFlight).toBe(0);
  });

  test('holds no more than five in flight for one account, region and service', async () => {
    const { started, ask } = start();
    for (let i = 0; i < 8; i += 1) void ask(place());
    await settle();
    expect(started).toHaveLength(5);
  });

  test('lets accounts take turns', async () => {
    const { started, leases, ask } = start({ maxInFlight: 1, maxInFlightPerLane: 10 });
    for (let i = 0; i < 4; i += 1) void ask(place('111122223333'), 'large');
    void ask(place('444455556666'), 'small');
    void ask(place('777788889999'), 'other');
    for (let i = 0; i < 6; i += 1) {
      await settle();
      leases[i]?.done('answered');
    }
    expect(started).toEqual(['large', 'large', 'small', 'other', 'large', 'large']);
  });

  test('starts with a fifth of the published burst and rate', async () => {
    const { budget, timer } = start();
    // DescribeHosts: a bucket of 100, refilled with 20 a second.
    expect(await throughput(budget, timer, place('111122223333', 'ec2:DescribeHosts'), 10)).toBeLessThanOrEqual(
      20 + 4 * 10,
    );
    expect(await throughput(budget, timer, place('444455556666', 'ec2:DescribeHosts'), 10)).toBeGreaterThanOrEqual(
      20 + 4 * 9,
    );
  });

  test('slows down when AWS throttles and recovers', async () => {
    const { budget, timer } = start();
    const where = place();
    const usual = await throughput(budget, timer, where, 10);
    for (let i = 0; i < 3; i += 1) {
      const lease = budget.acquire(where);
      timer.advance(5000);
      (await lease).done('throttled');
    }
    const slow = await throughput(budget, timer, where, 1);
    expect(slow).toBeLessThan(usual / 10 / 3);
    await throughput(budget, timer, where, 60);
    const again = await throughput(budget, timer, where, 10);
    expect(again).toBeGreaterThan((usual - 20) * 0.9);
    expect(again).toBeLessThanOrEqual(usual);
  });

  test('keeps the operations of a service apart where AWS does', async () => {
    const { started, ask } = start({ share: 0.01 });
    void ask(place('111122223333', 'ec2:DescribeHosts'), 'hosts');
    void ask(place('111122223333', 'ec2:DescribeHosts'), 'hosts');
    void ask(place('111122223333', 'ec2:DescribeVpcs'), 'vpcs');
    await settle();
    expect(started).toEqual(['hosts', 'vpcs']);
  });

  test('gives up waiting when it is told to', async () => {
    const { budget, started, leases, ask } = start({ maxInFlight: 1 });
    await ask(place());
    const stop = new AbortController();
    const waiting = ask(place('444455556666'), 'aborted', stop.signal);
    const next = ask(place('777788889999'), 'next');
    stop.abort(new Error('time is over'));
    await expect(waiting).rejects.toThrow('time is over');
    await expect(ask(place(), 'late', stop.signal)).rejects.toThrow('time is over');
    leases[0]?.done('failed');
    await next;
    expect(started).toEqual(['111122223333', 'next']);
    expect([budget.inFlight, budget.waiting]).toEqual([1, 0]);
  });

  test('forgets lanes that nobody uses without forgetting a throttled one', async () => {
    const { budget, timer } = start();
    const slow = place('999988887777');
    (await budget.acquire(slow)).done('throttled');
    for (let i = 0; i < 12_000; i += 1) {
      const lease = await budget.acquire(place(String(100_000_000_000 + i)));
      lease.done('answered');
      if (i % 100 === 0) timer.advance(1);
    }
    expect(await throughput(budget, timer, slow, 1)).toBeLessThanOrEqual(10);
  });
});

describe('the rates', () => {
  test('every published one names its page and every assumed one its reason', () => {
    const rows = [limits.default, ...Object.values(limits.services), ...Object.values(limits.operations)];
    for (const row of rows as { basis: string; url?: string; why?: string; rate: number; burst: number }[]) {
      expect(row.basis === 'published' ? row.url : row.why).toMatch(
        row.basis === 'published' ? /^https:\/\/docs\.aws/ : /\w/,
      );
      expect(Math.min(row.rate, row.burst)).toBeGreaterThan(0);
    }
  });

  test('an operation counts against its own bucket, its service, or the default', () => {
    expect(rateLimitOf('cloudtrail', 'cloudtrail:LookupEvents')).toMatchObject({
      bucket: 'cloudtrail:LookupEvents',
      limit: { rate: 2 },
    });
    expect(rateLimitOf('cloudtrail', 'cloudtrail:DescribeTrails')).toMatchObject({
      bucket: 'cloudtrail',
      limit: { rate: 10 },
    });
    expect(rateLimitOf('ec2', 'ec2:DescribeVpcs')).toMatchObject({ bucket: 'ec2:DescribeVpcs', limit: { rate: 20 } });
    expect(rateLimitOf('macie2', 'macie2:GetMacieSession')).toMatchObject({ bucket: 'macie2' });
    expect(rateLimitOf('__proto__', 'constructor')).toMatchObject({ bucket: '__proto__', limit: { rate: 50 } });
  });
});
