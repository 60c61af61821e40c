// Brings the tables up to date, once, whoever comes first; refuses data that is newer than the program or not ours.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { VedetteError } from '../../domain/errors.ts';
import { inTransaction } from './pool.ts';
import bundle from './migrations/bundle.json' with { type: 'json' };
import type { Migration } from './migrations.ts';

const migrationLock = 8_330_164_512;
const oldestServer = 150_000;

export const ourMigrations: readonly Migration[] = bundle;

/** The version of our tables: the tag of the last migration. */
export function schemaVersion(migrations: readonly Migration[] = ourMigrations): string {
  return migrations.at(-1)?.tag ?? 'none';
}

interface Applied {
  tag: string;
  hash: string;
}

/** The migrations that a store has; undefined when it is not ours yet. */
export async function appliedMigrations(client: Pick<PoolClient, 'query'>): Promise<Applied[] | undefined> {
  const { rows } = await client.query<{ there: boolean }>(
    `select exists (select from pg_tables where schemaname = current_schema() and tablename = 'vedette_migration') as there`,
  );
  if (rows[0]?.there !== true) return undefined;
  return (await client.query<Applied>('select tag, hash from vedette_migration order by tag')).rows;
}

/**
 * The migrations that are still to be made.
 * @throws VedetteError `store-newer`, or `store-foreign` when an applied migration is not ours
 */
export function missingMigrations(ours: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  const last = schemaVersion(ours);
  for (const [index, { tag, hash }] of applied.entries()) {
    const own = ours[index];
    if (own === undefined && tag > last) {
      throw new VedetteError(
        'store-newer',
        `The store was written by a newer version of Vedette (schema ${tag}, here ${last}).`,
        {
          hint: 'Use that newer version, or another data folder (--data-dir) or database.',
        },
      );
    }
    if (own?.tag !== tag || own.hash !== hash) {
      throw new VedetteError('store-foreign', `The store's schema is not that of a released Vedette (at ${tag}).`, {
        hint: 'Use the version that wrote it, or another data folder (--data-dir) or database.',
      });
    }
  }
  return ours.slice(applied.length);
}

async function refuseForeign(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ schema: string | null; tables: number }>(
    'select current_schema() as schema, (select count(*) from pg_tables where schemaname = current_schema()) as tables',
  );
  if (rows[0]?.schema === null) {
    throw new VedetteError('store-foreign', "The database has no schema on the connection's search path.", {
      hint: 'Create the schema, or correct search_path in DATABASE_URL.',
    });
  }
  if ((rows[0]?.tables ?? 0) === 0) return;
  throw new VedetteError('store-foreign', `The database holds ${rows[0]?.tables} tables that are not Vedette's.`, {
    hint: 'Give Vedette a database of its own (createdb vedette), or an empty schema with ?options=-csearch_path%3Dvedette in DATABASE_URL.',
  });
}

async function refuseOldServer(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ version: string }>("select current_setting('server_version_num') as version");
  const version = Number(rows[0]?.version ?? 0);
  if (version >= oldestServer) return;
  throw new VedetteError(
    'store-server',
    `The database is PostgreSQL ${Math.floor(version / 10_000)}; Vedette needs 15 or newer.`,
    {
      hint: 'Upgrade the server, or point DATABASE_URL at a newer one.',
    },
  );
}

async function apply(client: PoolClient, ours: readonly Migration[]): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [migrationLock]);
  const applied = await appliedMigrations(client);
  if (applied === undefined) {
    await refuseForeign(client);
    await client.query(
      'create table vedette_migration (tag text primary key, hash text not null, applied_at timestamptz not null default now())',
    );
  }
  for (const { tag, hash, statements } of missingMigrations(ours, applied ?? [])) {
    for (const statement of statements) await client.query(statement);
    await client.query('insert into vedette_migration (tag, hash) values ($1, $2)', [tag, hash]);
  }
  if (applied !== undefined) return;
  await client.query(
    `insert into meta (key, value)
     values ('installation_id', $1), ('installation_secret', $2), ('created_at', $3)`,
    [randomUUID(), randomBytes(32).toString('hex'), new Date().toISOString()],
  );
}

/**
 * Makes the tables as this program knows them. Safe with several processes at once; all or nothing.
 * @throws VedetteError `store-newer`, `store-foreign` or `store-server`
 */
export async function migrate(pool: Pool, ours: readonly Migration[] = ourMigrations): Promise<void> {
  await inTransaction(pool, async (client) => {
    await refuseOldServer(client);
    const applied = await appliedMigrations(client);
    if (applied !== undefined && missingMigrations(ours, applied).length === 0) return;
    await apply(client, ours);
  });
}
