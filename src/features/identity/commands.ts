// The commands of the policy engine, each loaded when it is wanted: the engine and its tables are large.

import type { Command } from 'commander';
import type { Act } from '../../platform/command/environment.ts';

export async function registerSimulate(program: Command, act: Act): Promise<void> {
  (await import('./simulate-command.ts')).registerSimulate(program, act);
}

/** `who-can`, `principal-can` and `policy diff`. */
export async function registerQuestions(program: Command, act: Act): Promise<void> {
  (await import('./question-commands.ts')).registerQuestions(program, act);
}

export async function registerBoundary(program: Command, act: Act): Promise<void> {
  (await import('./boundary-commands.ts')).registerBoundary(program, act);
}

/** `policy lint`. */
export async function registerLint(program: Command, act: Act): Promise<void> {
  (await import('./lint-commands.ts')).registerLint(program, act);
}
