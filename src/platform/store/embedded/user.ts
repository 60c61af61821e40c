// Under which user the server runs. PostgreSQL refuses to run as root, so root hands it to an unprivileged user.

import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { VedetteError } from '../../../domain/errors.ts';

export interface ServerUser {
  uid: number;
  gid: number;
}

/** In this order. initdb asks for an entry in the user database, so a bare number will not do. */
const candidates = ['vedette', 'postgres', 'nobody'];

/** The entries of a passwd file, by name and by uid. */
export function parsePasswd(text: string): Map<string, ServerUser> {
  const users = new Map<string, ServerUser>();
  for (const line of text.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (!name || !/^\d+$/.test(uid ?? '') || !/^\d+$/.test(gid ?? '')) continue;
    users.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  return users;
}

async function ownerOf(path: string): Promise<ServerUser | undefined> {
  try {
    const { uid, gid } = await stat(path);
    return uid === 0 ? undefined : { uid, gid };
  } catch {
    return undefined;
  }
}

/**
 * The user that runs the server on `dataFolder`: undefined for ourselves; as root the owner of existing data,
 * else `vedette`, `postgres` or `nobody`, whichever exists first.
 */
export async function serverUser(dataFolder: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await ownerOf(dataFolder);
  if (owner !== undefined) return owner;
  const users = parsePasswd(await readFile('/etc/passwd', 'utf8').catch(() => ''));
  for (const name of candidates) {
    const user = users.get(name);
    if (user !== undefined && user.uid !== 0) return user;
  }
  throw new VedetteError('store-user', 'PostgreSQL does not run as root, and there is no user to run it as.', {
    hint: 'Run Vedette as an ordinary user, add one named vedette (useradd --system vedette), or set DATABASE_URL.',
  });
}

const bitOf = { read: 4, enter: 1 } as const;

async function allows(path: string, user: ServerUser, need: 'read' | 'enter'): Promise<boolean> {
  const { mode, uid, gid } = await stat(path);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & bitOf[need]) !== 0;
}

/** True when `user` can pass through every folder down to and including `folder`, by its permission bits. */
export async function canReach(folder: string, user: ServerUser): Promise<boolean> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (!(await allows(at, user, 'enter'))) return false;
    if (at === dirname(at)) return true;
  }
}
