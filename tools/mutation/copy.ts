// A copy of the working tree in a temporary folder: others may change the tree while mutants are tried.

import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the tests may read. */
const parts = ['src', 'test', 'tools', 'docs', 'package.json', 'tsconfig.json'];

/** Copies the tree that `root` holds and enters the copy; returns how to leave and remove it. */
export function enterCopy(root: string): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-mutation-'));
  for (const part of parts) {
    if (existsSync(join(root, part))) cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  process.chdir(folder);
  const leave = (): void => {
    process.chdir(root);
    rmSync(folder, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      leave();
      process.exit(signal === 'SIGINT' ? 130 : 143);
    });
  }
  return leave;
}
