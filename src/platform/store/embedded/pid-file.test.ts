import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parsePidFile, serverState } from './pid-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp('/tmp/vedette-pid-');
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

test.each([
  [
    '4711\n/data\n1795219530\n5432\n/run\n\n  5432001  12\nready   \n',
    { pid: 4711, dataDirectory: '/data', port: 5432 },
  ],
  ['-4711\n/data\n', { pid: 4711, dataDirectory: '/data', port: 0 }],
  ['', undefined],
  ['not a number\n', undefined],
  ['0\n', undefined],
  ['99999999999999999999\n', undefined],
])('%j', (text, expected) => {
  expect(parsePidFile(text)).toEqual(expected);
});

test('no file, a dead process, and a living one that is no server', async () => {
  expect(await serverState(folder)).toEqual({ state: 'none' });
  const file = join(folder, 'postmaster.pid');
  await writeFile(file, '999999999\n/data\n');
  expect(await serverState(folder)).toEqual({ state: 'stale', pid: 999999999 });
  await writeFile(file, `${process.pid}\n/data\n`);
  expect(await serverState(folder)).toEqual({ state: 'stale', pid: process.pid });
});
