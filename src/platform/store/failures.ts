// PostgreSQL's and the operating system's errors as something a person can act on.

import { VedetteError, messageOf } from '../../domain/errors.ts';

export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : '';
}

/** An answer of the server, known by its form: what tells errors apart need not load the driver. */
function isDatabaseError(error: unknown): boolean {
  const { severity } = (error ?? {}) as { severity?: unknown };
  return error instanceof Error && typeof severity === 'string' && /^[0-9A-Z]{5}$/.test(codeOf(error));
}

const elsewhere = 'choose another folder with --data-dir or VEDETTE_DATA_DIR';
const notOurs = ['this user may not write there', `Make it writable for this user, or ${elsewhere}.`] as const;
const aFile = ['a part of the path is a file', `Correct the path, or ${elsewhere}.`] as const;
const folderReasons: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  EACCES: notOurs,
  EPERM: notOurs,
  EROFS: ['the file system is read-only', `Make it writable, or ${elsewhere}.`],
  ENOSPC: ['the disk is full', `Free space there and run the same command again, or ${elsewhere}.`],
  EDQUOT: ['the disk quota is used up', `Free space there and run the same command again, or ${elsewhere}.`],
  ENOTDIR: aFile,
  EEXIST: aFile,
  ENAMETOOLONG: ['the path is too long', 'Choose a shorter one with --data-dir or VEDETTE_DATA_DIR.'],
};

/** The error for a data folder that cannot be used. */
export function folderError(folder: string, error: unknown): VedetteError {
  const [reason, hint] = folderReasons[codeOf(error)] ?? [
    messageOf(error),
    'Choose another folder with --data-dir or VEDETTE_DATA_DIR, or free space and set its permissions.',
  ];
  return new VedetteError('data-folder', `The data folder ${folder} cannot be used: ${reason}.`, {
    hint,
    cause: error,
    place: { file: folder },
  });
}

/** Words of the system, and of PostgreSQL, for a disk that takes no more. */
export const diskFull = /No space left on device|Disk quota exceeded/i;

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

const lostReason = [
  /^/,
  'the connection to it was lost',
  'Repeat the command. If it happens again, `vedette doctor` says more.',
] as const;

/** The error for a database that cannot be used. `where` names it without its password. */
export function databaseError(where: string, error: unknown): VedetteError {
  if (error instanceof VedetteError) return error;
  const code = codeOf(error);
  const known = databaseReasons.find(([pattern]) => pattern.test(code)) ?? (isLost(error) ? lostReason : undefined);
  return new VedetteError(
    'store-unavailable',
    `The database ${where} cannot be used: ${known?.[1] ?? messageOf(error)}.`,
    {
      hint: known?.[2] ?? 'Run `vedette doctor` to see what is wrong.',
      cause: error,
    },
  );
}

/** Words of the driver for a connection that is no more; it gives them no code. */
const lostConnection =
  /^(Connection terminated|timeout exceeded when trying to connect|Cannot use a pool after|Client (was closed|has encountered))/;

function isLost(error: unknown): boolean {
  return error instanceof Error && (lostConnection.test(error.message) || /^(ECONN|EPIPE)/.test(codeOf(error)));
}

/** True for errors of the store: without it nothing can be committed, so they end the scan. */
export function isStoreError(error: unknown): boolean {
  if (isDatabaseError(error)) return true;
  if (error instanceof VedetteError) return /^(store|data-folder)/.test(error.code);
  return isLost(error);
}

const goOn = 'What was committed is kept: run the same command again to go on from there.';

/** Where the store is, for its errors. */
export interface StorePlace {
  dataDir: string;
  external: boolean;
  /** True when the embedded server had no space left in the time of this process. */
  full: boolean;
}

/**
 * An error of the store in the midst of work as something a person can act on. Other errors, and those of the store that
 * are a fault of ours (wrong SQL), come back as they are.
 */
export function explainStoreError(error: unknown, place: StorePlace): unknown {
  if (error instanceof VedetteError) return error;
  const code = codeOf(error);
  const lost = isLost(error) || (isDatabaseError(error) && /^(08|57P0)/.test(code));
  const trouble = isDatabaseError(error) && databaseReasons.some(([pattern]) => pattern.test(code));
  if (!lost && !trouble) return error;
  if (place.external && !lost) return databaseError('of DATABASE_URL', error);
  if (place.external)
    return new VedetteError('store-unavailable', `The connection to the database of DATABASE_URL was lost.`, {
      hint: `See that the database is up. ${goOn}`,
      cause: error,
    });
  // A server that cannot write what it is about to do gives up, and its connections break.
  const full = code === '53100' || (lost && place.full);
  if (lost && !full)
    return new VedetteError(
      'store-unavailable',
      `The embedded database in ${place.dataDir} went away during the work.`,
      {
        hint: `${goOn} If it happens again, "vedette doctor" and the server.log in that folder say more.`,
        cause: error,
        place: { file: place.dataDir },
      },
    );
  return new VedetteError(
    'data-folder',
    `The database in ${place.dataDir} cannot go on: ${full ? 'the disk is full' : messageOf(error)}.`,
    { hint: full ? `Free space there. ${goOn}` : goOn, cause: error, place: { file: place.dataDir } },
  );
}
