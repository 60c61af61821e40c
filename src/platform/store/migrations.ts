// The migrations as one JSON file beside their SQL, because the compiler copies JSON into the package and SQL not.
// After `drizzle-kit generate` run `node src/platform/store/migrations.ts`; a test fails when it was forgotten.

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Migration {
  /** For example `0000_first`: the number gives the order. */
  tag: string;
  /** SHA-256 of the statements. */
  hash: string;
  statements: readonly string[];
}

interface Journal {
  entries: readonly { tag: string }[];
}

/** The migrations of a folder that drizzle-kit wrote, in their order. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const journal = JSON.parse(await readFile(join(folder, 'meta/_journal.json'), 'utf8')) as Journal;
  return await Promise.all(
    journal.entries.map(async ({ tag }) => {
      const sql = await readFile(join(folder, `${tag}.sql`), 'utf8');
      const statements = sql.split('--> statement-breakpoint').map((statement) => statement.trim());
      return { tag, hash: createHash('sha256').update(statements.join('\n')).digest('hex'), statements };
    }),
  );
}

if (import.meta.main) {
  const folder = join(import.meta.dirname, 'migrations');
  await writeFile(join(folder, 'bundle.json'), `${JSON.stringify(await readMigrations(folder), null, 2)}\n`);
}
