// Calls something when the process ends: by itself, by `process.exit`, or by a signal that nobody handles.

/** The part of `process` that is needed, so that a test can stand in for it. */
export interface ExitSource {
  readonly pid: number;
  on(event: string, listener: () => void): unknown;
  off(event: string, listener: () => void): unknown;
  listenerCount(event: string): number;
  kill(pid: number, signal: NodeJS.Signals): unknown;
}

const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs `run` (synchronous, once) when the process ends.
 * A signal that the application handles itself stays its business: `run` is then called at its exit.
 * @returns forgets it again
 */
export function onProcessExit(run: () => void, source: ExitSource): () => void {
  let over = false;
  const once = (): void => {
    if (!over) run();
    over = true;
  };
  const listeners = signals.map((signal) => {
    const listener = (): void => {
      if (source.listenerCount(signal) > 1) return;
      once();
      source.off(signal, listener);
      source.kill(source.pid, signal);
    };
    source.on(signal, listener);
    return { signal, listener };
  });
  source.on('exit', once);
  return () => {
    over = true;
    source.off('exit', once);
    for (const { signal, listener } of listeners) source.off(signal, listener);
  };
}
