import { expect, test } from 'vitest';
import { fixedClock } from '../clock/clock.ts';
import { type Credentials, renewing } from './renewing-credentials.ts';

const session = (id: string, expiration?: string): Credentials => ({
  accessKeyId: id,
  secretAccessKey: 's',
  ...(expiration === undefined ? {} : { expiration: new Date(expiration) }),
});

test('keys without an end are fetched once', async () => {
  const clock = fixedClock('2026-03-01T10:00:00Z');
  let fetched = 0;
  const credentials = renewing(() => Promise.resolve(session(`key-${(fetched += 1)}`)), clock);
  await Promise.all([credentials(), credentials()]);
  clock.set('2027-03-01T10:00:00Z');
  expect([await credentials(), fetched]).toEqual([session('key-1'), 1]);
});

test('a session is kept until ten minutes before its end, and renewed once for all who ask', async () => {
  const clock = fixedClock('2026-03-01T10:00:00Z');
  const ends = ['2026-03-01T11:00:00Z', '2026-03-01T12:00:00Z'];
  let fetched = 0;
  const credentials = renewing(() => Promise.resolve(session(`session-${(fetched += 1)}`, ends[fetched - 1])), clock);
  expect((await credentials()).accessKeyId).toBe('session-1');
  clock.set('2026-03-01T10:49:59Z');
  expect((await credentials()).accessKeyId).toBe('session-1');
  clock.set('2026-03-01T10:50:00Z');
  const both = await Promise.all([credentials(), credentials()]);
  expect([both.map((one) => one.accessKeyId), fetched]).toEqual([['session-2', 'session-2'], 2]);
});

test('a failed renewal is no matter while the session holds, and an error afterwards', async () => {
  const clock = fixedClock('2026-03-01T10:00:00Z');
  let fetched = 0;
  const credentials = renewing(() => {
    fetched += 1;
    return fetched === 1
      ? Promise.resolve(session('only', '2026-03-01T11:00:00Z'))
      : Promise.reject(new Error('refused'));
  }, clock);
  await credentials();
  clock.set('2026-03-01T10:55:00Z');
  expect((await credentials()).accessKeyId).toBe('only');
  clock.set('2026-03-01T11:00:00Z');
  await expect(credentials()).rejects.toThrow('refused');
  expect(fetched).toBe(3);
});
