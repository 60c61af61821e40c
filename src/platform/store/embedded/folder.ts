// The folder of the embedded server: where it lies, whose it is, and what must not be touched.
//
//   <data folder>/postgres/        0700, owned by the server's user
//     data/                        PostgreSQL's own
//     server.log  .s.PGSQL.5432
//
// When the server's user cannot reach the data folder (root's home), `postgres` lies in the system folder instead and
// `<data folder>/postgres-folder` holds its path.

import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readFile, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { VedetteError } from '../../../domain/errors.ts';
import { codeOf, folderError } from '../failures.ts';
import { type ServerUser, canReach, serverUser } from './user.ts';

/** Where root keeps what its unprivileged server must reach and the data folder cannot hold. */
export const defaultSystemFolder = '/var/lib/vedette';

export interface ServerFolder {
  /** `<data folder>/postgres`, or its place in the system folder. */
  base: string;
  /** PostgreSQL's data directory. */
  data: string;
  /** Undefined: ourselves. */
  user: ServerUser | undefined;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Makes a folder and those above it. Not by `recursive`: where the system answers ENOENT below a folder that is there,
 * as /proc does, Node would try for ever.
 */
async function makeFolder(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    const there = await stat(path).catch(() => undefined);
    if (there?.isDirectory() === true) return;
    const above = dirname(path);
    if (codeOf(error) !== 'ENOENT' || (await exists(above))) throw error;
    await makeFolder(above, mode);
    await makeFolder(path, mode);
  }
}

/** Whoever may write to the data folder can put another database, or a link, in the place of what lies there. */
function refuseOthers(dataDir: string, uid: number, mode: number): void {
  const us = process.getuid?.();
  if (us === undefined) return;
  const foreign = us !== 0 && uid !== us && uid !== 0;
  if (!foreign && (mode & 0o002) === 0) return;
  const why = foreign ? `belongs to another user (uid ${uid})` : 'may be written to by every user of this machine';
  throw new VedetteError('data-folder', `The data folder ${dataDir} ${why}.`, {
    hint: `Name a folder of your own, which is made when it is not there, ${foreign ? 'with --data-dir or VEDETTE_DATA_DIR' : `for example --data-dir ${join(dataDir, 'vedette')}, or close this one: chmod o-w ${dataDir}`}.`,
    place: { file: dataDir },
  });
}

/** Makes the data folder; as root it lets the server's group pass through, and no one else. */
async function openDataFolder(dataDir: string, user: ServerUser | undefined): Promise<void> {
  // The folders above it are not ours to close.
  await makeFolder(dirname(dataDir), 0o777);
  await makeFolder(dataDir, 0o700);
  if (await exists(join(dataDir, 'PG_VERSION'))) {
    throw new VedetteError('data-folder', `The data folder ${dataDir} belongs to another PostgreSQL server.`, {
      hint: 'Choose a folder of its own for Vedette with --data-dir or VEDETTE_DATA_DIR.',
      place: { file: dataDir },
    });
  }
  const { uid, mode } = await stat(dataDir);
  refuseOthers(dataDir, uid, mode);
  if (user === undefined) return;
  if (uid !== 0 || (mode & 0o077) !== 0) return;
  await chown(dataDir, 0, user.gid);
  await chmod(dataDir, 0o710);
}

/** The place for a server whose user cannot reach the data folder; always the same for the same folder. */
async function elsewhere(dataDir: string, systemFolder: string): Promise<string> {
  const name = createHash('sha256')
    .update(await realpath(dataDir))
    .digest('hex')
    .slice(0, 16);
  const base = join(systemFolder, name);
  await makeFolder(systemFolder, 0o755);
  await chmod(systemFolder, 0o755);
  await makeFolder(base, 0o700);
  // In the place of what is there, and never through it: the data folder can be another user's, who put a link there.
  const pointer = join(dataDir, 'postgres-folder');
  const made = `${pointer}.${process.pid}.new`;
  await rm(made, { force: true });
  await writeFile(made, `${base}\n`, { mode: 0o600, flag: 'wx' });
  await rename(made, pointer);
  return base;
}

