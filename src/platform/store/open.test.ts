import * as fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseError, folderError } from './failures.ts';
import { openStore } from './open.ts';
import { storableJson, storableText } from './storable.ts';
import { type TestStore, testStore } from './testing.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(async () => await store.close());

describe('an open store', () => {
  test('gives 64-bit integers as numbers and times as ISO 8601', async () => {
    const { rows } = await store.pool.query(
      `select 9007199254740991::int8 as n, count(*) as c, '2026-11-20 10:00:00.5+02'::timestamptz as t, array[1::int8] as a`,
    );
    expect(rows).toEqual([{ n: 9007199254740991, c: 1, t: '2026-11-20T08:00:00.500Z', a: ['1'] }]);
  });

  test('a transaction that throws leaves nothing', async () => {
    const failing = store.transaction(async (client) => {
      await client.query(`insert into meta values ('t', '1')`);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await store.pool.query(`select * from meta where key = 't'`)).rows).toEqual([]);
  });

  test('a transaction runs again after a deadlock, and no other error is repeated', async () => {
    let runs = 0;
    const result = await store.transaction(async (client) => {
      runs += 1;
      if (runs < 3) await client.query(`do $$ begin raise exception 'dead' using errcode = '40P01'; end $$`);
      return runs;
    });
    expect(result).toBe(3);
    await expect(store.transaction(async (client) => await client.query('select 1/0'))).rejects.toThrow(
      /division by zero/,
    );
  });

  test('relaxed durability ends with its transaction', async () => {
    const of = async (durable: boolean): Promise<unknown> =>
      await store.transaction(async (client) => (await client.query('show synchronous_commit')).rows[0], { durable });
    expect(await of(false)).toEqual({ synchronous_commit: 'off' });
    const before = (await store.pool.query('show synchronous_commit')).rows[0];
    expect(await of(true)).toEqual(before);
  });

  test('a connection that the server ends does not end the process, and the next query has a new one', async () => {
    await store.pool.query('select 1');
    const admin = new Client(store.connection);
    await admin.connect();
    const ended = store.withClient(async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      await admin.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
      // Is interrupted as soon as the server hears of it.
      await client.query('select pg_sleep(20)');
    });
    await expect(ended).rejects.toThrow(/terminat|ECONNRESET|EPIPE|not queryable/);
    await admin.end();
    expect((await store.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('DATABASE_URL', () => {
  test.each([
    [
      'postgres://vedette:secret@127.0.0.1:1/db',
      'store-unavailable',
      'db on 127.0.0.1:1 cannot be used: nothing answers there',
    ],
    ['postgresql://vedette:secret@/db?host=/nonexistent', 'store-unavailable', 'nothing answers there'],
    ['mysql://vedette:secret@host/db', 'usage', 'DATABASE_URL is not a PostgreSQL address'],
    ['postgres://vedette:secret@host:port/db', 'usage', 'DATABASE_URL is not a PostgreSQL address'],
  ])('%s', async (databaseUrl, code, message) => {
    const attempt = openStore({ dataDir: '/nonexistent', databaseUrl });
    await expect(attempt).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
      hint: expect.stringMatching(/./),
    });
    await expect(attempt).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
  });
});

test.each([
  ['28P01', 'refuses the user or password'],
  ['3D000', 'does not exist'],
  ['53100', 'disk is full'],
  ['57P01', 'shutting down'],
  ['ENOTFOUND', 'host name'],
])('the error %s in words', (code, words) => {
  expect(databaseError('vedette on db', Object.assign(new Error('raw'), { code })).message).toContain(words);
});

test.each([
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'read-only'],
  ['EACCES', 'may not write'],
])('the folder error %s in words', (code, words) => {
  expect(folderError('/data', Object.assign(new Error('raw'), { code }))).toMatchObject({
    message: expect.stringContaining(words),
    place: { file: '/data' },
  });
});

describe('storable', () => {
  test.each([
    ['plain', 'plain'],
    ['a\0b', 'a\ufffdb'],
    ['\ud800x', '\ufffdx'],
    ['😀', '😀'],
    ['\\u0000', '\\u0000'],
  ])('%j', (text, expected) => {
    expect(storableText(text)).toBe(expected);
    expect(JSON.parse(storableJson({ [text]: [text] }))).toEqual({ [expected]: [expected] });
  });

  test('leaves well-formed JSON as it is, and undefined as null', () => {
    const value = JSON.parse('{"__proto__": {"a": "\\\\u0000"}, "n": [1, null, true]}') as unknown;
    expect(storableJson(value)).toBe(JSON.stringify(value));
    expect(storableJson(undefined)).toBe('null');
  });

  test('whatever comes, the database takes it', async () => {
    const anything = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
        fc.object({ maxDepth: 2 }),
      ),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(anything, async (value) => {
        const { rows } = await store.pool.query('select $1::jsonb as value', [storableJson(value)]);
        expect(rows).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });
});
