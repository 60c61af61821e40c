import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { applyMutant, mutantsOf } from './mutants.ts';

const folder = mkdtempSync(join(tmpdir(), 'vedette-mutants-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Every changed source, by what was changed. */
function changed(source: string): [change: string, result: string][] {
  const file = join(folder, 'source.ts');
  writeFileSync(file, source);
  return mutantsOf(file).map((mutant) => [mutant.change, applyMutant(readFileSync(file), mutant)]);
}

test.each([
  ['f(a === b);', ['=== → !==', 'f(((a) !== (b)));']],
  ['if (ready) go();', ['condition negated', 'if (!(ready)) go();']],
  ['const x = a && b;', ['&& → ||', 'const x = ((a) || (b));']],
  ['const x = list.some(f);', ['some → every', 'const x = list.every(f);']],
  ['const x = !y;', ['! dropped', 'const x = (y);']],
  ['const x = { on: true };', ['true → false', 'const x = { on: false };']],
  ['const f = () => { return g; };', ['returned value → undefined', 'const f = () => { return undefined; };']],
  ['for (;;) { continue; }', ['statement dropped', 'for (;;) { ; }']],
  ['f(...(a > b ? c : d));', ['> → >=', 'f(...(((a) >= (b)) ? c : d));']],
])('%s', (source, expected) => {
  expect(changed(source)).toContainEqual(expected);
});

test('places are right behind comments and characters of several bytes', () => {
  const [mutant] = changed("// Grüße — 漢字\nimport { a } from 'b';\nconst x = 'é' + a === 'ü';\n").filter(
    ([change]) => change === '=== → !==',
  );
  expect(mutant?.[1]).toBe("// Grüße — 漢字\nimport { a } from 'b';\nconst x = (('é' + a) !== ('ü'));\n");
});

test('types, imports and exports are left alone', () => {
  const source =
    "import { a } from 'b';\nexport interface C { d: true; e?: 1 | 2 }\nexport type F = C extends 1 ? 2 : 3;\n";
  expect(changed(source)).toEqual([]);
});
