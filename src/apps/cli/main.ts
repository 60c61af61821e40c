#!/usr/bin/env -S node --max-semi-space-size=24 --heap-growing-percent=50
// The command line: composition only.
// The two flags of V8 keep the heap near what lives in it: docs/decisions/0003-memory.md.

import { readFileSync } from 'node:fs';
import { CommanderError, type Command } from 'commander';
import { registerAccounts } from '../../features/discovery/commands.ts';
import { registerChecks } from '../../features/checks/commands.ts';
import { registerInventory } from '../../features/inventory/commands.ts';
import { registerFindings, registerScore } from '../../features/findings/commands.ts';
import type { Act } from '../../platform/command/environment.ts';
import { colourEnabled, createStyle } from '../../platform/terminal/colour.ts';
import { registerPermissions } from '../../features/permissions/commands.ts';
import {
  registerBoundary,
  registerLint,
  registerQuestions,
  registerSimulate,
} from '../../features/identity/commands.ts';
import { registerAuditLog } from './audit-log-command.ts';
import { registerCompletion } from './completion-command.ts';
import { completeCommand } from './completion-tree.ts';
import { registerConfig } from './config-command.ts';
import { exitCodeOf, formatError } from './errors.ts';
import { addPermissionOptions, createProgram } from './program.ts';
import { registerScan } from './scan-commands.ts';
import { registerStore } from './store-commands.ts';
import { runSession } from './session.ts';
import { guardStreams } from './streams.ts';

const fromSources = import.meta.url.endsWith('.ts');
const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** How this program is started, for the commands that it prints. */
const invocation = fromSources ? 'npm run -s vedette --' : 'vedette';

const major = Number(process.versions.node.split('.')[0]);
if (major < 22) {
  process.stderr.write(
    `error: Vedette needs Node 22.18 or newer; this is ${process.version}.\n   do: In a checkout, "npm ci" brings Node 24: start with "npm start" or "npm run -s vedette -- <command>".\n`,
  );
  process.exit(2);
}

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

registerScan(program, about);
registerAccounts(program, act);
registerInventory(program, act);
registerFindings(program, act);
registerChecks(program, act);
registerScore(program, act);
registerPermissions(program, act, addPermissionOptions);
registerSimulate(program, act);
registerQuestions(program, act);
registerBoundary(program, act);
registerLint(program, act);
registerConfig(program, act);
registerAuditLog(program, act);
registerStore(program, act);
registerCompletion(program, act, completeCommand);

try {
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
