// Where the platform keeps a program's data and settings.
// Source: https://specifications.freedesktop.org/basedir-spec/latest/

import { posix, win32 } from 'node:path';

export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  /** The user's home folder. */
  home: string;
}

const pathOf = (platform: NodeJS.Platform): typeof posix => (platform === 'win32' ? win32 : posix);

/** A variable of the XDG specification; relative values are invalid there and are ignored. */
function absolute({ env, platform }: Surroundings, name: string): string | undefined {
  const value = env[name];
  return value !== undefined && pathOf(platform).isAbsolute(value) ? value : undefined;
}

/** The folder of store, reports and audit log, when none is set. */
export function defaultDataDir(at: Surroundings): string {
  const path = pathOf(at.platform);
  const xdg = absolute(at, 'XDG_DATA_HOME');
  if (xdg !== undefined) return path.join(xdg, 'vedette');
  if (at.platform === 'darwin') return path.join(at.home, 'Library', 'Application Support', 'vedette');
  if (at.platform === 'win32')
    return path.join(absolute(at, 'LOCALAPPDATA') ?? path.join(at.home, 'AppData', 'Local'), 'vedette');
  return path.join(at.home, '.local', 'share', 'vedette');
}

/** The folder that `vedette demo` uses, and other commands with `--demo`: never mixed with real data. */
export function demoDataDir(dataDir: string, platform: NodeJS.Platform): string {
  return pathOf(platform).join(dataDir, 'demo');
}

/** The folder of compiled code, which may be deleted at any time. */
export function compileCacheDir(at: Surroundings): string {
  const path = pathOf(at.platform);
  const xdg = absolute(at, 'XDG_CACHE_HOME');
  if (xdg !== undefined) return path.join(xdg, 'vedette', 'compiled');
  if (at.platform === 'darwin') return path.join(at.home, 'Library', 'Caches', 'vedette', 'compiled');
  if (at.platform === 'win32')
    return path.join(absolute(at, 'LOCALAPPDATA') ?? path.join(at.home, 'AppData', 'Local'), 'vedette', 'compiled');
  return path.join(at.home, '.cache', 'vedette', 'compiled');
}

/** The user's own configuration file. */
export function userConfigFile(at: Surroundings): string {
  const path = pathOf(at.platform);
  const xdg = absolute(at, 'XDG_CONFIG_HOME');
  if (xdg !== undefined) return path.join(xdg, 'vedette', 'config.yaml');
  if (at.platform === 'darwin') return path.join(at.home, 'Library', 'Application Support', 'vedette', 'config.yaml');
  if (at.platform === 'win32')
    return path.join(absolute(at, 'APPDATA') ?? path.join(at.home, 'AppData', 'Roaming'), 'vedette', 'config.yaml');
  return path.join(at.home, '.config', 'vedette', 'config.yaml');
}

/** Names under which a project's file is looked for in the working folder. */
export const projectFileNames = ['vedette.yaml', 'vedette.yml', 'vedette.json'] as const;
