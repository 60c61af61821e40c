// A store as text, one JSON value a line, so that it can be compressed, kept, and read by another version or machine:
//
//   ["vedette-export", 1, {"schema": "0000_first", "at": "2026-11-20T10:00:00.000Z"}]
//   ["table", "account", ["organization_id", "id", …]]
//   {"organization_id": "o-exampleorgid", "id": "111122223333", …}
//   ["end", "account", 1]
//   …
//   ["checksum", 1, "<SHA-256 over every line before, with its line feed>"]
//
// Values of type jsonb are JSON texts within the JSON, so that the JSON value null and a missing value stay apart.

import type { PoolClient } from 'pg';
import { z } from 'zod';

export const formatName = 'vedette-export';
export const formatVersion = 1;

export const headerSchema = z.tuple([
  z.literal(formatName),
  z.number().int(),
  z.looseObject({ schema: z.string(), at: z.string() }),
]);
export const tableSchema = z.tuple([z.literal('table'), z.string(), z.array(z.string())]);
export const endSchema = z.tuple([z.literal('end'), z.string(), z.number().int().nonnegative()]);
export const checksumSchema = z.tuple([z.literal('checksum'), z.number().int().nonnegative(), z.string()]);

/** The tables that are taken along: all but the list of migrations, which the header stands for. */
export async function tableNames(client: Pick<PoolClient, 'query'>): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables
      where schemaname = current_schema() and tablename <> 'vedette_migration' order by tablename <> 'meta', tablename`,
  );
  return rows.map((row) => row.name);
}

export interface Column {
  name: string;
  /** As PostgreSQL writes it, for example `timestamp(3) with time zone`. */
  type: string;
  /** The place in the primary key, from 1; null when it is not part of it. */
  key: number | null;
  sequence: string | null;
}

/** The columns of a table as the database has them. */
export async function columnsOf(client: Pick<PoolClient, 'query'>, table: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
            array_position(i.indkey::int2[], a.attnum) + 1 as key,
            pg_get_serial_sequence(quote_ident($1), a.attname) as sequence
       from pg_attribute a
       left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
      where a.attrelid = to_regclass(quote_ident($1)) and a.attnum > 0 and not a.attisdropped
      order by a.attnum`,
    [table],
  );
  return rows;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
