// Writes a store as text. See format.ts.

import { createHash } from 'node:crypto';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { PoolClient } from 'pg';
import type { Store } from '../contract.ts';
import { schemaVersion } from '../migrate.ts';
import { rollBack } from '../pool.ts';
import { type Column, columnsOf, formatName, formatVersion, quoted, tableNames } from './format.ts';

const fetchRows = 500;

function selection(table: string, columns: readonly Column[]): string {
  const fields = columns.map(({ name, type }) => (type === 'jsonb' ? `${quoted(name)}::text` : quoted(name)));
  const names = columns.map(({ name }) => quoted(name));
  const key = columns.filter((column) => column.key !== null).sort((a, b) => (a.key ?? 0) - (b.key ?? 0));
  return `select row_to_json(r)::text as line
            from (select ${fields.map((field, n) => `${field} as ${names[n]}`).join(', ')} from ${quoted(table)}
                   order by ${key.map(({ name }) => quoted(name)).join(', ')}) r`;
}

async function* rowsOf(client: PoolClient, table: string, columns: readonly Column[]): AsyncGenerator<string[]> {
  await client.query(`declare export_rows no scroll cursor for ${selection(table, columns)}`);
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${fetchRows} from export_rows`);
    if (rows.length === 0) break;
    yield rows.map((row) => row.line);
  }
  await client.query('close export_rows');
}

async function* lines(client: PoolClient): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const hashed = (chunk: string): string => {
    hash.update(chunk);
    return chunk;
  };
  let total = 0;
  const header = [formatName, formatVersion, { schema: schemaVersion(), at: new Date().toISOString() }];
  yield hashed(`${JSON.stringify(header)}\n`);
  for (const table of await tableNames(client)) {
    const columns = await columnsOf(client, table);
    yield hashed(`${JSON.stringify(['table', table, columns.map((column) => column.name)])}\n`);
    let count = 0;
    for await (const rows of rowsOf(client, table, columns)) {
      count += rows.length;
      yield hashed(`${rows.join('\n')}\n`);
    }
    yield hashed(`${JSON.stringify(['end', table, count])}\n`);
    total += count;
  }
  yield `${JSON.stringify(['checksum', total, hash.digest('hex')])}\n`;
}

/**
 * Writes all rows of the store, as they are at one moment, while others go on writing. The installation's secret key is
 * among them: keep the result as a secret.
 * @param output is ended afterwards
 */
export async function exportStore(store: Store, output: Writable, options: { gzip?: boolean } = {}): Promise<void> {
  await store.withClient(async (client) => {
    await client.query('begin isolation level repeatable read read only');
    try {
      // Times in UTC whatever the server's setting.
      await client.query("set local timezone = 'UTC'");
      // The first query fixes the moment.
      await client.query('select 1');
      const source = Readable.from(lines(client));
      await (options.gzip === true ? pipeline(source, createGzip(), output) : pipeline(source, output));
    } finally {
      await rollBack(client);
    }
  });
}
