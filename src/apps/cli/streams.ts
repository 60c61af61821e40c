// Standard output and error that take no more: a reader that left, a full disk, a closed terminal.

import type { Writable } from 'node:stream';
import type { VedetteError } from '../../domain/errors.ts';
import { outputError } from '../../platform/command/stream.ts';

/**
 * Keeps errors of the standard streams from ending the process in the midst of its work. A reader that goes away
 * (`| head`) ends the output, not the command; nobody can be told that standard error is gone.
 * @returns waits until standard output has taken everything, and says what failed; a reader that left is no failure
 */
export function guardStreams(streams: { stdout: Writable; stderr: Writable }): () => Promise<VedetteError | undefined> {
  let failure: VedetteError | undefined;
  streams.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') return;
    failure ??= outputError(error);
  });
  streams.stderr.on('error', () => {});
  return async () => {
    if (!streams.stdout.destroyed) await new Promise<void>((resolve) => streams.stdout.write('', () => resolve()));
    return failure;
  };
}
