// Who uses the server. Each process holds one connection with a shared advisory lock, which PostgreSQL releases when the
// process ends in any way, kill -9 included. The last one out takes the lock alone and stops the server.

import type { Client } from 'pg';
import type { ServerFolder } from './folder.ts';
import { type ServerOptions, reach, stop } from './server.ts';

/** Any number, the same in all versions: the lock that says "in use". */
const inUse = 8_330_164_511;

export interface Presence {
  leave(): Promise<void>;
}

/** Enters, or gives up when the server stops while we wait at the door. */
async function enter(client: Client): Promise<boolean> {
  try {
    await client.query(`select pg_advisory_lock_shared(${inUse})`);
    return true;
  } catch {
    await client.end().catch(() => undefined);
    return false;
  }
}

async function reachAndEnter(folder: ServerFolder, options: ServerOptions): Promise<Client> {
  for (;;) {
    const client = await reach(folder, options);
    if (await enter(client)) return client;
  }
}

/**
 * Announces that this process uses the server, and keeps it announced: when the server is killed, it is started again.
 * @throws VedetteError as `reach`
 */
export async function present(folder: ServerFolder, options: ServerOptions): Promise<Presence> {
  let client = await reachAndEnter(folder, options);
  let leaving: Promise<void> | undefined;
  let returning: Promise<void> | undefined;

  const watch = (watched: Client): void => {
    watched.once('end', () => {
      if (leaving !== undefined || watched !== client) return;
      options.log.warn('The embedded PostgreSQL server went away; starting it again.');
      returning = comeBack();
    });
  };
  const comeBack = async (): Promise<void> => {
    try {
      client = await reachAndEnter(folder, options);
      watch(client);
    } catch (error) {
      options.log.warn(`The embedded PostgreSQL server could not be started again: ${(error as Error).message}`);
    }
  };
  const depart = async (): Promise<void> => {
    await returning;
    try {
      await client.query(`select pg_advisory_unlock_shared(${inUse})`);
      const { rows } = await client.query<{ last: boolean }>(`select pg_try_advisory_lock(${inUse}) as last`);
      if (rows[0]?.last === true) await stop(folder, options);
    } catch {
      // The server is gone already, or another process stops it.
    } finally {
      await client.end().catch(() => undefined);
    }
  };

  watch(client);
  return { leave: async () => await (leaving ??= depart()) };
}
