// One run of the program: its settings, streams and doors, opened when a command first asks and closed at the end.

import { homedir } from 'node:os';
import type { Command } from 'commander';
import { type AwsDoor, type CommandEnvironment, type Work, commandLine } from '../../platform/command/environment.ts';
import { type Clock, systemClock } from '../../platform/clock/clock.ts';
import { type Config, loadConfig } from '../../platform/config/load.ts';
import { demoDataDir } from '../../platform/config/folders.ts';
import { createLogger } from '../../platform/log/log.ts';
import type { Store } from '../../platform/store/contract.ts';
import type { SimulationShape } from '../../platform/store/installation.ts';
import { wasDiskFull } from '../../platform/store/embedded/disk-full.ts';
import { explainStoreError } from '../../platform/store/failures.ts';
import { colourEnabled, createStyle } from '../../platform/terminal/colour.ts';
import { createProgress } from '../../platform/terminal/progress.ts';
import { exitCodeOf, formatError } from './errors.ts';
import { exitCodes } from './exit-codes.ts';
import type { OpenedAws } from './open-aws.ts';
import type { GlobalOptions } from './program.ts';
import { watchSignals } from './signals.ts';

export interface SessionOptions {
  version: string;
  invocation: string;
  /** Waits until standard output has taken everything, and says what failed. */
  outputFailure?: () => Promise<Error | undefined>;
  clock?: Clock;
  /** Set by the command `demo`. Other commands look at what it left behind. */
  demo?: SimulationShape;
}

/** The options that lead to the same place, as they were given. */
const samePlaceOf = ({ dataDir, config }: GlobalOptions): string[] => [
  ...(dataDir === undefined ? [] : ['--data-dir', dataDir]),
  ...(config === undefined ? [] : ['--config', config]),
];

const asItIs = (error: unknown): Promise<unknown> => Promise.resolve(error);

/**
 * Runs a command's work and sets the process's exit code. Everything that was opened is closed, whatever happens.
 * Errors are told on standard error; results are the work's own.
 */
export async function runSession<A extends readonly unknown[]>(
  command: Command,
  args: A,
  work: Work<A>,
  options: SessionOptions,
): Promise<void> {
  const flags = command.optsWithGlobals<GlobalOptions & Record<string, unknown>>();
  const clock = options.clock ?? systemClock;
  const debug = flags.debug === true;
  const { env, stdout, stderr } = process;
  const colourMode = flags.color === 'always' || flags.color === 'never' ? flags.color : 'auto';
  const errorStyle = createStyle(colourEnabled({ mode: colourMode, env, isTTY: stderr.isTTY }));
  const began = Date.now();
  const controller = new AbortController();
  const forget = watchSignals(controller);
  const closers: (() => Promise<void>)[] = [];
  const progress = createProgress({
    stream: stderr,
    isTTY: stderr.isTTY && env['TERM'] !== 'dumb',
    clock,
    style: errorStyle,
    quiet: flags.quiet === true,
  });
  const tell = (error: unknown, label: 'error' | 'warning' = 'error'): string =>
    formatError(error, {
      style: errorStyle,
      width: stderr.columns,
      debug,
      invocation: options.invocation,
      label,
      fresh: flags['fresh'] === true,
      demo: options.demo !== undefined || flags.demo === true,
      samePlace: commandLine({ invocation: '', demo: false, samePlace: samePlaceOf(flags) }),
    });
  /** Makes something of the store's errors that a person can act on. */
  let explain: (error: unknown) => Promise<unknown> = asItIs;
  let audited = '';
  let failed = false;
  let code: number;
  try {
    const surroundings = { env, platform: process.platform, home: homedir(), workingFolder: process.cwd() };
    const config: Config = await loadConfig({
      ...surroundings,
      flags: options.demo === undefined ? flags : { ...flags, accounts: undefined },
    });
    const demo = options.demo !== undefined || flags.demo === true;
    const dataDir = demo ? demoDataDir(config.values.dataDir, process.platform) : config.values.dataDir;
    const databaseUrl = demo ? undefined : config.values.databaseUrl;
    const external = (databaseUrl ?? '') !== '';
    explain = async (error) =>
      explainStoreError(error, { dataDir, external, full: !external && (await wasDiskFull(dataDir, began)) });
    const log = createLogger({
      level: config.values.logLevel,
      write: (line) => progress.message(line),
      format: stderr.isTTY ? 'text' : 'json',
      colours: colourEnabled({ mode: config.values.color, env, isTTY: stderr.isTTY }),
      clock,
    });
    for (const warning of config.warnings) progress.message(warning);
    let store: Promise<Store> | undefined;
    let aws: Promise<OpenedAws> | undefined;
    const openedStore = async (): Promise<Store> => {
      const { openStore } = await import('../../platform/store/open.ts');
      store ??= openStore({
        dataDir,
        databaseUrl,
        log: { debug: (text) => log.debug(text), info: (text) => log.debug(text), warn: (text) => log.warn(text) },
      }).then((opened) => {
        closers.unshift(() => opened.close());
        return opened;
      });
      return await store;
    };
    const environment: CommandEnvironment = {
      stdout,
      style: createStyle(colourEnabled({ mode: config.values.color, env, isTTY: stdout.isTTY })),
      width: stdout.isTTY ? stdout.columns : undefined,
      progress,
      log,
      clock,
      config,
      dataDir,
      demo,
      invocation: options.invocation,
      samePlace: samePlaceOf({ ...flags, ...(flags.dataDir === undefined ? {} : { dataDir: config.values.dataDir }) }),
      version: options.version,
      signal: controller.signal,
      openStore: openedStore,
      async openAws(): Promise<AwsDoor> {
        const { openAws } = await import('./open-aws.ts');
        const { simulationShape } = await import('../../platform/store/installation.ts');
        aws ??= openAws({
          config,
          clock,
          dataDir,
          openStore: openedStore,
          onAuditError(error) {
            // The same trouble at every flush is one trouble, and not the end: it is tried again.
            if (error.message !== audited) progress.message(tell(error, 'warning').trimEnd());
            audited = error.message;
          },
          demo: demo ? await simulationShape(await openedStore(), options.demo) : undefined,
        }).then((opened) => {
          closers.unshift(() => opened.close());
          return opened;
        });
        return await aws;
      },
    };
    code = await work(environment, ...args);
    progress.done();
  } catch (error) {
    failed = true;
    progress.done();
    const told = controller.signal.aborted ? (controller.signal.reason as unknown) : await explain(error);
    stderr.write(tell(told));
    code = exitCodeOf(told);
  }
  for (const close of closers) {
    try {
      await close();
    } catch (error) {
      // After an error, what fails as well is not a second one: there is one way out.
      if (!failed) stderr.write(tell(await explain(error)));
      else if (!(error instanceof Error) || error.message !== audited)
        stderr.write(tell(await explain(error), 'warning'));
      code = code === exitCodes.done ? exitCodes.failure : code;
    }
  }
  const unwritten = await options.outputFailure?.();
  if (unwritten !== undefined && code === 0) {
    stderr.write(tell(unwritten));
    code = exitCodeOf(unwritten);
  }
  forget();
  process.exitCode = code;
}
