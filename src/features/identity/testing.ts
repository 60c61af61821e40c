// Runs this feature's commands as they are typed, over a store of a test.

import { Writable } from 'node:stream';
import { Command } from 'commander';
import type { Act, CommandEnvironment } from '../../platform/command/environment.ts';
import type { Store } from '../../platform/store/contract.ts';
import { plainStyle } from '../../platform/terminal/colour.ts';
import { registerBoundary } from './boundary-commands.ts';
import { registerSimulate } from './simulate-command.ts';
import { registerLint } from './lint-commands.ts';
import { registerQuestions } from './question-commands.ts';

export interface Ended {
  readonly code: number;
  /** Standard output. */
  readonly out: string;
  /** What is told beside the results. */
  readonly told: string;
}

/** Types a command; an error that its work ends with is thrown. Without a store, opening it fails the test. */
export async function runCommand(words: readonly string[], store?: Store): Promise<Ended> {
  let out = '';
  const told: string[] = [];
  let code = -1;
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      out += String(chunk);
      done();
    },
  });
  const environment = {
    stdout,
    style: plainStyle,
    width: undefined,
    progress: { message: (line: string) => told.push(line), update: () => {}, done: () => {} },
    clock: { now: () => new Date('2026-11-01T00:00:00Z') },
    invocation: 'vedette',
    samePlace: [],
    demo: false,
    openStore: () => (store === undefined ? Promise.reject(new Error('no store is needed')) : Promise.resolve(store)),
  } as unknown as CommandEnvironment;
  const act: Act =
    (work) =>
    async (...given) => {
      code = await work(environment, ...(given.slice(0, -1) as never));
    };
  const program = new Command('vedette').exitOverride().configureOutput({ writeErr: () => {} });
  registerSimulate(program, act);
  registerQuestions(program, act);
  registerBoundary(program, act);
  registerLint(program, act);
  await program.parseAsync(words, { from: 'user' });
  return { code, out, told: told.join('\n') };
}
