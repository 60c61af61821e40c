// Writing to streams that may be slow, full or gone.

import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { VedetteError, messageOf } from '../../domain/errors.ts';

const bufferSize = 65_536;

/** Joins small pieces, so that a row does not cost a system call. */
export async function* buffered(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const chunk of chunks) {
    held += chunk;
    if (held.length < bufferSize) continue;
    yield held;
    held = '';
  }
  if (held !== '') yield held;
}

/** Waits until a full stream takes more, or is closed. Throws the stream's error. */
async function roomIn(sink: Writable): Promise<void> {
  const over = new AbortController();
  try {
    await Promise.race([once(sink, 'drain', { signal: over.signal }), once(sink, 'close', { signal: over.signal })]);
  } finally {
    over.abort();
  }
}

/**
 * Writes pieces to a stream, waiting where it is full.
 * A reader that goes away (`| head`) ends the writing quietly; any other error is thrown.
 */
export async function writeToStream(chunks: AsyncIterable<string>, sink: Writable): Promise<void> {
  let failure: NodeJS.ErrnoException | undefined;
  const onError = (error: NodeJS.ErrnoException): void => {
    failure = error;
  };
  sink.on('error', onError);
  try {
    for await (const chunk of buffered(chunks)) {
      if (!sink.write(chunk)) await roomIn(sink).catch(onError);
      if (failure !== undefined || sink.destroyed) break;
    }
  } finally {
    sink.off('error', onError);
  }
  if (failure !== undefined && failure.code !== 'EPIPE') throw outputError(failure);
}

/** The error for standard output that takes no more. */
export function outputError(error: NodeJS.ErrnoException): VedetteError {
  const hint = error.code === 'ENOSPC' ? 'The disk of the file that it goes to is full: free space there.' : undefined;
  return new VedetteError('output-failed', `Standard output cannot be written: ${messageOf(error)}.`, {
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  });
}
