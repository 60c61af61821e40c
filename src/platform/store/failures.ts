// PostgreSQL's and the operating system's errors as something a person can act on.

import { VedetteError, messageOf } from '../../domain/errors.ts';

export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : '';
}

const folderReasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  ENAMETOOLONG: 'the path is too long',
};

/** The error for a data folder that cannot be used. */
export function folderError(folder: string, error: unknown): VedetteError {
  const reason = folderReasons[codeOf(error)] ?? messageOf(error);
  return new VedetteError('data-folder', `The data folder ${folder} cannot be used: ${reason}.`, {
    hint: 'Choose another folder with --data-dir or VEDETTE_DATA_DIR, or free space and set its permissions.',
    cause: error,
    place: { file: folder },
  });
}

const databaseReasons: readonly [RegExp, string, string][] = [
  [
    /^(ECONNREFUSED|ENOENT|EHOSTUNREACH|ENETUNREACH)$/,
    'nothing answers there',
    'Start the database, or correct host and port in DATABASE_URL.',
  ],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'its host name cannot be resolved', 'Correct the host in DATABASE_URL.'],
  [/^ETIMEDOUT$/, 'it did not answer in time', 'Check host, port and firewall of DATABASE_URL.'],
  [/^28/, 'it refuses the user or password', 'Correct user and password in DATABASE_URL.'],
  [/^3D000$/, 'the database does not exist', 'Create it (createdb vedette) or correct its name in DATABASE_URL.'],
  [/^42501$/, 'the user lacks a privilege', 'Let the user of DATABASE_URL own the database.'],
  [/^53100$/, 'its disk is full', 'Free space on the disk of the database.'],
  [/^53300$/, 'it has no connection left', 'Close other programs that use it, or raise max_connections.'],
  [
    /^(25006|57P0[123])$/,
    'it is shutting down or read-only',
    'Wait until the database is up again, then repeat the command.',
  ],
];

/** The error for a database that cannot be used. `where` names it without its password. */
export function databaseError(where: string, error: unknown): VedetteError {
  if (error instanceof VedetteError) return error;
  const code = codeOf(error);
  const known = databaseReasons.find(([pattern]) => pattern.test(code));
  return new VedetteError(
    'store-unavailable',
    `The database ${where} cannot be used: ${known?.[1] ?? messageOf(error)}.`,
    {
      hint: known?.[2] ?? 'Run `vedette doctor` to see what is wrong.',
      cause: error,
    },
  );
}
