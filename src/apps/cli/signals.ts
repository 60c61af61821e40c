// Ctrl-C and SIGTERM: the first ends the work in order, a later one ends the process.

import { performance } from 'node:perf_hooks';
import type { ExitSource } from '../../platform/terminal/exit-hook.ts';
import { InterruptedError } from './errors.ts';

const signals = { SIGINT: 'SIGINT', SIGTERM: 'SIGTERM', SIGHUP: 'SIGTERM' } as const;

/** One Ctrl-C may come twice: the terminal tells every process, and npm passes on what it was told. */
const sameMs = 500;

/**
 * Aborts at the first signal, with an `InterruptedError`; a later one ends the process by the system's default.
 * The listener stays where it is meanwhile: whoever looks sees that the signal is handled.
 * @returns forgets it again
 */
export function watchSignals(
  controller: AbortController,
  source: ExitSource = process,
  now: () => number = () => performance.now(),
): () => void {
  let first: number | undefined;
  const handlers = Object.entries(signals).map(([name, meaning]) => ({
    name,
    handler: (): void => {
      if (first === undefined) {
        first = now();
        const hint = 'What was read is kept: run the same command again to go on from here.';
        controller.abort(new InterruptedError(meaning, hint));
      } else if (now() - first >= sameMs) {
        forget();
        source.kill(source.pid, name as keyof typeof signals);
      }
    },
  }));
  const forget = (): void => {
    for (const { name, handler } of handlers) source.off(name, handler);
  };
  for (const { name, handler } of handlers) source.on(name, handler);
  return forget;
}
