// npm run generate          writes everything under src/generated and the generated documents
// npm run generate:check    fails when what is checked in differs

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface GeneratedFile {
  path: string;
  content: string;
}

/** In order: later generators import what earlier ones wrote. */
const generators: readonly (() => Promise<GeneratedFile[]>)[] = [
  async () => (await import('./generators/iam-tables.ts')).generateIamTables(),
  async () => (await import('./generators/request-tags.ts')).generateRequestTags(),
  async () => (await import('./generators/operations.ts')).generateOperations(),
  async () => (await import('./generators/config-schema.ts')).generateConfigSchema(),
  async () => (await import('./generators/registries.ts')).generateRegistries(),
  async () => (await import('./generators/docs.ts')).generateDocs(),
];

/**
 * Runs all generators.
 * @returns the paths whose content differed; with `check` they are named and not written.
 */
export async function generate(options: { check: boolean }): Promise<string[]> {
  const changed: string[] = [];
  for (const generator of generators) {
    for (const file of await generator()) {
      const current = existsSync(file.path) ? readFileSync(file.path, 'utf8') : undefined;
      if (current === file.content) continue;
      changed.push(file.path);
      if (options.check) continue;
      mkdirSync(dirname(file.path), { recursive: true });
      writeFileSync(file.path, file.content);
    }
  }
  return changed;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const check = process.argv.includes('--check');
  const changed = await generate({ check });
  for (const path of changed) process.stdout.write(`${check ? 'differs' : 'wrote'}: ${path}\n`);
  if (check && changed.length > 0) {
    process.stderr.write(
      'Generated files are not what their sources say. Run "npm run generate" and commit the result.\n',
    );
    process.exit(1);
  }
}
