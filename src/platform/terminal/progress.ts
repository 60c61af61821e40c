// Progress of a long command: a bar on a terminal, a line every ten seconds in a log, nothing when quiet.
// Lines written through it stand above the bar and never tear it.

import type { Clock } from '../clock/clock.ts';
import type { Style } from './colour.ts';
import { plainStyle } from './colour.ts';
import { onProcessExit } from './exit-hook.ts';
import { progressBar, progressText } from './progress-line.ts';
import type { ProgressState } from './progress-line.ts';

/** Where progress goes: `process.stderr` fits. */
export interface ProgressStream {
  write(text: string): unknown;
  columns?: number;
}

export interface ProgressOptions {
  stream: ProgressStream;
  /** A terminal that understands cursor movement: neither a pipe nor `TERM=dumb`. */
  isTTY: boolean;
  clock: Clock;
  style?: Style;
  /** Shows no progress; `message` still prints. */
  quiet?: boolean;
  /** Calls `run` every `milliseconds` and returns how to stop. Default: an unreferenced interval. */
  every?(milliseconds: number, run: () => void): () => void;
  /** Calls `run` when the process ends, however it ends, and returns how to forget it. Default: see `exit-hook.ts`. */
  onExit?(run: () => void): () => void;
}

export interface Progress {
  /** The new state. Drawn at most ten times a second; the newest state is always drawn in the end. */
  update(state: ProgressState): void;
  /** Prints a whole line (without its line feed) above the bar, or as it is where there is no bar. */
  message(line: string): void;
  /** Removes the bar and gives the cursor back. Further calls do nothing but print messages. */
  done(): void;
}

const redrawMs = 100;
const lineMs = 10_000;
const clearLine = '\r\u001b[2K';
const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';

function unreferencedInterval(milliseconds: number, run: () => void): () => void {
  const timer = setInterval(run, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
}

/** Starts to show progress. Nothing is written before the first `update` or `message`. */
export function createProgress(options: ProgressOptions): Progress {
  if (options.quiet === true) return quietProgress(options);
  return options.isTTY ? barProgress(options) : lineProgress(options);
}

function quietProgress({ stream }: ProgressOptions): Progress {
  return { update: () => {}, message: (line) => void stream.write(`${line}\n`), done: () => {} };
}

function lineProgress(options: ProgressOptions): Progress {
  const { stream, clock } = options;
  const start = clock.now().getTime();
  let state: ProgressState | undefined;
  const print = (): void => {
    if (state !== undefined) stream.write(`${progressText(state, clock.now().getTime() - start)}\n`);
  };
  let stop = (options.every ?? unreferencedInterval)(lineMs, print);
  return {
    update: (next) => {
      state = next;
    },
    message: (line) => void stream.write(`${line}\n`),
    done: () => {
      stop();
      stop = () => {};
      state = undefined;
    },
  };
}

function barProgress(options: ProgressOptions): Progress {
  const { stream, clock, style = plainStyle } = options;
  const start = clock.now().getTime();
  let state: ProgressState | undefined;
  let drawn = '';
  let drawnAt = Number.NEGATIVE_INFINITY;
  let finished = false;

  const draw = (): void => {
    if (state === undefined || finished) return;
    const now = clock.now().getTime();
    const line = progressBar(state, now - start, stream.columns ?? 80, style);
    drawnAt = now;
    if (line === drawn) return;
    stream.write(`${drawn === '' ? hideCursor : ''}${clearLine}${line}`);
    drawn = line;
  };
  const clear = (): void => {
    if (drawn !== '') stream.write(`${clearLine}${showCursor}`);
    drawn = '';
  };
  const stopTimer = (options.every ?? unreferencedInterval)(redrawMs, draw);
  const forgetExit = (options.onExit ?? ((run) => onProcessExit(run, process)))(clear);

  return {
    update: (next) => {
      state = next;
      if (clock.now().getTime() - drawnAt >= redrawMs) draw();
    },
    message: (line) => {
      clear();
      stream.write(`${line}\n`);
      drawnAt = Number.NEGATIVE_INFINITY;
      draw();
    },
    done: () => {
      if (finished) return;
      clear();
      finished = true;
      stopTimer();
      forgetExit();
    },
  };
}
