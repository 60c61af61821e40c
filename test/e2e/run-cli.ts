// Runs the real command line as a child process, with a data folder of its own and nothing of the user's environment.

import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));
const program = join(repository, 'src/apps/cli/main.ts');

export interface Ended {
  /** Null when a signal ended the process. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Resolves when standard error holds a text, or the process has ended. */
  says(text: string): Promise<void>;
}

export interface CliOptions {
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  /** Runs it as another user, which only root may. */
  user?: { uid: number; gid: number };
}

/** What has not ended yet. */
const running = new Set<Running>();

/**
 * A folder that the embedded server can reach whoever runs the tests. Removing it ends what a test that failed has left
 * running, so that no server stays behind.
 */
export function temporaryFolder(name: string): { folder: string; remove(): Promise<void> } {
  const folder = mkdtempSync(`/tmp/vedette-${name}-`);
  chmodSync(folder, 0o755);
  return {
    folder,
    async remove() {
      for (const { child, ended } of running) {
        child.kill('SIGCONT');
        child.kill('SIGTERM');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a program without the environment of whoever runs the tests. */
export function start(command: string, args: readonly string[], options: CliOptions = {}): Running {
  const child = spawn(command, args, {
    cwd: options.cwd ?? repository,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: '/nonexistent',
      AWS_EC2_METADATA_DISABLED: 'true',
      // Halves the time that a start takes: the sources are stripped and compiled once.
      NODE_COMPILE_CACHE: join(repository, 'node_modules/.cache/compile'),
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options.user,
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const listener of listeners) listener();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
      for (const listener of listeners) listener();
    });
  });
  const says = (text: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!stderr.includes(text) && child.exitCode === null && child.signalCode === null) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
    });
  const one = { child, ended, says };
  running.add(one);
  const over = (): boolean => running.delete(one);
  ended.then(over, over);
  return one;
}

export function startCli(args: readonly string[], options: CliOptions = {}): Running {
  return start(process.execPath, [program, ...args], options);
}

/** Runs `vedette <args>` to its end. */
export function cli(args: readonly string[], options: CliOptions = {}): Promise<Ended> {
  return startCli(args, options).ended;
}
