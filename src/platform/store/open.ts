// Opens the store: the embedded PostgreSQL of a data folder, or the one that DATABASE_URL names.

import { Client, type Pool, type PoolConfig } from 'pg';
import { UsageError, VedetteError } from '../../domain/errors.ts';
import type { Store, StoreLog } from './contract.ts';
import { type EmbeddedOptions, attach } from './embedded/attach.ts';
import { databaseError } from './failures.ts';
import { migrate } from './migrate.ts';
import { inTransaction, openPool, withClient } from './pool.ts';

export type { Store, StoreLog, TransactionOptions } from './contract.ts';

export interface OpenStoreOptions {
  dataDir: string;
  /** `postgres://…`; with it the embedded server is not used. */
  databaseUrl?: string | undefined;
  log?: StoreLog | undefined;
  /** Connections of this process at most; default 8. */
  connections?: number;
  /** For the embedded server: where root keeps what its unprivileged server must reach, and further settings. */
  embedded?: Pick<EmbeddedOptions, 'systemFolder' | 'settings' | 'transport'>;
}

const silent: StoreLog = { debug: () => undefined, info: () => undefined, warn: () => undefined };

/** Names a database for people, without user and password. */
function placeOf(connectionString: string): string {
  try {
    const { host, port, database } = new Client({ connectionString });
    return `${database ?? ''} on ${host}${host.startsWith('/') ? '' : `:${port}`}`;
  } catch (error) {
    throw new UsageError('DATABASE_URL is not a PostgreSQL address.', {
      hint: 'It looks like postgres://user:password@host:5432/database.',
      cause: error,
    });
  }
}

function checked(databaseUrl: string): string {
  if (/^postgres(ql)?:\/\//.test(databaseUrl)) return databaseUrl;
  throw new UsageError('DATABASE_URL is not a PostgreSQL address.', {
    hint: 'It looks like postgres://user:password@host:5432/database.',
  });
}

/** The store over a pool; `release` runs after its connections are closed. */
export async function storeOver(
  config: PoolConfig,
  kind: Store['kind'],
  place: string,
  log: StoreLog = silent,
  release: () => Promise<void> = async () => undefined,
): Promise<Store> {
  const pool: Pool = openPool(config, log);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    try {
      await pool.end();
    } finally {
      await release();
    }
  };
  try {
    await migrate(pool);
  } catch (error) {
    await close();
    throw databaseError(place, error);
  }
  return {
    pool,
    kind,
    withClient: async (work) => await withClient(pool, work),
    transaction: async (work, options) => await inTransaction(pool, work, options),
    close: async () => await (closing ??= close()),
  };
}

/**
 * Opens the store and brings its tables up to date.
 * @throws VedetteError with a hint: `data-folder`, `store-newer`, `store-older`, `store-foreign`, `store-server`,
 *   `store-user`, `store-binary`, `store-start`, `store-unavailable`; UsageError for a bad DATABASE_URL
 */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  const log = options.log ?? silent;
  const max = options.connections ?? 8;
  if (options.databaseUrl !== undefined && options.databaseUrl !== '') {
    const connectionString = checked(options.databaseUrl);
    const config = { connectionString, max, connectionTimeoutMillis: 15_000, keepAlive: true };
    return await storeOver(config, 'external', placeOf(connectionString), log);
  }
  const embedded = await attach({ dataDir: options.dataDir, log, ...options.embedded });
  const config = { ...embedded.connection, max };
  try {
    return await storeOver(config, 'embedded', `in ${options.dataDir}`, log, embedded.release);
  } catch (error) {
    await embedded.release();
    throw error instanceof VedetteError ? error : databaseError(`in ${options.dataDir}`, error);
  }
}
