import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkStore } from './doctor.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp('/tmp/vedette-doctor-');
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

const embedded = { settings: { fsync: 'off' } };

test('a store that is well', async () => {
  const checks = await checkStore({ dataDir: folder, embedded });
  expect(checks.map((check) => [check.name, check.ok])).toEqual(
    [
      'disk space',
      'platform binary',
      'data folder',
      'permissions',
      'server user',
      'socket path',
      'server',
      'connection',
      'server version',
      'schema version',
    ].map((name) => [name, true]),
  );
  expect(checks.find((check) => check.name === 'server version')?.detail).toMatch(/^PostgreSQL 18\./);
});

test('a data folder that is a file', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  const checks = await checkStore({ dataDir: join(file, 'data'), embedded });
  const last = checks.at(-1);
  expect(last).toMatchObject({
    name: 'data folder',
    ok: false,
    detail: expect.stringContaining('a part of the path is a file'),
  });
  expect(last?.hint).toContain('--data-dir');
});

test('a database that is not there', async () => {
  const checks = await checkStore({ dataDir: folder, databaseUrl: 'postgres://vedette:secret@127.0.0.1:1/vedette' });
  expect(checks).toEqual([
    expect.objectContaining({
      name: 'connection',
      ok: false,
      detail: expect.stringContaining('vedette on 127.0.0.1:1'),
    }),
  ]);
  expect(JSON.stringify(checks)).not.toContain('secret');
});

test('an address that is none', async () => {
  const checks = await checkStore({ dataDir: folder, databaseUrl: 'mysql://user:secret@host/db' });
  expect(checks).toEqual([
    expect.objectContaining({ name: 'connection', ok: false, detail: 'DATABASE_URL is not a PostgreSQL address.' }),
  ]);
});