/** The place that an earlier start chose. Only one that `elsewhere` can have chosen is believed. */
async function pointerOf(dataDir: string, systemFolder: string): Promise<string | undefined> {
  const text = await readIfThere(join(dataDir, 'postgres-folder')).catch(() => undefined);
  return text !== undefined && dirname(text) === systemFolder ? text : undefined;
}

async function placeOf(dataDir: string, user: ServerUser | undefined, systemFolder: string): Promise<string> {
  const base = join(dataDir, 'postgres');
  if (await exists(base)) return base;
  const pointer = await pointerOf(dataDir, systemFolder);
  if (pointer !== undefined) {
    if (await exists(pointer)) return pointer;
    throw new VedetteError(
      'data-folder',
      `The database of ${dataDir} was kept in ${pointer}, which is not there any more.`,
      {
        hint: `Bring it back, or delete ${join(dataDir, 'postgres-folder')} to begin anew. A data folder outside private home folders (--data-dir) holds everything in itself.`,
        place: { file: pointer },
      },
    );
  }
  if (user === undefined || (await canReach(dataDir, user))) return base;
  return await elsewhere(dataDir, systemFolder);
}

/** Root gives no folder away to which another user's link leads. */
async function refuseLink(base: string): Promise<void> {
  const found = await lstat(base);
  if (!found.isSymbolicLink() || found.uid === 0) return;
  throw new VedetteError('data-folder', `${base} is a link, and not root's.`, {
    hint: 'Remove it, or choose another data folder with --data-dir or VEDETTE_DATA_DIR.',
    place: { file: base },
  });
}

/** Makes the server's folder; an empty one is handed to the server's user, and it is closed to everybody else. */
async function openBase(base: string, user: ServerUser | undefined): Promise<void> {
  await makeFolder(base, 0o700);
  if (user !== undefined) await refuseLink(base);
  if (user !== undefined && (await readdir(base)).length === 0) await chown(base, user.uid, user.gid);
  await chmod(base, 0o700);
  if (user === undefined) return;
  if ((await stat(base)).uid === user.uid && (await canReach(base, user))) return;
  throw new VedetteError('data-folder', `The user that runs PostgreSQL (uid ${user.uid}) cannot reach ${base}.`, {
    hint: 'Vedette runs as root here: choose a data folder outside private home folders, with --data-dir or VEDETTE_DATA_DIR.',
    place: { file: base },
  });
}

/** Refuses data that this program must not start a server on. */
async function judgeData(data: string, major: number): Promise<void> {
  if (!(await exists(data))) return;
  const version = await readIfThere(join(data, 'PG_VERSION'));
  if (version === undefined) {
    if ((await readdir(data)).length === 0) return await rm(data, { recursive: true });
    throw new VedetteError(
      'data-folder',
      `The folder ${data} holds something that is not a PostgreSQL server's data.`,
      {
        hint: 'Choose another data folder with --data-dir or VEDETTE_DATA_DIR, or move that folder away.',
        place: { file: data },
      },
    );
  }
  if (Number(version) === major) return;
  const newer = Number(version) > major;
  throw new VedetteError(
    newer ? 'store-newer' : 'store-older',
    `The data in ${data} was written by PostgreSQL ${version}; this version of Vedette brings PostgreSQL ${major}.`,
    {
      hint: newer
        ? 'Use the newer version of Vedette that wrote it.'
        : 'Run `vedette export` with the version of Vedette that wrote it, and `vedette import` with this one.',
      place: { file: data },
    },
  );
}

/**
 * Prepares the folder of the embedded server.
 * @param major PostgreSQL's major version that this program brings
 * @throws VedetteError `data-folder`, `store-newer`, `store-older` or `store-user`
 */
export async function serverFolder(
  dataDir: string,
  major: number,
  systemFolder: string = defaultSystemFolder,
): Promise<ServerFolder> {
  const folder = resolve(dataDir);
  try {
    const known = (await pointerOf(folder, systemFolder)) ?? join(folder, 'postgres');
    const user = await serverUser(join(known, 'data'));
    await openDataFolder(folder, user);
    const base = await placeOf(folder, user, systemFolder);
    await openBase(base, user);
    const data = join(await realpath(base), 'data');
    await judgeData(data, major);
    return { base: await realpath(base), data, user };
  } catch (error) {
    if (error instanceof VedetteError) throw error;
    throw folderError(folder, error);
  }
}
