// What a command is given: settings, streams, and doors to the store and to AWS that open on first use.

import type { Writable } from 'node:stream';
import type { AwsAccess, CallSink } from '../aws/contract.ts';
import type { Clock } from '../clock/clock.ts';
import type { Config } from '../config/load.ts';
import type { Logger } from '../log/log.ts';
import type { Store } from '../store/contract.ts';
import type { Style } from '../terminal/colour.ts';
import type { Progress } from '../terminal/progress.ts';

export interface CommandEnvironment {
  /** Results only. */
  stdout: Writable;
  /** Colours of standard output. */
  style: Style;
  /** The terminal's width; undefined when standard output is not a terminal. */
  width: number | undefined;
  /** Everything else goes here, to standard error. */
  progress: Progress;
  log: Logger;
  clock: Clock;
  config: Config;
  /** Where this command keeps its state: the simulated organisation has a folder of its own. */
  dataDir: string;
  /** True when the command looks at the simulated organisation. */
  demo: boolean;
  /** How the user starts the program, for commands that are printed: `vedette`, or the form of a checkout. */
  invocation: string;
  /** Options that lead a printed command to the same place, for example `--data-dir <folder>` where it was given. */
  samePlace: readonly string[];
  version: string;
  /** Aborted by Ctrl-C and SIGTERM. */
  signal: AbortSignal;
  openStore(): Promise<Store>;
  openAws(): Promise<AwsDoor>;
}

export interface AwsDoor {
  aws: AwsAccess;
  audit: CallSink;
}

/** A command line as the user can type it, with the options that lead to the same place. */
export function commandLine(
  environment: Pick<CommandEnvironment, 'invocation' | 'demo' | 'samePlace'>,
  ...words: readonly string[]
): string {
  const quoted = [...words, ...environment.samePlace].map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`,
  );
  return [environment.invocation, ...quoted, ...(environment.demo ? ['--demo'] : [])].join(' ');
}

/** Runs a command's work in its environment. The number is the exit code: see `vedette help exit-codes`. */
export type Work<A extends readonly unknown[]> = (environment: CommandEnvironment, ...args: A) => Promise<number>;

/** Turns a command's work into a commander action; errors, streams and closing are taken care of. */
export type Act = <A extends readonly unknown[]>(work: Work<A>) => (...args: unknown[]) => Promise<void>;
