// What the embedded server wrote into its log, for the error of a command that lost it.

import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

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
 * The last lines of the server's log that were written since a moment; empty when it cannot be read.
 * @param since milliseconds since 1970
 */
export async function serverSaid(dataDir: string, since: number): Promise<string> {
  const elsewhere = await readFile(join(dataDir, 'postgres-folder'), 'utf8').catch(() => undefined);
  const base = elsewhere?.trim() ?? join(dataDir, 'postgres');
  const text = await tailOf(join(base, 'server.log')).catch(() => '');
  // Lines begin with their time: 2026-01-31 23:59:59.999 UTC.
  const isNew = (line: string): boolean => Date.parse(`${line.slice(0, 10)}T${line.slice(11, 23)}Z`) >= since;
  return text.split('\n').filter(isNew).join('\n');
}
