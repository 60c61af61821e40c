// vedette completion <shell>, and the hidden command that its scripts ask for values.

import { Argument, type Command } from 'commander';
import { completionLines, completionScript, shells } from './completion.ts';
import { completeCommand, valueKinds } from './completion-tree.ts';
import type { ValueKind } from './completion-tree.ts';

export interface CompletionValue {
  value: string;
  description?: string;
}

export interface CompletionSources {
  write(text: string): void;
  /** Values of a kind, for the data folder that the command's options name. May throw: nothing is offered then. */
  values(kind: ValueKind, command: Command): Promise<Iterable<CompletionValue>>;
}

/** Registers both. Call it last: the scripts know the commands that are registered when they are printed. */
export function registerCompletion(program: Command, sources: CompletionSources): void {
  program
    .command('completion')
    .description('print the completion script of a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText('after', '\nLoad it with:\n  eval "$(vedette completion bash)"\n  vedette completion fish | source')
    .action((shell: string) => sources.write(completionScript(program, shell)));
  program
    .command(completeCommand, { hidden: true })
    .addArgument(new Argument('<kind>').choices(valueKinds))
    .action(async (kind: ValueKind, _options: object, command: Command) => {
      try {
        sources.write(completionLines(await sources.values(kind, command)));
      } catch {
        // A shell that is completing a word has no place for an error.
      }
    });
}
