// A new data directory: made beside its place and renamed into it, so that it is there whole or not at all.

import { spawn } from 'node:child_process';
import { access, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { VedetteError } from '../../../domain/errors.ts';
import { diskFull, folderError } from '../failures.ts';
import { type Binaries, program } from './binaries.ts';
import { type Transport, superuser, writePassword } from './endpoint.ts';
import type { ServerFolder } from './folder.ts';
import type { ServerUser } from './user.ts';

/** What the server's programs see of our environment: nothing that is ours. */
export const serverEnvironment = {
  PATH: process.env['PATH'] ?? '',
  LC_ALL: 'C',
  TZ: 'UTC',
  ...(process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] }),
};

/** Options of spawn for a program of the server: under its user, in a session of its own so that Ctrl-C passes it by. */
export function spawnOptions(
  user: ServerUser | undefined,
  cwd: string,
): {
  cwd: string;
  detached: true;
  windowsHide: true;
  env: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
} {
  return { cwd, detached: true, windowsHide: true, env: serverEnvironment, ...user };
}

/** The last lines of what a program wrote, for an error. */
export function tail(text: string, lines = 5): string {
  return text.trim().split('\n').slice(-lines).join('\n').slice(-1000);
}

/** The error for a program of the server that could not be run or failed. */
export function programError(name: string, folder: ServerFolder, output: string, cause?: unknown): VedetteError {
  if (diskFull.test(output)) {
    return folderError(folder.base, Object.assign(new Error(tail(output)), { code: 'ENOSPC' }));
  }
  const detail = output === '' ? String((cause as Error | undefined)?.message ?? 'no output') : tail(output);
  return new VedetteError('store-start', `The embedded PostgreSQL could not start: ${name} says: ${detail}`, {
    hint: 'Run `vedette doctor`, or set DATABASE_URL to a PostgreSQL of your own.',
    cause,
    place: { file: folder.base },
  });
}

async function run(file: string, args: readonly string[], folder: ServerFolder): Promise<void> {
  const child = spawn(file, args, { ...spawnOptions(folder.user, folder.base), stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-8000);
  });
  await new Promise<void>((done, failed) => {
    child.once('error', (error) => failed(programError('initdb', folder, output, error)));
    child.once('close', (code) => (code === 0 ? done() : failed(programError('initdb', folder, output))));
  });
}

/** Removes what starts that were killed have left. One that is being made right now by a living process stays. */
async function removeRemains(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    const pid = /^initial-(\d+)$/.exec(name)?.[1];
    if (pid === undefined) continue;
    try {
      process.kill(Number(pid), 0);
    } catch {
      await rm(join(base, name), { recursive: true, force: true, maxRetries: 2 }).catch(() => undefined);
    }
  }
}

/**
 * Makes the data directory unless it is there. Two processes may do so at once: one of them wins.
 * @param sync false where data may be lost with the power: do not wait for the disk
 */
export async function initialise(
  binaries: Binaries,
  folder: ServerFolder,
  transport: Transport,
  sync = true,
): Promise<void> {
  await removeRemains(folder.base);
  const isThere = async (): Promise<boolean> =>
    await access(folder.data).then(
      () => true,
      () => false,
    );
  if (await isThere()) return;
  const partial = join(folder.base, `initial-${process.pid}`);
  // A pid can come again: what bears ours is from a process that is gone.
  await rm(partial, { recursive: true, force: true });
  const authentication =
    transport === 'socket' ? ['-A', 'trust'] : ['-A', 'scram-sha-256', '--pwfile', await writePassword(folder)];
  // The builtin provider sorts by code point on every platform and release, and still knows the case of all letters.
  const locale = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const more = [...authentication, ...locale, ...(sync ? [] : ['--no-sync'])];
  try {
    await run(program(binaries, 'initdb'), ['-D', partial, '-U', superuser, ...more], folder);
    await rename(partial, folder.data);
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined);
    if (!(await isThere())) throw error instanceof VedetteError ? error : folderError(folder.base, error);
  }
}
