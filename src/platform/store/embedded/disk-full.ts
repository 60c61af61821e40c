// Why the embedded server went away, as far as a full disk is the reason.

import { open, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFull } from '../failures.ts';

const tailBytes = 16_384;

async function tailOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(tailBytes), 0, tailBytes, start);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/**
 * Whether the embedded server had no space left at any time since a moment: its log says so, or there is not even space
 * for the log.
 * @param since milliseconds since 1970
 */
export async function wasDiskFull(dataDir: string, since: number): Promise<boolean> {
  const elsewhere = await readFile(join(dataDir, 'postgres-folder'), 'utf8').catch(() => undefined);
  const base = elsewhere?.trim() ?? join(dataDir, 'postgres');
  const left = await statfs(base).catch(() => undefined);
  if (left?.bavail === 0) return true;
  const text = await tailOf(join(base, 'server.log')).catch(() => '');
  // Lines begin with their time: 2026-01-31 23:59:59.999 UTC.
  const isNew = (line: string): boolean => Date.parse(`${line.slice(0, 10)}T${line.slice(11, 23)}Z`) >= since;
  return text.split('\n').some((line) => isNew(line) && diskFull.test(line));
}
