import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wasDiskFull } from './disk-full.ts';

let dataDir = '';
beforeAll(async () => {
  dataDir = await mkdtemp('/tmp/vedette-disk-full-');
  await mkdir(join(dataDir, 'postgres'));
});
afterAll(async () => await rm(dataDir, { recursive: true, force: true }));

const log = async (...lines: string[]): Promise<void> =>
  await writeFile(join(dataDir, 'postgres/server.log'), lines.map((line) => `${line}\n`).join(''));
const began = Date.parse('2026-09-27T10:00:00Z');
const gaveUp = 'UTC [7] PANIC:  could not write to file "pg_wal/xlogtemp.7": No space left on device';

test('a server that gave up on a full disk says so in its log', async () => {
  await log('x'.repeat(40_000), `2026-09-27 10:00:01.000 ${gaveUp}`, '2026-09-27 10:00:02.000 UTC [8] LOG:  ready');
  expect(await wasDiskFull(dataDir, began)).toBe(true);
});

test('what it said of an earlier full disk does not count, nor does another reason', async () => {
  await log(`2026-09-27 09:59:59.999 ${gaveUp}`, '2026-09-27 10:00:01.000 UTC [8] LOG:  shutting down', gaveUp);
  expect(await wasDiskFull(dataDir, began)).toBe(false);
});

test('a server without a log has not said it', async () => {
  expect(await wasDiskFull(join(dataDir, 'nowhere'), began)).toBe(false);
});
