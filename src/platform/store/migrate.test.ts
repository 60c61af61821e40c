import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { Client, type Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrate, missingMigrations, ourMigrations, schemaVersion } from './migrate.ts';
import { type Migration, readMigrations } from './migrations.ts';
import { openPool } from './pool.ts';
import { type TestStore, testStore } from './testing.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined };
let store: TestStore;
let pool: Pool;
beforeAll(async () => {
  store = await testStore();
  pool = openPool({ ...store.connection, max: 4 }, silent);
});
afterAll(async () => {
  await pool.end();
  await store.close();
});

const later: Migration = {
  tag: '9998_later',
  hash: 'h1',
  statements: ['create table later (id int)', 'insert into later values (1)'],
};

describe('migrations', () => {
  beforeEach(async () => {
    await pool.query('drop schema public cascade');
    await pool.query('create schema public');
  });

  test('the bundle holds the SQL that drizzle-kit wrote', async () => {
    expect(ourMigrations).toEqual(await readMigrations(join(import.meta.dirname, 'migrations')));
    expect(schemaVersion()).toBe(ourMigrations.at(-1)?.tag);
  });

  test('the SQL is that of the tables as they are described', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vedette-migrations-'));
    const root = join(import.meta.dirname, '../../..');
    await cp(join(import.meta.dirname, 'migrations'), folder, { recursive: true });
    const args = [
      'generate',
      '--dialect=postgresql',
      '--schema=./src/platform/store/schema/*.ts',
      `--out=${relative(root, folder)}`,
    ];
    const { stdout } = await promisify(execFile)(join(root, 'node_modules/.bin/drizzle-kit'), args, { cwd: root });
    await rm(folder, { recursive: true });
    expect(stdout).toContain('No schema changes');
  });

  test('run once, whoever comes first, and give the installation its identity once', async () => {
    await Promise.all([migrate(pool), migrate(pool), migrate(pool)]);
    const { rows } = await pool.query('select key, value from meta order by key');
    await migrate(pool);
    expect((await pool.query('select key, value from meta order by key')).rows).toEqual(rows);
    expect(rows.map((row) => row.key)).toEqual(['created_at', 'installation_id', 'installation_secret']);
    expect(rows[2].value).toMatch(/^[0-9a-f]{64}$/);
    expect((await pool.query('select tag from vedette_migration')).rows).toHaveLength(ourMigrations.length);
  });

  test('a new one is added to what is there', async () => {
    await migrate(pool);
    await migrate(pool, [...ourMigrations, later]);
    expect((await pool.query('select * from later')).rows).toEqual([{ id: 1 }]);
  });

  test('one that fails leaves nothing of itself', async () => {
    await migrate(pool);
    const broken = { ...later, statements: [...later.statements, 'select nonsense'] };
    await expect(migrate(pool, [...ourMigrations, broken])).rejects.toThrow(/nonsense/);
    await expect(pool.query('select * from later')).rejects.toThrow(/does not exist/);
  });

  test('newer data is refused', async () => {
    await migrate(pool, [...ourMigrations, later]);
    await expect(migrate(pool)).rejects.toMatchObject({
      code: 'store-newer',
      message: expect.stringContaining('9998_later'),
      hint: expect.stringContaining('newer version'),
    });
  });

  test('a database of something else is refused and left as it is', async () => {
    await pool.query('create table customers (id int)');
    await expect(migrate(pool)).rejects.toMatchObject({
      code: 'store-foreign',
      hint: expect.stringContaining('database of its own'),
    });
    expect((await pool.query(`select tablename from pg_tables where schemaname = 'public'`)).rows).toEqual([
      { tablename: 'customers' },
    ]);
  });

  test('beside something else there is room in a schema of its own', async () => {
    await pool.query('create table customers (id int)');
    await pool.query('create schema vedette');
    const own = openPool({ ...store.connection, options: '-c search_path=vedette' }, silent);
    await migrate(own);
    await own.end();
    expect(
      (await pool.query(`select count(*) as n from pg_tables where schemaname = 'vedette'`)).rows[0].n,
    ).toBeGreaterThan(15);
    await pool.query('drop schema vedette cascade');
  });

  test('a search path that leads nowhere is refused', async () => {
    const lost = openPool({ ...store.connection, options: '-c search_path=nowhere' }, silent);
    await expect(migrate(lost)).rejects.toMatchObject({
      code: 'store-foreign',
      message: expect.stringContaining('no schema'),
    });
    await lost.end();
  });
});

const own = (tag: string, hash = tag): Migration => ({ tag, hash, statements: [] });
const cases: readonly [string, { tag: string; hash: string }[], string[] | string][] = [
  ['nothing yet', [], ['0', '1']],
  ['one of two', [own('0')], ['1']],
  ['all', [own('0'), own('1')], []],
  ['one more', [own('0'), own('1'), own('2')], 'store-newer'],
  ['another text under the same name', [own('0', 'x')], 'store-foreign'],
  ['another name in the middle', [own('0'), own('0b')], 'store-foreign'],
  ['one left out', [own('1')], 'store-foreign'],
];
test.each(cases)('a store with %s', (_, applied, expected) => {
  const outcome = (): string[] | string => {
    try {
      return missingMigrations([own('0'), own('1')], applied).map((migration) => migration.tag);
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(outcome()).toEqual(expected);
});

test('the tables say whose every row is', async () => {
  const client = new Client(store.connection);
  await client.connect();
  await client.query('drop schema public cascade; create schema public');
  await migrate(pool);
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname = 'public' and not exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and a.attnotnull)
      order by 1`,
  );
  await client.end();
  expect(rows.map((row) => row.name)).toEqual(['meta', 'organization', 'vedette_migration']);
});
