// Who works on which account. A lock lives in a database session: when a process dies, however it dies, its locks are free.

import type pg from 'pg';
import type { Store } from '../../platform/store/contract.ts';

/** Locks of one process on the accounts of one scan. */
export interface AccountLocks {
  /** Takes the lock when it is free. */
  tryLock(key: string): Promise<boolean>;
  /** Waits until the lock is free and takes it. */
  lock(key: string, signal: AbortSignal): Promise<void>;
  unlock(key: string): Promise<void>;
  close(): void;
}

const namespace = 'vedette-scan';

/** How often a waiting process looks again. A session can wait for one lock only, so waiting is done by asking. */
const waitMs = 250;

/**
 * Opens the session that holds the locks. When it breaks (the server was stopped) the locks are gone with it; commits
 * are then refused by the accounts' fences as soon as another process takes over.
 */
export async function openAccountLocks(store: Store, scan: string): Promise<AccountLocks> {
  const client: pg.PoolClient = await store.pool.connect();
  client.on('error', () => undefined);
  const args = (key: string): unknown[] => [`${namespace} ${scan} ${key}`];
  // One session, one question at a time.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = last.then(task, task);
    last = result.catch(() => undefined);
    return result;
  };
  const tryLock = async (key: string): Promise<boolean> => {
    const { rows } = await inTurn(() =>
      client.query<{ locked: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 7)) as locked', args(key)),
    );
    return rows[0]?.locked === true;
  };
  return {
    tryLock,
    async lock(key, signal) {
      while (!(await tryLock(key))) {
        signal.throwIfAborted();
        await new Promise<void>((resolve) => {
          const timer = setTimeout(done, waitMs);
          function done(): void {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            resolve();
          }
          signal.addEventListener('abort', done, { once: true });
        });
      }
    },
    async unlock(key) {
      await inTurn(() => client.query('select pg_advisory_unlock(hashtextextended($1, 7))', args(key)));
    },
    close: () => client.release(true),
  };
}
