import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestStore, testStore } from '../testing.ts';
import { exportStore } from './export.ts';
import { columnsOf, tableNames } from './format.ts';
import { importStore } from './import.ts';
import { knownWords } from './words.ts';

let full: TestStore;
let text: string;

/** One value per type that is hard to carry, and one that is empty. */
const hard: Readonly<Record<string, readonly unknown[]>> = {
  text: ['', 'a "b" \\ \n\t, {c} ☃ 𝒳 \u202e </script>', 'null'],
  'text[]': [[], ['', 'null', 'NULL', 'a,b', '{"c"}', '\\', ' d '], ['one']],
  jsonb: ['null', '{"a": [1e-7, null, "\\n"], "$unread": {"__proto__": 0.1}}', '"text"'],
  'timestamp(3) with time zone': ['2026-11-20T10:00:00.123Z', '1999-12-31T23:59:59Z', '2026-06-01T00:00:00+14:00'],
  boolean: [true, false, true],
  integer: [0, -1, 2147483647],
  bigint: [1, 2, 9007199254740991],
  'double precision': [0.1, 1e-300, 100],
};

/** Three rows in every table, and a fourth with nulls wherever they may be. */
async function fill(store: TestStore): Promise<void> {
  for (const table of (await tableNames(store.pool)).filter((name) => name !== 'meta')) {
    const columns = await columnsOf(store.pool, table);
    const { rows } = await store.pool.query<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attnotnull`,
      [table],
    );
    const nullable = new Set(rows.map((row) => row.name));
    for (let n = 0; n < 4; n += 1) {
      const values = columns.map(({ name, type, key }) => {
        if (n === 3 && nullable.has(name)) return null;
        const known = knownWords[table]?.[name];
        if (known !== undefined) return known[n % known.length];
        if (key !== null && type === 'text') return `${name} ${n}`;
        if (key !== null && type === 'bigint') return n + 1;
        return hard[type]?.[n % 3];
      });
      await store.pool.query(
        `insert into ${table} values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
        values,
      );
    }
  }
  await store.pool.query(
    `insert into account_event (organization_id, account, at, kind) select 'o-1', 'a', now(), 'left' from generate_series(10, 1510)`,
  );
}

async function dump(store: TestStore): Promise<Record<string, string[]>> {
  const tables = await Promise.all(
    (await tableNames(store.pool)).map(async (table) => {
      const { rows } = await store.pool.query<{ row: string }>(`select t::text as row from ${table} t order by 1`);
      return [table, rows.map(({ row }) => row)] as const;
    }),
  );
  return Object.fromEntries(tables);
}

async function exported(store: TestStore, gzip = false): Promise<Buffer> {
  const output = new PassThrough();
  const [bytes] = await Promise.all([buffer(output), exportStore(store, output, { gzip })]);
  return bytes;
}

beforeAll(async () => {
  full = await testStore();
  await full.pool.query(`select setval('account_event_id_seq', 10); select setval('finding_transition_id_seq', 10)`);
  await fill(full);
  text = (await exported(full)).toString('utf8');
});
afterAll(async () => await full.close());

async function withEmpty<T>(work: (store: TestStore) => Promise<T>): Promise<T> {
  const store = await testStore();
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

describe('export and import', () => {
  test.each([false, true])('carry every row of every table (gzip: %s)', async (gzip) => {
    await withEmpty(async (empty) => {
      const folder = await mkdtemp(join(tmpdir(), 'vedette-transfer-'));
      const file = join(folder, 'export');
      const bytes = await exported(full, gzip);
      expect(bytes.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))).toBe(gzip);
      await writeFile(file, bytes);
      const { rows } = await importStore(empty, createReadStream(file, { highWaterMark: 777 }));
      await rm(folder, { recursive: true });
      const before = await dump(full);
      expect(await dump(empty)).toEqual(before);
      expect(rows).toBe(Object.values(before).flat().length);
      // Numbers go on after the imported ones.
      const next = await empty.pool.query<{ id: number }>(
        `insert into account_event (organization_id, account, at, kind) values ('o', 'a', now(), 'left') returning id`,
      );
      const last = await full.pool.query<{ id: number }>('select max(id) as id from account_event');
      expect(next.rows[0]!.id).toBeGreaterThan(last.rows[0]!.id);
      // A second export of what was imported is the same but for its time.
      await empty.pool.query('delete from account_event where id = $1', [next.rows[0]!.id]);
      const again = (await exported(empty)).toString('utf8').split('\n').slice(1, -2);
      expect(again).toEqual(text.split('\n').slice(1, -2));
    });
  });

  test('sees one moment while others write', async () => {
    const output = new PassThrough({ highWaterMark: 1 });
    const reading = exportStore(full, output);
    await new Promise((done) => output.once('readable', done));
    await full.pool.query(`insert into suppression values ('late', 'o', 'a', 'r', now(), '{}', now(), 'a')`);
    const [bytes] = await Promise.all([buffer(output), reading]);
    await full.pool.query(`delete from suppression where id = 'late'`);
    expect(bytes.toString('utf8').includes('"late"')).toBe(false);
  });

  test('refuse a store that holds data', async () => {
    await expect(importStore(full, Readable.from([text]))).rejects.toMatchObject({ code: 'import-full' });
  });
});

