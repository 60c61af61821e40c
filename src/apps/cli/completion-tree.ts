// What there is to complete: a tree of commands, options and values, taken from the commander program.

import type { Command, Option } from 'commander';

/** The hidden command that prints values: `vedette __complete <kind>`, one a line, nothing else. */
export const completeCommand = '__complete';

/** Kinds of values that the hidden command is asked for. */
export const valueKinds = ['checks', 'accounts', 'regions', 'services', 'findings'] as const;
export type ValueKind = (typeof valueKinds)[number];

/** Where the values of an option or argument come from. */
export type Values =
  | { from: 'list'; items: readonly string[] }
  | { from: 'command'; kind: ValueKind }
  | { from: 'files' }
  | { from: 'nowhere' };

export interface CompletionOption {
  /** `-o` and `--output`, as far as there are. */
  flags: readonly string[];
  description: string;
  /** Undefined for an option without a value. */
  values: Values | undefined;
}

export interface CompletionCommand {
  name: string;
  description: string;
  options: readonly CompletionOption[];
  argument: Values;
  commands: readonly CompletionCommand[];
}

/** Values of options and arguments by the word between their brackets. */
const valuesByName: Readonly<Record<string, Values>> = {
  checks: { from: 'command', kind: 'checks' },
  check: { from: 'command', kind: 'checks' },
  ids: { from: 'command', kind: 'accounts' },
  account: { from: 'command', kind: 'accounts' },
  accounts: { from: 'command', kind: 'accounts' },
  regions: { from: 'command', kind: 'regions' },
  region: { from: 'command', kind: 'regions' },
  services: { from: 'command', kind: 'services' },
  service: { from: 'command', kind: 'services' },
  finding: { from: 'command', kind: 'findings' },
  findings: { from: 'command', kind: 'findings' },
  file: { from: 'files' },
  folder: { from: 'files' },
};

const severityWords: Values = { from: 'list', items: ['critical', 'high', 'medium', 'low', 'info'] };
const named: Readonly<Record<string, Values>> = { severities: severityWords, severity: severityWords };

function valuesOf(name: string, choices: readonly string[] | undefined): Values {
  if (choices !== undefined) return { from: 'list', items: choices };
  return valuesByName[name] ?? named[name] ?? { from: 'nowhere' };
}

function completionOption(option: Option): CompletionOption {
  const placeholder = /[<[]([^>\]=[]+)/.exec(option.flags)?.[1];
  const formats = /^((?:\w+, )+\w+); /.exec(option.description)?.[1]?.split(', ');
  return {
    flags: [option.short, option.long].filter((flag) => flag !== undefined && flag !== null),
    description: option.description,
    values: placeholder === undefined ? undefined : valuesOf(placeholder, option.argChoices ?? formats),
  };
}

/** What there is to complete, taken from the commander program. Hidden commands and options are left out. */
export function completionTree(program: Command): CompletionCommand {
  const help = program.createHelp();
  const [argument] = program.registeredArguments;
  return {
    name: program.name(),
    description: program.summary() || program.description(),
    options: help.visibleOptions(program).map(completionOption),
    argument: argument === undefined ? { from: 'nowhere' } : valuesOf(argument.name(), argument.argChoices),
    commands: help.visibleCommands(program).map(completionTree),
  };
}

/** A command with the words that lead to it; the root has none. */
export interface CommandAt {
  words: readonly string[];
  command: CompletionCommand;
}

/** A tree's root and every command below it. */
export function commandPaths(tree: CompletionCommand, words: readonly string[] = []): CommandAt[] {
  return [{ words, command: tree }, ...tree.commands.flatMap((one) => commandPaths(one, [...words, one.name]))];
}
