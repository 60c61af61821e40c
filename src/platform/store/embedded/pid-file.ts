// postmaster.pid: which server holds a data directory, and whether it still lives.
// Lines: pid, data directory, start time, port, socket folder, address, shared memory key, status
// (https://www.postgresql.org/docs/18/storage-file-layout.html).

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface PidFile {
  pid: number;
  dataDirectory: string;
  port: number;
}

export function parsePidFile(text: string): PidFile | undefined {
  const [pid, dataDirectory, , port] = text.split('\n').map((line) => line.trim());
  const number = Number(pid);
  if (!Number.isSafeInteger(number) || number === 0) return undefined;
  // In single-user mode the pid is negative.
  return { pid: Math.abs(number), dataDirectory: dataDirectory ?? '', port: Number(port ?? 0) || 0 };
}

export async function readPidFile(data: string): Promise<PidFile | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parsePidFile(text);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line of a process; undefined when it cannot be read. */
async function commandLine(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
    return text?.replaceAll('\0', ' ');
  }
  if (process.platform === 'win32') return undefined;
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout === '' ? undefined : stdout;
}

/**
 * `running`: the server of this data directory. `stale`: the pid is dead, or now that of another program. `none`: no file.
 * A process whose command line cannot be read counts as running, because two servers on one folder would destroy it.
 */
export async function serverState(
  data: string,
): Promise<{ state: 'none' } | { state: 'running' | 'stale'; pid: number }> {
  const file = await readPidFile(data);
  if (file === undefined) return { state: 'none' };
  const { pid } = file;
  if (!isAlive(pid)) return { state: 'stale', pid };
  const command = await commandLine(pid);
  // A dead process that its parent has not collected yet has an empty command line, and counts as stale.
  const ours = command === undefined || (command.includes('postgres') && command.includes(data));
  return { state: ours ? 'running' : 'stale', pid };
}
