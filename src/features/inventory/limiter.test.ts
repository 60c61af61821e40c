import { expect, test } from 'vitest';
import { limiter } from './limiter.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('as many as allowed at once, the others in order, and a failure frees its place', async () => {
  const limit = limiter(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const task = (n: number) =>
    limit(async () => {
      begun.push(n);
      await new Promise<void>((resolve, reject) => {
        ends[n] = n === 0 ? () => reject(new Error('first')) : resolve;
      });
      return n;
    });
  const tasks = [0, 1, 2, 3].map(task);
  const settled = Promise.allSettled(tasks);
  await turn();
  expect(begun).toEqual([0, 1]);
  ends[0]?.();
  await turn();
  expect(begun).toEqual([0, 1, 2]);
  ends[2]?.();
  await turn();
  expect(begun).toEqual([0, 1, 2, 3]);
  ends[1]?.();
  ends[3]?.();
  expect((await settled).map((one) => one.status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect(await limit(async () => 'again')).toBe('again');
});

test('when more is allowed meanwhile, all that fit begin', async () => {
  let size = 1;
  const limit = limiter(() => size);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const tasks = [0, 1, 2, 3].map((n) =>
    limit(async () => {
      begun.push(n);
      await new Promise<void>((resolve) => {
        ends[n] = resolve;
      });
    }),
  );
  await turn();
  expect(begun).toEqual([0]);
  size = 2;
  ends[0]?.();
  await turn();
  expect(begun).toEqual([0, 1, 2]);
  size = 1;
  ends[1]?.();
  await turn();
  expect(begun).toEqual([0, 1, 2]);
  ends[2]?.();
  await turn();
  ends[3]?.();
  await Promise.all(tasks);
  expect(begun).toEqual([0, 1, 2, 3]);
});
