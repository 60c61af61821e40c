// Who uses the server. Each process holds one connection with a shared advisory lock, which PostgreSQL releases when the
// process ends in any way, kill -9 included. The last one out takes the lock alone and stops the server.

import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import type { ServerFolder } from './folder.ts';
import { type ServerOptions, reach, stop } from './server.ts';

/** Any number, the same in all versions: the lock that says "in use". */
const inUse = 8_330_164_511;

/** How long the last one out waits for those that are connected and have not announced themselves. */
const patienceMs = 5_000;
const stepMs = 20;

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
 * Whether this connection is the last. After the server was killed and started again, a process may use it before its
 * presence is announced anew, and so may one that comes just now: both are connected, and are given time to enter.
 */
async function isLast(client: Client): Promise<boolean> {
  await client.query(`select pg_advisory_unlock_shared(${inUse})`);
  for (const until = Date.now() + patienceMs; ; await pause(stepMs)) {
    const { rows } = await client.query<{ alone: boolean; connected: boolean }>(`
      select pg_try_advisory_lock(${inUse}) as alone, exists (
        select from pg_stat_activity where application_name like 'vedette%' and pid <> pg_backend_pid()
      ) as connected`);
    const { alone = false, connected = true } = rows[0] ?? {};
    if (!alone || !connected || Date.now() > until) return alone;
    await client.query(`select pg_advisory_unlock(${inUse})`);
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
      // Whoever leaves has been told already why nothing can be committed.
      const tell = leaving === undefined ? options.log.warn : options.log.debug;
      tell(`The embedded PostgreSQL server could not be started again: ${(error as Error).message}`);
    }
  };
  const depart = async (): Promise<void> => {
    await returning;
    try {
      if (await isLast(client)) await stop(folder, options);
    } catch {
      // The server is gone already, or another process stops it.
    } finally {
      await client.end().catch(() => undefined);
    }
  };

  watch(client);
  return { leave: async () => await (leaving ??= depart()) };
}
