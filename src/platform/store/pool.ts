// Connections: how values are read, and what happens to a connection that breaks while it is idle.

import { type CustomTypesConfig, Pool, type PoolClient, type PoolConfig, types } from 'pg';
import type { StoreLog, TransactionOptions } from './contract.ts';

const { builtins } = types;

/** 64-bit integers as numbers (counts and ids stay far below 2^53), times as ISO 8601 text. */
function parserOf(oid: number, format?: 'text' | 'binary'): unknown {
  if (oid === builtins.INT8) return Number;
  if (oid === builtins.TIMESTAMPTZ) return (text: string) => new Date(text).toISOString();
  return types.getTypeParser(oid, format as 'text');
}
export const typeParsers = { getTypeParser: parserOf } as CustomTypesConfig;

/** A pool whose idle connections may break without ending the process: the next query opens a new one. */
export function openPool(config: PoolConfig, log: StoreLog): Pool {
  const pool = new Pool({ application_name: 'vedette', types: typeParsers, ...config });
  pool.on('error', (error) => log.debug(`An idle database connection broke: ${error.message}`));
  // Without this, a connection that breaks while it is lent out would end the process.
  pool.on('connect', (client) =>
    client.on('error', (error) => log.debug(`A database connection broke: ${error.message}`)),
  );
  return pool;
}

/** True for errors after which a connection is of no use: its server ended it, or it broke. */
function endsConnection(error: unknown): boolean {
  const { code = '', severity = '', message = '' } = error as { code?: string; severity?: string; message?: string };
  return (
    /^(FATAL|PANIC)$/.test(severity) ||
    /^(ECONN|EPIPE|08|57P0)/.test(code) ||
    message.startsWith('Connection terminated')
  );
}

/** Lends a connection; one that broke is not given back. */
export async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  const onError = (): void => {
    broken = true;
  };
  client.on('error', onError);
  try {
    return await work(client);
  } catch (error) {
    broken ||= endsConnection(error);
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

/** Rolls back; a connection that cannot do even that is closed, with whatever it has begun. */
export async function rollBack(client: PoolClient): Promise<void> {
  await client.query('rollback').catch(() => client.emit('error', new Error('rollback failed')));
}

const repeatable = new Set(['40001', '40P01']);
const attempts = 5;

/** See `Store.transaction`. */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withClient(pool, async (client) => {
        await client.query(options.durable === false ? 'begin; set local synchronous_commit = off' : 'begin');
        try {
          const result = await work(client);
          await client.query('commit');
          return result;
        } catch (error) {
          await rollBack(client);
          throw error;
        }
      });
    } catch (error) {
      if (attempt >= attempts || !repeatable.has((error as { code?: string }).code ?? '')) throw error;
    }
  }
}
