// One process that tries mutants: it loads the tests with a mutant in memory and runs them until one fails.
// The loader gives every mutant its own copy of each module that can see the mutated file, so no state passes from one
// mutant to the next; modules that cannot see it are shared.
//   The parent sends {tests} once, then {mutant} again and again; the answers are {baseline} and {outcome}.

import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { configureGlobal } from 'fast-check';
import { applyMutant, type Mutant } from './mutants.ts';

export type ToWorker = { tests: readonly string[] } | { mutant: Mutant; order: readonly string[] };

/** How a test file does without a mutant. */
export interface Baseline {
  tests: number;
  milliseconds: number;
  error?: string;
}

export type FromWorker =
  | { baseline: Record<string, Baseline> }
  | { outcome: 'killed' | 'survived' | 'no-coverage'; by?: string; test?: string };

const standIn = new URL('./vitest-stand-in.ts', import.meta.url).href;
/** Importers of each file, as seen while the tests were loaded unchanged. */
const importers = new Map<string, Set<string>>();
let affected: ReadonlySet<string> = new Set();
let mutated: { url: string; source: string } | undefined;
let version = 0;

const plain = (url: string): string => url.replace(/\?mutant=\d+$/, '');

registerHooks({
  resolve(specifier, context, next) {
    const parent = plain(context.parentURL ?? '');
    if (specifier === 'vitest' && parent !== standIn) return { url: standIn, shortCircuit: true };
    const resolved = next(specifier, context);
    const url = plain(resolved.url);
    if (!url.startsWith('file:') || url.includes('/node_modules/')) return resolved;
    if (parent !== '') importers.set(url, (importers.get(url) ?? new Set()).add(parent));
    return affected.has(url) ? { ...resolved, url: `${url}?mutant=${version}` } : { ...resolved, url };
  },
  load(url, context, next) {
    if (mutated && plain(url) === mutated.url && url !== mutated.url) {
      return { format: 'module-typescript', source: mutated.source, shortCircuit: true };
    }
    return next(url, context);
  },
});

const { startFile, runSuite } = await import('./vitest-stand-in.ts');
configureGlobal({ seed: 1 });

async function runFile(url: string): Promise<number> {
  const suite = startFile(url);
  await import(url);
  return runSuite(suite);
}

/** All files from which a file is reached, itself included. */
function reachedFrom(url: string): Set<string> {
  const found = new Set([url]);
  for (const file of found) for (const importer of importers.get(file) ?? []) found.add(importer);
  return found;
}

async function baseline(tests: readonly string[]): Promise<FromWorker> {
  const results: Record<string, Baseline> = {};
  for (const test of tests) {
    const began = performance.now();
    const result: Baseline = { tests: 0, milliseconds: 0 };
    try {
      result.tests = await runFile(pathToFileURL(test).href);
    } catch (error) {
      result.error = error instanceof Error ? error.message : String(error);
    }
    result.milliseconds = performance.now() - began;
    results[test] = result;
  }
  return { baseline: results };
}

async function tryMutant(mutant: Mutant, order: readonly string[]): Promise<FromWorker> {
  const url = pathToFileURL(mutant.file).href;
  affected = reachedFrom(url);
  mutated = { url, source: applyMutant(readFileSync(mutant.file), mutant) };
  version += 1;
  const tests = order.filter((test) => affected.has(pathToFileURL(test).href));
  try {
    for (const test of tests) {
      try {
        await runFile(`${pathToFileURL(test).href}?mutant=${version}`);
      } catch (error) {
        return { outcome: 'killed', by: test, test: error instanceof Error ? error.message : String(error) };
      }
    }
  } finally {
    affected = new Set();
    mutated = undefined;
  }
  return { outcome: tests.length === 0 ? 'no-coverage' : 'survived' };
}

process.on('message', (message: ToWorker) => {
  const work = 'tests' in message ? baseline(message.tests) : tryMutant(message.mutant, message.order);
  void work.then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit(0));
