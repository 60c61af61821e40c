// vedette doctor | export | import

import type { Command } from 'commander';
import type { Act, CommandEnvironment } from '../../platform/command/environment.ts';
import { openInput, writeNewFile } from '../../platform/command/files.ts';
import { type PrintOptions, addPrintOption, printJson, printLine } from '../../platform/command/print.ts';
import { type DoctorCheck, checkStore } from '../../platform/store/doctor.ts';
import { exportStore } from '../../platform/store/transfer/export.ts';
import { importStore } from '../../platform/store/transfer/import.ts';
import { exitCodes } from './exit-codes.ts';

async function doctor(environment: CommandEnvironment, options: PrintOptions): Promise<number> {
  const { config, dataDir, demo } = environment;
  const node = { name: 'node', ok: true, detail: `Node ${process.version} on ${process.platform}-${process.arch}.` };
  const checks: DoctorCheck[] = [
    node,
    ...(await checkStore({ dataDir, databaseUrl: demo ? undefined : config.values.databaseUrl })),
  ];
  const well = checks.every((check) => check.ok);
  if (options.output === 'json') {
    printJson(environment, { ok: well, checks });
  } else {
    const width = Math.max(...checks.map((check) => check.name.length));
    for (const check of checks) {
      const word = check.ok ? environment.style.green('ok     ') : environment.style.red('PROBLEM');
      printLine(environment, `${word}  ${check.name.padEnd(width)}  ${check.detail}`);
      if (check.hint !== undefined) printLine(environment, `         ${' '.repeat(width)}  ${check.hint}`);
    }
  }
  return well ? exitCodes.done : exitCodes.failure;
}

async function exportTo(environment: CommandEnvironment, file: string): Promise<number> {
  const store = await environment.openStore();
  await writeNewFile(file, (out) => exportStore(store, out, { gzip: file.endsWith('.gz') }));
  environment.progress.message(`wrote ${file}`);
  return 0;
}

async function importFrom(environment: CommandEnvironment, file: string): Promise<number> {
  const input = await openInput(file);
  const store = await environment.openStore();
  const { rows, at } = await importStore(store, input, file);
  environment.progress.message(`took over ${rows} rows of the export of ${at}`);
  return 0;
}

export function registerStore(program: Command, act: Act): void {
  addPrintOption(program.command('doctor').description('whether everything that Vedette needs is there')).action(
    act(doctor),
  );
  program
    .command('export')
    .description('write the whole store to a file, compressed when its name ends in .gz')
    .argument('<file>', 'a new file')
    .action(act(exportTo));
  program
    .command('import')
    .description('take an export into an empty store')
    .argument('<file>', 'an export')
    .action(act(importFrom));
}
