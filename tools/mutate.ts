// Mutation testing: changes one place of the code at a time and asks whether a test notices.
//   node tools/mutate.ts --files 'src/features/identity/policy/**/*.ts' --tests src/features/identity/policy
// The working tree is never touched: mutants live in the memory of child processes, which work on a copy. Exit code 3
// when fewer mutants were killed than --min asks for.

import { fork, type ChildProcess } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { enterCopy } from './mutation/copy.ts';
import { mutantsOf, type Mutant } from './mutation/mutants.ts';
import type { FromWorker, ToWorker } from './mutation/worker.ts';

const usage = `usage: node tools/mutate.ts --files <glob> --tests <file, folder or glob> [options]
  --files <glob>      sources to mutate; may be given again; *.test.ts files are left out
  --except <glob>     sources to leave alone; may be given again
  --tests <place>     tests that should notice; may be given again
  --sample <n>        try only n mutants, chosen evenly
  --workers <n>       processes (default 2)
  --timeout <ms>      time for one mutant (default: four times the tests' own time, at least 5000)
  --min <ratio>       exit with 3 when killed ÷ tried is lower, such as 0.9
  --output json       print one JSON object instead of the list of survivors`;

const { values } = parseArgs({
  options: {
    files: { type: 'string', multiple: true, default: [] },
    except: { type: 'string', multiple: true, default: [] },
    tests: { type: 'string', multiple: true, default: [] },
    sample: { type: 'string' },
    workers: { type: 'string', default: '2' },
    timeout: { type: 'string' },
    min: { type: 'string' },
    output: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

type Outcome = 'killed' | 'survived' | 'no-coverage' | 'timeout';

interface Result extends Mutant {
  outcome: Outcome;
  test?: string;
}

/** A worker may try this many mutants before it is replaced: loaded modules are never freed. */
const mutantsPerWorker = 150;

function expand(places: readonly string[]): string[] {
  const files = places.flatMap((place) =>
    statSync(place, { throwIfNoEntry: false })?.isDirectory() ? globSync(`${place}/**/*.test.ts`) : globSync(place),
  );
  return [...new Set(files.map((file) => resolve(file)))].sort();
}

function start(): ChildProcess {
  return fork(resolve('tools/mutation/worker.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning', '--max-old-space-size=2048'],
  });
}

/** The worker's answer; undefined when the time is over or the process died, and then the process is gone. */
function ask(worker: ChildProcess, message: ToWorker, milliseconds: number): Promise<FromWorker | undefined> {
  return new Promise((done) => {
    const finish = (answer: FromWorker | undefined): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('exit', onExit);
      if (answer === undefined) worker.kill('SIGKILL');
      done(answer);
    };
    const onMessage = (answer: FromWorker): void => finish(answer);
    const onExit = (): void => finish(undefined);
    const timer = setTimeout(() => finish(undefined), milliseconds);
    worker.on('message', onMessage).on('exit', onExit);
    worker.send(message);
  });
}

/** Tests in the order in which they are tried: those that lately killed a mutant of the file come first. */
function ordered(tests: readonly string[], killers: readonly string[]): string[] {
  return [...new Set([...killers.toReversed(), ...tests])];
}

async function tryAll(tests: readonly string[], queue: Mutant[], milliseconds: number): Promise<Result[]> {
  const results: Result[] = [];
  const killers = new Map<string, string[]>();
  const total = queue.length;
  const lane = async (): Promise<void> => {
    let worker: ChildProcess | undefined;
    let tried = 0;
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      if (worker === undefined || tried >= mutantsPerWorker) {
        worker?.kill();
        worker = start();
        tried = 0;
        await ask(worker, { tests }, milliseconds * 2);
      }
      const known = killers.get(mutant.file) ?? [];
      const answer = await ask(worker, { mutant, order: ordered(tests, known) }, milliseconds);
      tried += 1;
      if (answer === undefined) worker = undefined;
      if (answer && 'outcome' in answer && answer.by !== undefined) {
        killers.set(mutant.file, [...known.filter((test) => test !== answer.by), answer.by]);
      }
      const outcome = answer === undefined ? 'timeout' : 'outcome' in answer ? answer.outcome : 'survived';
      const test = answer && 'outcome' in answer ? answer.test : undefined;
      results.push({ ...mutant, outcome, ...(test === undefined ? {} : { test }) });
      if (results.length % 100 === 0) process.stderr.write(`${results.length} of ${total} mutants tried\n`);
    }
    worker?.kill();
  };
  await Promise.all(Array.from({ length: Number(values.workers) }, lane));
  return results;
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const spared = new Set(expand(values.except));
  const files = expand(values.files).filter((file) => !/\.(test|d)\.ts$/.test(file) && !spared.has(file));
  const tests = expand(values.tests);
  if (files.length === 0 || tests.length === 0) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const began = performance.now();
  const first = start();
  const answer = await ask(first, { tests }, 600_000);
  first.kill();
  const baseline = answer && 'baseline' in answer ? answer.baseline : undefined;
  const failed = Object.entries(baseline ?? {}).filter(([, result]) => result.error !== undefined);
  if (baseline === undefined || failed.length > 0) {
    process.stderr.write('The tests do not pass without a mutant, so no mutant can be judged:\n');
    for (const [test, result] of failed) process.stderr.write(`  ${relative('.', test)}: ${result.error}\n`);
    return 1;
  }
  const ownTime = performance.now() - began;
  tests.sort((a, b) => (baseline[a]?.milliseconds ?? 0) - (baseline[b]?.milliseconds ?? 0));
  const all = files.flatMap((file) => mutantsOf(file));
  const sample = Math.min(Number(values.sample ?? all.length), all.length);
  const chosen = Array.from({ length: sample }, (_, i) => all[Math.floor((i * all.length) / sample)]!);
  process.stderr.write(
    `${files.length} files, ${tests.length} test files, ${chosen.length} of ${all.length} mutants\n`,
  );
  const results = await tryAll(tests, chosen, Number(values.timeout ?? Math.max(5000, ownTime * 4)));
  return report(results, (performance.now() - began) / 1000);
}

function report(results: readonly Result[], seconds: number): number {
  const count = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
  const killed = count('killed') + count('timeout');
  const ratio = results.length === 0 ? 0 : killed / results.length;
  const survivors = results
    .filter((result) => result.outcome === 'survived' || result.outcome === 'no-coverage')
    .map(({ file, line, change, outcome }) => ({ file: relative('.', file), line, change, outcome }))
    .sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
  const figures = {
    mutants: results.length,
    killed: count('killed'),
    timeout: count('timeout'),
    survived: count('survived'),
    noCoverage: count('no-coverage'),
    ratio: Number(ratio.toFixed(4)),
    seconds: Number(seconds.toFixed(1)),
  };
  if (values.output === 'json') {
    process.stdout.write(`${JSON.stringify({ figures, survivors })}\n`);
  } else {
    for (const one of survivors) process.stdout.write(`${one.outcome}: ${one.file}:${one.line} ${one.change}\n`);
    process.stdout.write(`${JSON.stringify(figures)}\n`);
  }
  return values.min !== undefined && ratio < Number(values.min) ? 3 : 0;
}

const leave = enterCopy(resolve(import.meta.dirname, '..'));
try {
  process.exitCode = await main();
} finally {
  leave();
}
