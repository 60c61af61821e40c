// What the rest of the product knows of the store.

import type { Pool, PoolClient } from 'pg';

/** Where the store says what it does: a pino logger fits. */
export interface StoreLog {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
}

export interface TransactionOptions {
  /**
   * False for what a scan can collect again: the commit does not wait for the disk. A crash of the server may then
   * lose the last commits, whole, never in part. Default true.
   */
  durable?: boolean;
}

/**
 * An open store. In results of plain queries 64-bit integers are numbers and `timestamptz` is ISO 8601 text in UTC;
 * `jsonb` is parsed. Write times as ISO 8601 text. Texts and JSON that come from outside go through `storable.ts`
 * first, because PostgreSQL takes neither NUL nor lone surrogates.
 */
export interface Store {
  readonly pool: Pool;
  readonly kind: 'embedded' | 'external';
  /** One connection for the length of `work`. */
  withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T>;
  /**
   * One transaction, rolled back when `work` throws. `work` runs again (up to five times) after a deadlock or a
   * serialization failure, so it must not change anything outside the store.
   */
  transaction<T>(work: (client: PoolClient) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Closes the connections; the last process that uses the embedded server stops it. Safe to call twice. */
  close(): Promise<void>;
}
