// The command line: composition only. A command's room is loaded when its name is among the arguments.

import { readFileSync } from 'node:fs';
import { CommanderError, type Command } from 'commander';
import type { Act } from '../../platform/command/environment.ts';
import { colourEnabled, createStyle } from '../../platform/terminal/colour.ts';
import { completeCommand } from './completion-tree.ts';
import { exitCodeOf, formatError } from './errors.ts';
import { addPermissionOptions, createProgram } from './program.ts';
import { runSession } from './session.ts';
import { guardStreams } from './streams.ts';

const fromSources = import.meta.url.endsWith('.ts');
const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** How this program is started, for the commands that it prints. */
const invocation = fromSources ? 'npm run -s vedette --' : 'vedette';

const outputFailure = guardStreams(process);
const about = { version, invocation, outputFailure };

const program = createProgram({
  version,
  writeOut: (text) => process.stdout.write(text),
  writeErr: (text) => process.stderr.write(text),
  ...(process.stdout.isTTY ? { width: process.stdout.columns } : {}),
});

const act: Act =
  (work) =>
  async (...given) => {
    // Commander gives the arguments, then the options, then the command itself.
    const command = given.at(-1) as Command;
    await runSession(
      command,
      given.slice(0, -1) as unknown as Parameters<typeof work> extends [unknown, ...infer A] ? A : never,
      work as never,
      about,
    );
  };

/** What registers each command, in the order in which help shows them. */
const rooms: readonly { commands: readonly string[]; register: () => Promise<void> }[] = [
  {
    commands: ['scan', 'demo'],
    register: async () => (await import('./scan-commands.ts')).registerScan(program, about),
  },
  {
    commands: ['accounts'],
    register: async () => {
      (await import('../../features/discovery/commands.ts')).registerAccounts(program, act);
      (await import('../../features/inventory/commands.ts')).registerInventory(program, act);
    },
  },
  {
    commands: ['findings'],
    register: async () => {
      const { addFindingsList } = await import('./findings-list.ts');
      const { registerFindings } = await import('../../features/findings/commands.ts');
      registerFindings(program, act, (findings) => addFindingsList(findings, act));
      (await import('./verify-command.ts')).registerVerify(program, act);
    },
  },
  {
    commands: ['checks'],
    register: async () => (await import('../../features/checks/commands.ts')).registerChecks(program, act),
  },
  {
    commands: ['score'],
    register: async () => (await import('../../features/findings/commands.ts')).registerScore(program, act),
  },
  {
    commands: ['permissions'],
    register: async () =>
      (await import('../../features/permissions/commands.ts')).registerPermissions(program, act, addPermissionOptions),
  },
  {
    commands: ['simulate'],
    register: async () => (await import('../../features/identity/commands.ts')).registerSimulate(program, act),
  },
  {
    commands: ['who-can', 'principal-can', 'policy'],
    register: async () => (await import('../../features/identity/commands.ts')).registerQuestions(program, act),
  },
  {
    commands: ['boundary'],
    register: async () => (await import('../../features/identity/commands.ts')).registerBoundary(program, act),
  },
  {
    commands: ['policy'],
    register: async () => (await import('../../features/identity/commands.ts')).registerLint(program, act),
  },
  { commands: ['config'], register: async () => (await import('./config-command.ts')).registerConfig(program, act) },
  {
    commands: ['audit-log'],
    register: async () => (await import('./audit-log-command.ts')).registerAuditLog(program, act),
  },
  {
    commands: ['doctor', 'export', 'import'],
    register: async () => (await import('./store-commands.ts')).registerStore(program, act),
  },
  {
    commands: [completeCommand],
    register: async () => (await import('./completion-command.ts')).registerCompletion(program, act, completeCommand),
  },
];

/** Without a known name all commands are wanted: help, completion, and the nearest name of a mistyped one. */
async function registerCommands(args: readonly string[]): Promise<void> {
  if (args.includes('-V') || args.includes('--version')) return;
  const named = rooms.filter(({ commands }) => commands.some((name) => args.includes(name)));
  for (const { register } of named.length === 0 ? rooms : named) await register();
}

try {
  await registerCommands(process.argv.slice(2));
  await program.parseAsync(process.argv);
} catch (error) {
  const shown = error instanceof CommanderError && error.exitCode === 0;
  if (!shown) {
    const style = createStyle(colourEnabled({ mode: 'auto', env: process.env, isTTY: process.stderr.isTTY }));
    process.stderr.write(
      formatError(error, { style, width: process.stderr.columns, debug: process.argv.includes('--debug'), invocation }),
    );
  }
  process.exitCode = exitCodeOf(error);
}
