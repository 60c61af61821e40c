// The command line as a person or a pipeline meets it: outputs, exit codes, errors, signals, and the commands that it prints.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { severities } from '../../src/domain/severity.ts';
import { verdicts } from '../../src/domain/verdict.ts';
import { type Ended, cli, repository, start, startCli, temporaryFolder } from './run-cli.ts';

const place = temporaryFolder('cli');
afterAll(() => place.remove());
const dataDir = join(place.folder, 'data');
const here = ['--data-dir', dataDir];
/** Small, and with everything in it that a summary can show. */
const demo = ['demo', '--accounts', '3', '--regions', 'us-east-1', ...here];
const limit = { timeout: 120_000 };

const fraction = z.number().min(0).max(1);
const severity = z.enum(severities);
/** The shape that the design fixes; more members may stand beside these. */
const report = z.looseObject({
  schema: z.literal('vedette.scan/1'),
  scan: z.looseObject({
    id: z.string().min(1),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime(),
    organizationId: z.string().startsWith('o-'),
    simulated: z.literal(true),
    durationMs: z.number().positive(),
    apiCalls: z.number().positive(),
  }),
  score: z.number().min(0).max(100),
  coverage: fraction,
  accounts: z
    .array(
      z.looseObject({
        id: z.string().regex(/^\d{12}$/),
        name: z.string().min(1),
        ouPath: z.string().startsWith('/'),
        status: z.literal('ACTIVE'),
        scan: z.enum(['complete', 'partial', 'denied', 'failed', 'skipped']),
        score: z.number().min(0).max(100),
        coverage: fraction,
      }),
    )
    .length(3),
  gaps: z.array(
    z.looseObject({
      account: z.string(),
      regions: z.array(z.string()).min(1),
      service: z.string(),
      action: z.string(),
      reason: z.string(),
    }),
  ),
  findings: z
    .array(
      z.looseObject({
        id: z.string().startsWith('vf-'),
        check: z.string(),
        verdict: z.enum(['fail', 'manual']),
        severity,
        account: z.string(),
        region: z.string(),
        resource: z.string(),
        title: z.string(),
        state: z.literal('new'),
        source: z.literal('vedette'),
      }),
    )
    .min(50),
  summary: z.looseObject({
    bySeverity: z.record(severity, z.number()),
    byVerdict: z.record(z.enum(verdicts), z.number()),
  }),
});

