// The real command line against the emulator, with a data folder of its own.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCredentials } from './organization.ts';

const repository = join(import.meta.dirname, '..', '..');

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

export interface CommandLine {
  endpoint: string;
  /** The working folder; the data folder is `data` in it. */
  folder: string;
  remove(): void;
  vedette(...args: string[]): Promise<Ended>;
  /** The answer of a command that ends well, or with the code that is named. */
  json<T>(args: readonly string[], code?: number): Promise<T>;
}

export function commandLine(): CommandLine {
  const endpoint = process.env['EMULATOR_URL'] ?? '';
  if (endpoint === '') throw new Error('Run this suite by npm run test:emulator.');
  const folder = mkdtempSync(join(tmpdir(), 'vedette-emulator-'));
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: rootCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootCredentials.secretAccessKey,
    AWS_REGION: 'us-east-1',
  };
  const vedette = (...args: string[]): Promise<Ended> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        [join(repository, 'src/apps/cli/main.ts'), ...args, '--data-dir', join(folder, 'data')],
        { env, cwd: folder, maxBuffer: 256 * 1024 * 1024 },
        (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
      );
    });
  return {
    endpoint,
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
    vedette,
    async json<T>(args: readonly string[], code = 0) {
      const ended = await vedette(...args, '--output', 'json');
      if (ended.code !== code)
        throw new Error(`exit code ${ended.code}: ${ended.stderr}${ended.stdout.slice(0, 2000)}`);
      return JSON.parse(ended.stdout) as T;
    },
  };
}