const lines = (): string[] => text.split('\n');
const withLine = (at: number, change: (line: string) => string): string =>
  lines()
    .map((line, n) => (n === at ? change(line) : line))
    .join('\n');
const firstRow = (): number => lines().findIndex((line) => line.startsWith('{'));

const damages: readonly [string, () => string | Buffer, RegExp][] = [
  ['nothing', () => '', /line 1: the file ends too early/],
  ['another file', () => 'PK\u0003\u0004 something else', /line 1: the first line of an export was expected/],
  [
    'a row that is missing',
    () =>
      lines()
        .filter((_, n) => n !== firstRow())
        .join('\n'),
    /line \d+: meta has 2 rows, not 3/,
  ],
  ['a row that came twice', () => withLine(firstRow(), (line) => `${line}\n${line}`), /meta has 4 rows, not 3/],
  ['a changed value', () => text.replace('a \\"b\\"', 'a \\"c\\"'), /the checksum does not match/],
  [
    'a row that is not JSON',
    () => withLine(firstRow(), (line) => line.slice(0, -3)),
    /line 3: the rows of meta from here to line 5 are not valid/,
  ],
  ['a missing end', () => lines().slice(0, -2).join('\n'), /the file ends too early/],
  ['half of it', () => text.slice(0, text.length / 2), /line \d+:/],
  ['something after the end', () => `${text}{}\n`, /something follows the end/],
  [
    'an unknown table',
    () => withLine(1, (line) => line.replace('"meta"', '"pg_authid"')),
    /line 2: the table pg_authid is not known here/,
  ],
  [
    'an unknown column',
    () => withLine(1, (line) => line.replace('"key"', '"kee"')),
    /line 2: meta has a column that is not known here/,
  ],
  [
    'a word that nobody knows',
    () => text.replace('"severity":"critical"', '"severity":"<script>alert(1)</script>"'),
    /line \d+: finding has a value of severity above that is not known here/,
  ],
  ['half of a gzip', () => gzipSync(text).subarray(0, 2000), /cannot be unpacked/],
  [
    'a flipped bit in a gzip',
    () => {
      const bytes = gzipSync(text);
      bytes[3000]! ^= 1;
      return bytes;
    },
    /line \d+:/,
  ],
];

describe('a damaged export', () => {
  let empty: TestStore;
  beforeAll(async () => {
    empty = await testStore();
  });
  afterAll(async () => await empty.close());

  test.each(damages)('%s is refused with its place and leaves nothing', async (_, file, message) => {
    const before = await dump(empty);
    const attempt = importStore(empty, Readable.from([Buffer.from(file())]), 'backup.gz');
    await expect(attempt).rejects.toMatchObject({
      code: 'import-damaged',
      message: expect.stringMatching(message),
      place: { file: 'backup.gz' },
    });
    expect(await dump(empty)).toEqual(before);
  });

  test.each([
    ['format', () => withLine(0, (line) => line.replace('"vedette-export",1', '"vedette-export",2'))],
    ['schema', () => withLine(0, (line) => line.replace(/"schema":"\d+/, '"schema":"9999'))],
  ])('a newer %s is refused', async (_, file) => {
    await expect(importStore(empty, Readable.from([file()]))).rejects.toMatchObject({ code: 'import-newer' });
  });
});

test('gzip makes the same text', async () => {
  const unpacked = gunzipSync(await exported(full, true))
    .toString('utf8')
    .split('\n');
  expect(unpacked.slice(1, -2)).toEqual(lines().slice(1, -2));
});
