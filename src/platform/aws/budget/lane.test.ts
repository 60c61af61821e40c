import { expect, test } from 'vitest';
import { Lane } from './lane.ts';

const lane = (): Lane => new Lane('111122223333', { rate: 10, burst: 20 }, 5, 0);

test('a burst may go at once, then a token comes with each tenth of a second', () => {
  const one = lane();
  for (let i = 0; i < 20; i += 1) {
    expect(one.delay(0)).toBe(0);
    one.take();
  }
  expect(one.delay(0)).toBe(100);
  expect(one.delay(60)).toBe(40);
  expect(one.delay(100)).toBe(0);
});

test('requests that are throttled together halve the rate once; the burst is gone', () => {
  const one = lane();
  for (const now of [5000, 5001, 5400]) one.throttled(now);
  expect(one.rate).toBe(5);
  expect(one.delay(5400)).toBeGreaterThan(0);
  one.throttled(6100);
  expect(one.rate).toBe(2.5);
});

test('the rate never falls below a twentieth and comes back with answers', () => {
  const one = lane();
  for (let i = 1; i <= 20; i += 1) one.throttled(i * 2000);
  expect(one.rate).toBe(0.5);
  for (let i = 0; i < 100; i += 1) one.succeeded();
  expect(one.rate).toBe(10);
});

test('a lane is idle when nothing waits, nothing is in flight, and its burst and rate are whole', () => {
  const one = lane();
  expect(one.idle(0)).toBe(true);
  one.take();
  one.inFlight = 0;
  expect([one.idle(0), one.idle(100)]).toEqual([false, true]);
  one.throttled(200);
  expect(one.idle(1_000_000)).toBe(false);
});
