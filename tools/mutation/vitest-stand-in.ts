// The part of vitest's interface that our tests use, made to run them many times in one process: mutation testing loads
// the tests afresh for every mutant, and a vitest process for each would cost a second where this costs milliseconds.
// `expect` is vitest's own. What is missing here fails the first, unmutated run, so it cannot go unnoticed.

export { expect, vi } from 'vitest';

type Body = (...values: never[]) => unknown;

interface Hooks {
  before: Body[];
  after: Body[];
}

interface Suite extends Hooks {
  beforeAll: Body[];
  afterAll: Body[];
  name: string;
  items: (Suite | { name: string; body: Body })[];
}

const newSuite = (name: string): Suite => ({ name, before: [], after: [], beforeAll: [], afterAll: [], items: [] });

let current = newSuite('');

/** Begins a new file; returns the suite that its tests are put into. */
export function startFile(name: string): Suite {
  current = newSuite(name);
  return current;
}

/** Runs all tests of a suite in order; throws at the first that fails, with the test's name in front. */
export async function runSuite(suite: Suite, outer: Hooks = { before: [], after: [] }): Promise<number> {
  const hooks = { before: [...outer.before, ...suite.before], after: [...suite.after, ...outer.after] };
  let ran = 0;
  for (const hook of suite.beforeAll) await hook();
  try {
    for (const item of suite.items) {
      if ('items' in item) {
        ran += await runSuite(item, hooks);
        continue;
      }
      for (const hook of hooks.before) await hook();
      try {
        await item.body();
      } catch (error) {
        throw new Error(`${suite.name} > ${item.name}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      } finally {
        for (const hook of hooks.after) await hook();
      }
      ran += 1;
    }
  } finally {
    for (const hook of suite.afterAll) await hook();
  }
  return ran;
}

function addTest(name: string, first?: unknown, second?: unknown): void {
  const body = [first, second].find((value) => typeof value === 'function');
  if (body) current.items.push({ name, body: body as Body });
}

function addSuite(name: string, body: () => void): void {
  const outer = current;
  current = newSuite(name);
  outer.items.push(current);
  try {
    body();
  } finally {
    current = outer;
  }
}

const spread = (row: unknown): unknown[] => (Array.isArray(row) ? row : [row]);

/** `each` gives an array's members as arguments, `for` the row itself. */
function table(add: (name: string, body: Body) => void, spreadRows: boolean) {
  return (rows: readonly unknown[]) =>
    (name: string, ...given: unknown[]): void => {
      const body = given.find((value) => typeof value === 'function') as (...values: unknown[]) => unknown;
      for (const [i, row] of rows.entries()) {
        add(`${name} #${i}`, () => (spreadRows ? body(...spread(row)) : body(row)));
      }
    };
}

const nothing = (): void => undefined;

export const test = Object.assign(addTest, {
  each: table(addTest, true),
  for: table(addTest, false),
  skip: nothing,
  skipIf: (condition: unknown) => (condition ? nothing : addTest),
  runIf: (condition: unknown) => (condition ? addTest : nothing),
});
export const it = test;
export const describe = Object.assign(addSuite, {
  each: table((name, body) => addSuite(name, body as () => void), true),
  for: table((name, body) => addSuite(name, body as () => void), false),
  skip: nothing,
});
export const beforeEach = (hook: Body): void => void current.before.push(hook);
export const afterEach = (hook: Body): void => void current.after.push(hook);
export const beforeAll = (hook: Body): void => void current.beforeAll.push(hook);
export const afterAll = (hook: Body): void => void current.afterAll.push(hook);
