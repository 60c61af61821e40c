// A command loads what it needs and not the rest: it starts at once, and completion on a terminal is not felt.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const repository = join(import.meta.dirname, '..', '..');
const home = mkdtempSync(join(tmpdir(), 'vedette-startup-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Tells on standard error of every module as it is loaded. */
const listening = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({ load(url, context, next) { process.stderr.write('loads ' + url + '\\n'); return next(url, context); } });`)}`;

async function modulesOf(...args: readonly string[]): Promise<string[]> {
  return await new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--import', listening, join(repository, 'src/apps/cli/main.ts'), ...args],
      { cwd: home, env: { PATH: process.env['PATH'] ?? '', HOME: home }, maxBuffer: 64 * 1024 * 1024 },
      (error, _stdout, stderr) => {
        if (error !== null) reject(error);
        else resolve([...stderr.matchAll(/^loads (\S+)$/gm)].map((match) => match[1] ?? ''));
      },
    );
  });
}

const cases = join(repository, 'src/features/identity/policy/cases/residue');
const parts = {
  SDK: /\/@aws-sdk\/client-/,
  collectors: /\/inventory\/collectors\//,
  checks: /\/checks\/catalogue\//,
  store: /\/node_modules\/pg\//,
  'IAM tables': /\/generated\/iam\//,
  'simulated organisation': /\/aws\/simulated\//,
};

describe('what a command does not load', () => {
  const table: [string[], (keyof typeof parts)[]][] = [
    [['--version'], Object.keys(parts) as (keyof typeof parts)[]],
    [
      ['checks', 'list', '--output', 'json'],
      ['SDK', 'collectors', 'simulated organisation'],
    ],
    [
      ['simulate', '--cases', cases, '--output', 'json'],
      ['SDK', 'collectors', 'checks', 'simulated organisation'],
    ],
    [
      ['config', 'explain', '--output', 'json'],
      ['SDK', 'collectors', 'checks', 'simulated organisation'],
    ],
  ];
  test.each(table)('%j', async (args, absent) => {
    const loaded = await modulesOf(...args);
    expect(loaded.some((url) => url.endsWith('/apps/cli/cli.ts'))).toBe(true);
    expect(absent.flatMap((part) => loaded.filter((url) => parts[part].test(url)))).toEqual([]);
  });

  test('and a scan all that it is made of, but for what it opens later, so that the patterns above are not idle', async () => {
    const loaded = await modulesOf('scan', '--help');
    expect(Object.values(parts).filter((part) => !loaded.some((url) => part.test(url)))).toEqual([
      parts.store,
      parts['simulated organisation'],
    ]);
  });
});
