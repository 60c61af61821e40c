// A fresh, migrated store for a test file, in a fraction of a second: a database copied from a template, on one embedded
// server that the test processes share, or on the server of VEDETTE_TEST_DATABASE_URL. Nothing is left behind but the
// server's folder in the temporary folder, which the next run uses again.

import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type ClientConfig } from 'pg';
import type { Store } from './contract.ts';
import { attach } from './embedded/attach.ts';
import { findBinaries, majorOf } from './embedded/binaries.ts';
import { migrate, ourMigrations } from './migrate.ts';
import { storeOver } from './open.ts';
import { openPool } from './pool.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined };
const templateLock = 8_330_164_513;
let count = 0;

/** A store whose `close` drops its database. */
export interface TestStore extends Store {
  /** How another process connects to the same database. */
  readonly connection: ClientConfig;
}

interface Server {
  connection: ClientConfig;
  release(): Promise<void>;
}

/** Tests may lose their data in a power cut. */
const fastSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Where root's unprivileged server can reach it, whatever TMPDIR says. */
const temporary = process.platform === 'win32' ? tmpdir() : '/tmp';

async function testServer(): Promise<Server> {
  const url = process.env['VEDETTE_TEST_DATABASE_URL'];
  if (url !== undefined && url !== '') {
    return { connection: { connectionString: url }, release: async () => undefined };
  }
  const { version } = await findBinaries();
  const dataDir = join(temporary, `vedette-test-${process.getuid?.() ?? 0}-${majorOf(version)}`);
  return await attach({
    dataDir,
    log: silent,
    settings: fastSettings,
    systemFolder: join(temporary, 'vedette-test-system'),
  });
}

/** The same server, another database. */
function inDatabase(connection: ClientConfig, database: string): ClientConfig {
  if (connection.connectionString === undefined) return { ...connection, database };
  const url = new URL(connection.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.href };
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

/** Drops what test processes that were killed have left, and templates of other migrations. */
async function dropRemains(admin: Client, template: string): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    String.raw`select datname as name from pg_database where datname like 'vedette\_t%'`,
  );
  for (const { name } of rows) {
    const pid = /^vedette_test_(\d+)_/.exec(name)?.[1];
    const old = pid === undefined ? name.startsWith('vedette_template_') && name !== template : isGone(Number(pid));
    if (old) await admin.query(`drop database if exists ${name}`).catch(() => undefined);
  }
}

async function ensureTemplate(admin: Client, server: Server, template: string): Promise<void> {
  const { rows } = await admin.query('select from pg_database where datname = $1', [template]);
  if (rows.length > 0) return;
  await dropRemains(admin, template);
  const building = `vedette_test_${process.pid}_template`;
  await admin.query(`create database ${building}`);
  const pool = openPool({ ...inDatabase(server.connection, building), max: 1 }, silent);
  try {
    await migrate(pool);
  } finally {
    await pool.end();
  }
  await admin.query(`alter database ${building} rename to ${template}`);
}

async function asAdmin<T>(server: Server, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client(server.connection);
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

async function createDatabase(server: Server): Promise<string> {
  const migrations = createHash('sha256').update(JSON.stringify(ourMigrations)).digest('hex').slice(0, 12);
  const template = `vedette_template_${migrations}`;
  count += 1;
  const name = `vedette_test_${process.pid}_${count}`;
  await asAdmin(server, async (admin) => {
    await admin.query(`select pg_advisory_lock(${templateLock})`);
    await ensureTemplate(admin, server, template);
    await admin.query(`drop database if exists ${name}`);
    await admin.query(`create database ${name} template ${template}`);
  });
  return name;
}

/**
 * Opens a store of its own for a test file. Call it in `beforeAll` and its `close` in `afterAll`.
 */
export async function testStore(): Promise<TestStore> {
  const server = await testServer();
  try {
    const name = await createDatabase(server);
    const connection = inDatabase(server.connection, name);
    const store = await storeOver({ ...connection, max: 6 }, 'embedded', name, silent, async () => {
      try {
        await asAdmin(server, async (admin) => await admin.query(`drop database if exists ${name} with (force)`));
      } finally {
        await server.release();
      }
    });
    return { ...store, connection };
  } catch (error) {
    await server.release();
    throw error;
  }
}
