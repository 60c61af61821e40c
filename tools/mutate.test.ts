import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const wildcard = 'src/features/identity/actions/wildcard.ts';

interface Output {
  figures: { mutants: number; killed: number; timeout: number; survived: number; noCoverage: number; ratio: number };
  survivors: { file: string; line: number; outcome: string }[];
}

async function mutate(...options: string[]): Promise<Output> {
  const { stdout } = await run(process.execPath, [
    'tools/mutate.ts',
    '--files',
    wildcard,
    '--output',
    'json',
    ...options,
  ]);
  return JSON.parse(stdout) as Output;
}

test('mutants are killed by the tests that reach them, and survive all others', { timeout: 180_000 }, async () => {
  const [own, strange] = await Promise.all([
    mutate('--tests', 'src/features/identity/actions/match-actions.test.ts', '--sample', '5'),
    mutate('--tests', 'src/features/identity/actions/bitset.test.ts', '--sample', '3', '--workers', '1'),
  ]);
  expect(own.figures.killed + own.figures.timeout + own.figures.survived).toBe(5);
  expect(own.figures.killed).toBeGreaterThan(2);
  expect(strange.figures).toMatchObject({ mutants: 3, killed: 0, noCoverage: 3, ratio: 0 });
  expect(strange.survivors.filter(({ file, outcome }) => file === wildcard && outcome === 'no-coverage').length).toBe(
    3,
  );
});
