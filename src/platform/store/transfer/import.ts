// Reads a store from its text into an empty one: all of it, checked to its last line, or nothing.

import type { Readable } from 'node:stream';
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { VedetteError, messageOf } from '../../../domain/errors.ts';
import type { Store } from '../contract.ts';
import { schemaVersion } from '../migrate.ts';
import { rollBack } from '../pool.ts';
import { damaged } from './damage.ts';
import {
  type Column,
  checksumSchema,
  columnsOf,
  endSchema,
  formatVersion,
  headerSchema,
  quoted,
  tableNames,
  tableSchema,
} from './format.ts';
import { type Line, linesOf } from './lines.ts';
import { strangeColumn } from './words.ts';

const batchRows = 500;
const batchCharacters = 4_000_000;

export interface Imported {
  rows: number;
  /** When the export was made, ISO 8601. */
  at: string;
}

async function refuseFull(client: PoolClient): Promise<void> {
  for (const table of await tableNames(client)) {
    if (table === 'meta') continue;
    const { rows } = await client.query<{ full: boolean }>(`select exists (select from ${quoted(table)}) as full`);
    if (rows[0]?.full !== true) continue;
    throw new VedetteError(
      'import-full',
      `The store holds data already (in ${table}); an export is taken into an empty one only.`,
      {
        hint: 'Import into a new data folder (--data-dir) or a new database.',
      },
    );
  }
}

function parsed<T>(schema: z.ZodType<T>, line: Line, name: string, what: string): T {
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch (error) {
    throw damaged(name, line.number, `${what} was expected`, error);
  }
  const result = schema.safeParse(value);
  if (!result.success) throw damaged(name, line.number, `${what} was expected`);
  return result.data;
}

function readHeader(line: Line, name: string): string {
  const [, version, { schema, at }] = parsed(headerSchema, line, name, 'the first line of an export');
  if (version <= formatVersion && schema <= schemaVersion()) return at;
  throw new VedetteError(
    'import-newer',
    `${name} was written by a newer version of Vedette (format ${version}, schema ${schema}).`,
    {
      hint: 'Import it with that version.',
      place: { file: name, key: 'line 1' },
    },
  );
}

/** One table that is being read. */
class Table {
  readonly name: string;
  readonly file: string;
  readonly columns: readonly Column[];
  count = 0;
  #batch: string[] = [];
  #characters = 0;

  constructor(name: string, file: string, columns: readonly Column[]) {
    this.name = name;
    this.file = file;
    this.columns = columns;
  }

  async add(client: PoolClient, line: Line): Promise<void> {
    if (!line.text.startsWith('{')) throw damaged(this.file, line.number, `a row of ${this.name} was expected`);
    this.#batch.push(line.text);
    this.#characters += line.text.length;
    this.count += 1;
    if (this.#batch.length >= batchRows || this.#characters >= batchCharacters) await this.flush(client, line.number);
  }

  async flush(client: PoolClient, line: number): Promise<void> {
    if (this.#batch.length === 0) return;
    const names = this.columns.map((column) => quoted(column.name)).join(', ');
    const values = this.columns.map(({ name, type }) =>
      type === 'jsonb' ? `r.${quoted(name)}::jsonb` : `r.${quoted(name)}`,
    );
    const types = this.columns.map(({ name, type }) => `${quoted(name)} ${type === 'jsonb' ? 'text' : type}`);
    try {
      await client.query(
        `insert into ${quoted(this.name)} (${names})
         select ${values.join(', ')} from jsonb_to_recordset($1::jsonb) as r(${types.join(', ')})`,
        [`[${this.#batch.join(',')}]`],
      );
    } catch (error) {
      const first = line - this.#batch.length + 1;
      throw damaged(
        this.file,
        first,
        `the rows of ${this.name} from here to line ${line} are not valid (${messageOf(error)})`,
        error,
      );
    }
    this.#batch = [];
    this.#characters = 0;
  }

  async end(client: PoolClient, line: Line): Promise<void> {
    const [, name, count] = parsed(endSchema, line, this.file, `the end of ${this.name}`);
    if (name !== this.name)
      throw damaged(this.file, line.number, `the end of ${this.name} was expected, not of ${name}`);
    if (count !== this.count)
      throw damaged(this.file, line.number, `${this.name} has ${this.count} rows, not ${count}`);
    await this.flush(client, line.number - 1);
    const strange = await strangeColumn(client, this.name);
    if (strange !== undefined)
      throw damaged(this.file, line.number, `${this.name} has a value of ${strange} above that is not known here`);
    for (const { name: column, sequence } of this.columns) {
      if (sequence === null) continue;
      await client.query(`select setval($1, (select max(${quoted(column)}) from ${quoted(this.name)}))`, [sequence]);
    }
  }
}

async function openTable(client: PoolClient, line: Line, file: string, left: Set<string>): Promise<Table> {
  const [, name, listed] = parsed(tableSchema, line, file, 'a table');
  if (!left.delete(name)) {
    throw damaged(file, line.number, `the table ${name} is not known here, or comes twice`);
  }
  const columns = await columnsOf(client, name);
  const wanted = listed.map((column) => columns.find((one) => one.name === column));
  const known = wanted.filter((column) => column !== undefined);
  if (known.length !== listed.length) throw damaged(file, line.number, `${name} has a column that is not known here`);
  if (name === 'meta') await client.query('delete from meta');
  return new Table(name, file, known);
}

async function readAll(client: PoolClient, input: Readable, name: string): Promise<Imported> {
  let at: string | undefined;
  let table: Table | undefined;
  let rows = 0;
  let last = 0;
  let whole = false;
  const left = new Set(await tableNames(client));
  for await (const line of linesOf(input, name)) {
    last = line.number;
    if (whole) throw damaged(name, line.number, 'something follows the end');
    if (at === undefined) at = readHeader(line, name);
    else if (line.text.startsWith('["checksum"') && table === undefined) {
      const [, count, sum] = parsed(checksumSchema, line, name, 'the checksum');
      if (count !== rows || sum !== line.before()) throw damaged(name, line.number, 'the checksum does not match');
      whole = true;
    } else if (table === undefined) table = await openTable(client, line, name, left);
    else if (line.text.startsWith('[')) {
      await table.end(client, line);
      rows += table.count;
      table = undefined;
    } else await table.add(client, line);
  }
  if (at === undefined || !whole) throw damaged(name, last + 1, 'the file ends too early');
  return { rows, at };
}

/**
 * Reads an export, plain or gzip, into a store that holds no data yet. In one transaction: a damaged file leaves nothing.
 * @param name the file's name, for errors
 * @throws VedetteError `import-damaged` (with the line), `import-newer` or `import-full`
 */
export async function importStore(store: Store, input: Readable, name = 'The export'): Promise<Imported> {
  try {
    return await store.withClient(async (client) => {
      await client.query('begin');
      try {
        await refuseFull(client);
        const imported = await readAll(client, input, name);
        await client.query('commit');
        return imported;
      } catch (error) {
        await rollBack(client);
        throw error;
      }
    });
  } finally {
    input.destroy();
  }
}
