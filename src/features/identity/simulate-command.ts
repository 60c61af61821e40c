// `vedette simulate`: policy cases from files, without an account and without a store, or one request over the evidence.

import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { UsageError, VedetteError, messageOf } from '../../domain/errors.ts';
import type { Act } from '../../platform/command/environment.ts';
import { addPrintOption } from '../../platform/command/print.ts';
import { sanitize } from '../../platform/terminal/sanitize.ts';
import { readCases } from './policy/read-cases.ts';
import { runCase } from './policy/run-cases.ts';
import type { CaseResult } from './policy/run-cases.ts';
import { type SimulateOptions, addRequestOptions } from './request-options.ts';

/** Where a command writes: results to `out`, everything else to `err`. */
export interface SimulateOutput {
  readonly output: 'table' | 'json';
  out(text: string): void;
  err(text: string): void;
}

/**
 * Runs the cases of files and folders (every `*.json` in them, in order of name) and writes one decision per case.
 *
 * @returns the exit code: 2 when a file or a case cannot be read (the others are still run), 3 when an expectation
 *   fails, else 0
 */
export async function simulateCases(paths: readonly string[], io: SimulateOutput): Promise<number> {
  const results: CaseResult[] = [];
  let faults = 0;
  const fault = (error: VedetteError): void => {
    faults += 1;
    const { file = '', key = '' } = error.place;
    const place = key === '' ? file : `${file}: ${key}`;
    io.err(
      `${sanitize(`${place}: ${error.message}`)}\n${error.hint === undefined ? '' : `  ${sanitize(error.hint)}\n`}`,
    );
  };
  for (const file of await expand(paths, fault)) {
    const { cases, faults: found } = readCases(await readText(file, fault));
    for (const { key, message } of found) {
      fault(new UsageError(message, { place: { file, key }, hint: 'The format is described in cases.schema.json.' }));
    }
    for (const { key, case: given } of cases) {
      try {
        results.push(runCase(given));
      } catch (error) {
        if (!(error instanceof VedetteError)) throw error;
        const inner = [key, error.place.key].filter((part) => part !== undefined && part !== '').join('.');
        const hint = error.hint === undefined ? {} : { hint: error.hint };
        fault(new UsageError(error.message, { ...hint, place: { file, key: inner } }));
      }
    }
  }
  io.out(io.output === 'json' ? `${JSON.stringify({ results }, undefined, 2)}\n` : table(results));
  if (faults > 0) return 2;
  return results.every((result) => result.ok) ? 0 : 3;
}

type Report = (error: VedetteError) => void;

const largestFile = 64 * 1024 * 1024;

/** The files among the paths, folders searched to any depth. */
async function expand(paths: readonly string[], fault: Report): Promise<readonly string[]> {
  const files: string[] = [];
  for (const path of paths) {
    try {
      if (!(await stat(path)).isDirectory()) {
        files.push(path);
        continue;
      }
      const entries = await readdir(path, { recursive: true, withFileTypes: true });
      const found = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json'));
      if (found.length === 0) fault(new UsageError('the folder holds no .json file', { place: { file: path } }));
      files.push(...found.map((entry) => join(entry.parentPath, entry.name)).sort());
    } catch (error) {
      fault(new UsageError(`cannot be read: ${messageOf(error)}`, { cause: error, place: { file: path } }));
    }
  }
  return files;
}

/** The file's text; an unreadable file is reported and reads as an empty list of cases. */
async function readText(file: string, fault: Report): Promise<string> {
  try {
    if ((await stat(file)).size > largestFile) {
      fault(new UsageError(`larger than ${largestFile} bytes`, { place: { file } }));
      return '[]';
    }
    return await readFile(file, 'utf8');
  } catch (error) {
    fault(new UsageError(`cannot be read: ${messageOf(error)}`, { cause: error, place: { file } }));
    return '[]';
  }
}

function table(results: readonly CaseResult[]): string {
  const lines = results.flatMap((result) => [
    `${result.ok ? 'ok    ' : 'FAILED'}  ${result.decision.padEnd(13)}  ${sanitize(result.name)}`,
    ...(result.ok ? [] : [...result.differences, ...reasons(result)].map((line) => `        ${sanitize(line)}`)),
    ...result.conditions.map((line) => `        if ${sanitize(line)}`),
  ]);
  const failed = results.filter((result) => !result.ok).length;
  const summary = `${results.length} ${results.length === 1 ? 'case' : 'cases'}, ${failed} failed`;
  return `${[...lines, summary].join('\n')}\n`;
}

function reasons(result: CaseResult): readonly string[] {
  const statements = result.statements.map(
    ({ policy, sid, why }) => `${policy}${sid === null ? '' : ` "${sid}"`}: ${why}`,
  );
  return [...statements, ...result.change, ...result.problems];
}

/** `simulate`: over the evidence, or with `--cases` over policy cases. */
export function registerSimulate(program: Command, act: Act): void {
  const command = program
    .command('simulate')
    .description('decide a request over the stored evidence, or policy cases without any, and say why')
    .option('--cases <path...>', 'files or folders of policy cases to decide instead');
  addPrintOption(addRequestOptions(command)).action(
    act(async (environment, options: SimulateOptions & { cases?: string[] }) => {
      if (options.cases === undefined) {
        const { simulateRequest } = await import('./question-commands.ts');
        return await simulateRequest(environment, options);
      }
      return await simulateCases(options.cases, {
        output: options.output,
        out: (text) => environment.stdout.write(text),
        err: (text) => environment.progress.message(text.trimEnd()),
      });
    }),
  );
}
