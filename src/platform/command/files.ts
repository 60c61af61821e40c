// Files that a command is told to read or to make: opened before anything else is done, or refused as wrong usage.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type ReadStream, type WriteStream, createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, access, constants, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { UsageError, VedetteError, messageOf } from '../../domain/errors.ts';
import { buffered } from './stream.ts';

async function opened<S extends ReadStream | WriteStream>(stream: S, refuse: (why: string) => UsageError): Promise<S> {
  try {
    await once(stream, 'open');
    return stream;
  } catch (error) {
    throw refuse(messageOf(error));
  }
}

/**
 * A stream of a file that is there.
 * @throws UsageError when it cannot be opened
 */
export async function openInput(file: string): Promise<ReadStream> {
  return await opened(
    createReadStream(file),
    (why) => new UsageError(`${file} cannot be read: ${why}.`, { place: { file }, hint: 'Name a file that is there.' }),
  );
}

/**
 * Makes a new file that its owner alone may read, whole or not at all.
 * @throws UsageError when it is there already or cannot be made; what `write` throws
 */
export async function writeNewFile<T>(file: string, write: (out: WriteStream) => Promise<T>): Promise<T> {
  const out = await opened(
    createWriteStream(file, { mode: 0o600, flags: 'wx' }),
    (why) =>
      new UsageError(`${file} cannot be written: ${why}.`, {
        place: { file },
        hint: 'Name a new file in a folder that you may write to.',
      }),
  );
  try {
    const result = await write(out);
    if (!out.writableEnded) out.end();
    await finished(out);
    return result;
  } catch (error) {
    out.destroy();
    await unlink(file).catch(() => undefined);
    throw error;
  }
}

/** What the user can do about an error of the file system. */
function fileError(file: string, error: unknown): Error {
  if (error instanceof VedetteError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const place = { file };
  const folder = dirname(file);
  const hints: Readonly<Record<string, string>> = {
    ENOENT: `Make the folder ${folder} first, or choose another one.`,
    ENOTDIR: `${folder} is not a folder.`,
    EACCES: `Choose a folder that you may write to, or change the rights of ${folder}.`,
    EPERM: `Choose a folder that you may write to, or change the rights of ${folder}.`,
    EROFS: `${folder} lies on a read-only file system.`,
    ENOSPC: `The disk of ${folder} is full.`,
  };
  const hint = hints[code];
  return new VedetteError('file-not-written', `${file} cannot be written: ${messageOf(error)}.`, {
    place,
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  });
}

async function pour(chunks: AsyncIterable<string>, handle: FileHandle): Promise<void> {
  for await (const chunk of buffered(chunks)) await handle.write(chunk);
}

/** Where the system keeps devices and open files: `/dev/stdout` is a link, and replacing it would break the machine. */
const systemFolders = /^\/(?:dev|proc)(?:\/|$)/;

/** What lies at a path: a folder, a plain file with its mode, nothing, or what is special such as a pipe or a device. */
async function found(file: string): Promise<{ kind: 'folder' | 'file' | 'nothing' | 'special'; mode?: number }> {
  try {
    const at = await stat(file);
    if (at.isDirectory()) return { kind: 'folder' };
    const plain = at.isFile() && !systemFolders.test(file);
    return plain ? { kind: 'file', mode: at.mode & 0o777 } : { kind: 'special' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'nothing' };
    throw error;
  }
}

function isFolder(file: string, suggestedName: string): UsageError {
  return new UsageError(`${file} is a folder, not a file.`, {
    place: { file },
    hint: `Name the file in it, for example ${join(file, suggestedName)}.`,
  });
}

/**
 * Sees before the work that its result can be written after it.
 * @throws as `writeFileAtomically` would
 */
export async function checkWritable(file: string, suggestedName: string): Promise<void> {
  try {
    const { kind } = await found(file);
    if (kind === 'folder') throw isFolder(file, suggestedName);
    if (kind !== 'special') await access(dirname(file), constants.W_OK);
  } catch (error) {
    throw fileError(file, error);
  }
}

/**
 * Writes a file whole or not at all: under a temporary name beside it, then renamed over it.
 * A pipe or device is written into and never replaced. Who may read a file that was there may read the new one, nobody else.
 * @throws UsageError when the path is a folder, VedetteError `file-not-written` otherwise
 */
export async function writeFileAtomically(
  file: string,
  chunks: AsyncIterable<string>,
  suggestedName = 'result',
): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  let handle: FileHandle | undefined;
  try {
    const { kind, mode } = await found(file);
    if (kind === 'folder') throw isFolder(file, suggestedName);
    if (kind === 'special') {
      handle = await open(file, 'w');
      await pour(chunks, handle);
      await handle.close();
      return;
    }
    handle = await open(temporary, 'wx', mode);
    if (mode !== undefined) await handle.chmod(mode);
    await pour(chunks, handle);
    await handle.sync();
    await handle.close();
    await rename(temporary, file);
  } catch (error) {
    await handle?.close().catch(() => {});
    await unlink(temporary).catch(() => {});
    throw fileError(file, error);
  }
}