describe('a scan', () => {
  let json: Ended;
  let table: Ended;
  let coloured: Ended;

  beforeAll(async () => {
    json = await cli([...demo, '--output', 'json', '--log-level', 'trace', '--debug']);
    coloured = await cli([...demo, '--services', 'iam'], { env: { FORCE_COLOR: '1' } });
    table = await cli(demo, { env: { NO_COLOR: '1' } });
  }, 120_000);

  test('prints one JSON value of the known shape, and nothing else', () => {
    expect(json.code).toBe(0);
    const parsed = report.parse(JSON.parse(json.stdout));
    const ids = parsed.findings.map((finding) => finding.id);
    expect(new Set(ids).size).toBe(ids.length);
    const counted = Object.values(parsed.summary.bySeverity).reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(ids.length);
  });

  test('says its progress and its urgent findings on standard error', () => {
    expect(json.stderr).toContain('CRITICAL');
    expect(json.stderr).not.toContain('    at ');
  });

  test('colours only where it may', () => {
    expect(coloured.stdout).toContain('\u001B[');
    expect(table.code).toBe(0);
    expect(table.stdout).toContain('Score');
    expect(`${table.stdout}${table.stderr}`).not.toContain('\u001B');
  });

  test('ends with a summary that says what changed, what could not be seen and what comes next', () => {
    for (const heading of ['Fix first', 'Accounts', 'What changed', 'What could not be seen', 'Next']) {
      expect(table.stdout).toContain(`\n${heading}\n`);
    }
    // The severity is always a word as well.
    expect(table.stdout).toMatch(/1 critical {2}\S/);
  });

  test('prints commands that work as printed', limit, async () => {
    const commands = table.stdout
      .split('\n')
      .flatMap((line) => /^\s*(npm run -s vedette -- .+)$/.exec(line)?.[1] ?? []);
    expect(commands.filter((command) => command.includes('checks show'))).toHaveLength(5);
    expect(commands.length).toBeGreaterThanOrEqual(8);
    const env = {
      PATH: `${join(repository, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      npm_config_cache: place.folder,
      npm_config_update_notifier: 'false',
    };
    for (const command of new Set(commands)) {
      const { code, stdout, stderr } = await start('sh', ['-c', command], { cwd: repository, env }).ended;
      expect({ command, code, stderr, says: stdout.length > 100 }).toEqual({
        command,
        code: 0,
        stderr: '',
        says: true,
      });
    }
  });

  test('leaves quietly when nobody reads on', limit, async () => {
    const program = `"${process.execPath}" src/apps/cli/main.ts findings list --demo --data-dir "${dataDir}" --output json`;
    const { stdout, stderr } = await start('sh', ['-c', `${program} | head -c 20`]).ended;
    expect(stdout).toHaveLength(20);
    expect(stderr).toBe('');
  });
});

describe('exit codes', () => {
  test.each([
    ['0 when nothing is as grave as --fail-on', ['--checks', 'kms-key-rotation', '--fail-on', 'high'], 0],
    ['3 when something is', ['--services', 'iam', '--fail-on', 'high'], 3],
    // Whether any trail records these events cannot be told when not all regions are read.
    [
      '4 when coverage is below --min-coverage',
      ['--checks', 'cloudtrail-s3-write-data-events', '--min-coverage', '1'],
      4,
    ],
    [
      '3 before 4',
      ['--checks', 'cloudtrail-s3-write-data-events,iam-root-mfa-enabled', '--min-coverage', '1', '--fail-on', 'high'],
      3,
    ],
  ] as const)('%s', limit, async (_name, args, code) => {
    expect(await cli([...demo, '--quiet', ...args])).toMatchObject({ code });
  });
});

describe('wrong usage ends with 2, one clear error and nothing on standard output', () => {
  const file = (name: string, text: string): string => {
    const path = join(place.folder, name);
    writeFileSync(path, text);
    return path;
  };
  const unknownKey = file('unknown-key.yaml', 'regions:\n  - us-east-1\nfailOnn: high\n');
  const notYaml = file('not-yaml.yaml', 'regions: [us-east-1\nfailOn: high\n');
  const wrongValue = file('wrong-value.yaml', '# severities\n\nfailOn: severe\n');
  const notThere = join(place.folder, 'not-there.yaml');

  test.each([
    [
      'an unknown check',
      ['demo', '--checks', 'iam-user-mfa-enabld'],
      ['"iam-user-mfa-enabld"', 'iam-user-mfa-enabled'],
    ],
    ['an unknown format', ['demo', '--output', 'jsn'], ['"jsn"', 'Did you mean json?']],
    ['an unknown command', ['demmo'], ["'demmo'", 'demo']],
    [
      'nothing scanned yet',
      ['findings', 'list', '--demo', '--data-dir', join(place.folder, 'empty')],
      ['scanned', 'demo'],
    ],
    ['a configuration file that is not there', ['demo', '--config', notThere], [notThere]],
    ['one that is a folder', ['demo', '--config', place.folder], [place.folder, 'cannot be read']],
    ['one that is not YAML', ['demo', '--config', notYaml], [notYaml, 'line 2']],
    ['one with an unknown key', ['demo', '--config', unknownKey], [unknownKey, 'line 3', 'failOnn', 'failOn?']],
    ['one with a wrong value', ['demo', '--config', wrongValue], [wrongValue, 'line 3', 'failOn', 'critical']],
  ] as const)('%s', limit, async (_name, args, words) => {
    const { code, stdout, stderr } = await cli(args.includes('--data-dir' as never) ? args : [...args, ...here]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: /);
    expect(words.filter((word) => !stderr.includes(word))).toEqual([]);
    expect(stderr).not.toContain('    at ');
  });
});

test.each([[[]], [['findings']], [['score']]])('%j without a command ends with its help alone', limit, async (args) => {
  const { code, stdout, stderr } = await cli(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^Usage: vedette /);
  expect(stderr).not.toContain('error:');
});

describe('trouble', () => {
  test('a data folder that cannot be used: which, why and what to do', limit, async () => {
    const file = join(place.folder, 'a-file');
    writeFileSync(file, '');
    const { code, stdout, stderr } = await cli(['demo', '--accounts', '2', '--data-dir', join(file, 'data')]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(join(file, 'data'));
    expect(stderr).toContain('--data-dir');
  });

  test('a scan that is interrupted, terminated and killed says how to go on, goes on, and ends', limit, async () => {
    const folder = ['--data-dir', join(place.folder, 'interrupted')];
    const scan = ['demo', '--accounts', '40', '--regions', 'us-east-1', '--output', 'json', ...folder];
    const stopped = async (signal: NodeJS.Signals, after: string): Promise<Ended> => {
      const running = startCli(scan);
      await running.says(after);
      running.child.kill(signal);
      return await running.ended;
    };
    const interrupted = await stopped('SIGINT', 'CRITICAL');
    expect(interrupted).toMatchObject({ code: 130, stdout: '' });
    expect(interrupted.stderr).toContain('run the same command again');
    const terminated = await stopped('SIGTERM', 'Going on with the scan');
    expect(terminated).toMatchObject({ code: 143, stdout: '' });
    expect(terminated.stderr).toContain('run the same command again');
    expect(await stopped('SIGKILL', 'Going on with the scan')).toMatchObject({ signal: 'SIGKILL', stdout: '' });

    const ended = await cli(scan);
    expect(ended.stderr).toContain('Going on with the scan');
    expect(ended.code).toBe(0);
    const { accounts } = z.looseObject({ accounts: z.array(z.unknown()) }).parse(JSON.parse(ended.stdout));
    expect(accounts).toHaveLength(40);
    // What was called is on record, whatever ended the processes.
    const verified = await cli(['audit-log', 'verify', '--demo', ...folder]);
    expect(verified).toMatchObject({ code: 0 });
  });

  test('an interrupted demo of another size is not gone on with', limit, async () => {
    const folder = ['--regions', 'us-east-1', '--output', 'json', '--data-dir', join(place.folder, 'sizes')];
    const running = startCli(['demo', '--accounts', '40', ...folder]);
    await running.says('CRITICAL');
    running.child.kill('SIGINT');
    await running.ended;
    const { code, stdout, stderr } = await cli(['demo', '--accounts', '3', ...folder]);
    expect(code).toBe(0);
    expect(stderr).not.toContain('Going on');
    const { accounts } = z.object({ accounts: z.array(z.looseObject({ scan: z.string() })) }).parse(JSON.parse(stdout));
    expect(accounts.map(({ scan }) => scan)).toEqual(['complete', 'complete', 'complete']);
  });
});
