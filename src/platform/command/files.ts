// Files that a command is told to read or to make: opened before anything else is done, or refused as wrong usage.

import { once } from 'node:events';
import { type ReadStream, type WriteStream, createReadStream, createWriteStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { UsageError, messageOf } from '../../domain/errors.ts';

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
