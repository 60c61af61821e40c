// What `vedette doctor` says of the store: each thing that can be wrong with it, looked at on its own.

import { stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { VedetteError, messageOf } from '../../domain/errors.ts';
import { findBinaries, majorOf, packageName, reachableBinaries } from './embedded/binaries.ts';
import { socketPath, socketPathLimit } from './embedded/endpoint.ts';
import { type ServerFolder, defaultSystemFolder, serverFolder } from './embedded/folder.ts';
import { serverState } from './embedded/pid-file.ts';
import { appliedMigrations, schemaVersion } from './migrate.ts';
import { type OpenStoreOptions, openStore } from './open.ts';

export interface DoctorCheck {
  name: string;
  ok: boolean;
  /** One sentence: what was found. */
  detail: string;
  /** What to do when it is not well. */
  hint?: string;
}

/** With less than this the store may fill the disk during a scan of a middling organisation. */
const leastFreeBytes = 1_000_000_000;

function trouble(name: string, error: unknown): DoctorCheck {
  const hint = error instanceof VedetteError ? error.hint : undefined;
  return { name, ok: false, detail: messageOf(error), ...(hint === undefined ? {} : { hint }) };
}

async function look(name: string, work: () => Promise<Omit<DoctorCheck, 'name'> | string>): Promise<DoctorCheck> {
  try {
    const found = await work();
    return typeof found === 'string' ? { name, ok: true, detail: found } : { name, ...found };
  } catch (error) {
    return trouble(name, error);
  }
}

/** The nearest folder that exists: where a data folder that does not would be made. */
async function nearest(path: string): Promise<string> {
  for (let at = resolve(path); ; at = dirname(at)) {
    const found = await stat(at).catch(() => undefined);
    if (found !== undefined || at === dirname(at)) return at;
  }
}

async function space(dataDir: string): Promise<Omit<DoctorCheck, 'name'> | string> {
  const at = await nearest(dataDir);
  const { bavail, bsize } = await statfs(at);
  const free = bavail * bsize;
  const detail = `${(free / 1e9).toFixed(1)} GB are free at ${at}.`;
  if (free >= leastFreeBytes) return detail;
  return { ok: false, detail, hint: 'Free space, or choose a data folder on another disk with --data-dir.' };
}

async function permissions(folder: ServerFolder): Promise<Omit<DoctorCheck, 'name'> | string> {
  const { mode, uid } = await stat(folder.base);
  const bits = (mode & 0o777).toString(8).padStart(3, '0');
  const detail = `${folder.base} has mode 0${bits} and belongs to uid ${uid}.`;
  const owner = folder.user?.uid ?? process.getuid?.() ?? uid;
  if (process.platform === 'win32' || (bits === '700' && uid === owner)) return detail;
  return { ok: false, detail, hint: `It should have mode 0700 and belong to uid ${owner}.` };
}

async function running(folder: ServerFolder): Promise<string> {
  const found = await serverState(folder.data);
  if (found.state === 'running')
    return `The server runs (process ${found.pid}); others use it, or it was left behind and is taken over.`;
  return found.state === 'none'
    ? 'The server does not run; it is started when it is needed.'
    : 'A server was killed; its data is recovered at the next start.';
}

/** Opens the store as any command would, which also makes it when it is new. */
async function connection(options: OpenStoreOptions): Promise<DoctorCheck[]> {
  try {
    const store = await openStore(options);
    try {
      const { rows } = await store.pool.query<{ version: string; size: number }>(
        `select current_setting('server_version') as version, pg_database_size(current_database()) as size`,
      );
      const applied = (await appliedMigrations(store.pool)) ?? [];
      const size = `${((rows[0]?.size ?? 0) / 1e6).toFixed(0)} MB`;
      return [
        { name: 'connection', ok: true, detail: `The store (${store.kind}) answers and holds ${size}.` },
        { name: 'server version', ok: true, detail: `PostgreSQL ${rows[0]?.version ?? ''}; 15 or newer is needed.` },
        {
          name: 'schema version',
          ok: true,
          detail: `${applied.at(-1)?.tag ?? 'none'}; this program knows ${schemaVersion()}.`,
        },
      ];
    } finally {
      await store.close();
    }
  } catch (error) {
    return [trouble('connection', error)];
  }
}

/** Looks at everything that the store rests on. Never throws: what is wrong is among the checks. */
export async function checkStore(options: OpenStoreOptions): Promise<DoctorCheck[]> {
  if (options.databaseUrl !== undefined && options.databaseUrl !== '') return await connection(options);
  const systemFolder = options.embedded?.systemFolder ?? defaultSystemFolder;
  const checks: DoctorCheck[] = [await look('disk space', async () => await space(options.dataDir))];
  let major: number | undefined;
  checks.push(
    await look('platform binary', async () => {
      const { version } = await findBinaries();
      major = majorOf(version);
      return `PostgreSQL ${version} of ${packageName()} is installed.`;
    }),
  );
  if (major === undefined) return checks;
  const known = major;
  let folder: ServerFolder | undefined;
  checks.push(
    await look('data folder', async () => {
      folder = await serverFolder(options.dataDir, known, systemFolder);
      return folder.base.startsWith(resolve(options.dataDir))
        ? `${folder.base} can be used.`
        : `${folder.base} is used, because the server's user cannot reach ${resolve(options.dataDir)}.`;
    }),
  );
  if (folder === undefined) return checks;
  const found = folder;
  checks.push(
    await look('permissions', async () => await permissions(found)),
    await look('server user', async () => {
      const { root } = await reachableBinaries(found.user, systemFolder);
      return found.user === undefined
        ? `The server runs as this user, from ${root}.`
        : `As root, the server runs under uid ${found.user.uid}, from ${root}.`;
    }),
    await look('socket path', async () => {
      const path = socketPath(found.base);
      return `${path} has ${Buffer.byteLength(path)} bytes; ${socketPathLimit} are allowed.`;
    }),
    await look('server', async () => await running(found)),
    ...(await connection(options)),
  );
  return checks;
}
