// How the server is reached: a socket in a folder that only its user may enter; on Windows loopback and a password.

import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, lchown, lstat, mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { ClientConfig } from 'pg';
import { VedetteError } from '../../../domain/errors.ts';
import { codeOf } from '../failures.ts';
import type { ServerFolder } from './folder.ts';
import { readPidFile } from './pid-file.ts';

export type Transport = 'socket' | 'loopback';

export const defaultTransport: Transport = process.platform === 'win32' ? 'loopback' : 'socket';

export const superuser = 'vedette';
const socketName = '.s.PGSQL.5432';
/** sun_path holds 108 bytes on Linux and 104 on macOS and BSD, the closing NUL included: unix(7), unix(4). */
export const socketPathLimit = process.platform === 'linux' ? 107 : 103;

/** The folder for the socket: the server's own, or a private one with a short name when its path is too long. */
export function socketFolder(base: string): string {
  if (Buffer.byteLength(join(base, socketName)) <= socketPathLimit) return base;
  return join('/tmp', `vedette-${createHash('sha256').update(base).digest('hex').slice(0, 24)}`);
}

export function socketPath(base: string): string {
  return join(socketFolder(base), socketName);
}

/** Makes the short folder; one that somebody else made there first is refused. */
async function openSocketFolder(folder: ServerFolder): Promise<string> {
  const path = socketFolder(folder.base);
  if (path === folder.base) return path;
  await mkdir(path, { mode: 0o700 }).then(
    async () => {
      if (folder.user !== undefined) await chown(path, folder.user.uid, folder.user.gid);
      await chmod(path, 0o700);
    },
    () => undefined,
  );
  await requireOurs(path, folder);
  return path;
}

/**
 * The short folder lies where every user of the machine may make one: a server that somebody else put there first would
 * be told everything.
 * @returns false when it is not there
 */
async function requireOurs(path: string, folder: ServerFolder): Promise<boolean> {
  const found = await lstat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return false;
  const owner = folder.user?.uid ?? process.getuid?.();
  if (found.isDirectory() && found.uid === owner && (found.mode & 0o077) === 0) return true;
  throw new VedetteError(
    'store-socket',
    `The folder ${path}, meant for the database's socket, belongs to somebody else.`,
    {
      hint: 'Choose a data folder with a shorter path, with --data-dir or VEDETTE_DATA_DIR.',
      place: { file: path },
    },
  );
}

/** Removes the short folder after the server has stopped; one that a new server uses is not empty and stays. */
export async function closeSocketFolder(base: string): Promise<void> {
  const path = socketFolder(base);
  if (path !== base) await rmdir(path).catch(() => undefined);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, failed) => server.once('error', failed).listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

export function passwordFile(base: string): string {
  return join(base, 'password');
}

/** Writes the password for a new server, for `initdb --pwfile`. */
export async function writePassword(folder: ServerFolder): Promise<string> {
  const file = passwordFile(folder.base);
  await writeFile(file, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx' }).catch(() => undefined);
  // The folder is the server's user's: what it put there is not followed.
  if (folder.user !== undefined) await lchown(file, folder.user.uid, folder.user.gid);
  return file;
}

/** The arguments by which the server listens. */
export async function listenArguments(folder: ServerFolder, transport: Transport): Promise<string[]> {
  if (transport === 'loopback') {
    return ['-c', 'listen_addresses=127.0.0.1', '-p', String(await freePort()), '-c', 'unix_socket_directories='];
  }
  const path = await openSocketFolder(folder);
  return ['-c', 'listen_addresses=', '-p', '5432', '-k', path, '-c', 'unix_socket_permissions=0700'];
}

/** How to connect to the server that runs on the folder; undefined when it cannot be running. */
export async function connectionOf(folder: ServerFolder, transport: Transport): Promise<ClientConfig | undefined> {
  const base = { user: superuser, database: 'postgres' };
  if (transport === 'socket') {
    const path = socketFolder(folder.base);
    if (path !== folder.base && !(await requireOurs(path, folder))) return undefined;
    return { ...base, host: path, port: 5432 };
  }
  const running = await readPidFile(folder.data);
  if (running === undefined || running.port === 0) return undefined;
  const password = await readFile(passwordFile(folder.base), 'utf8');
  return { ...base, host: '127.0.0.1', port: running.port, password };
}
