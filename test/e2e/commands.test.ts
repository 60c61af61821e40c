// Every command that looks at a scan, as a person (table) and a program (JSON) meets it, on one small scan of the demo.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Store, openStore } from '../../src/platform/store/open.ts';
import { type Ended, cli, repository, temporaryFolder } from './run-cli.ts';

const place = temporaryFolder('commands');
const dataDir = join(place.folder, 'data');
const here = ['--data-dir', dataDir, '--demo'];
const limit = { timeout: 120_000 };
/** Kept open, so that the commands find their server running. */
let store: Store;
beforeAll(async () => {
  const scan = ['demo', '--accounts', '4', '--regions', 'us-east-1', '--quiet', '--data-dir', dataDir];
  await cli(scan);
  store = await openStore({ dataDir: join(dataDir, 'demo') });
}, 120_000);
afterAll(async () => {
  await store.close();
  await place.remove();
});

const vedette = (...args: string[]): Promise<Ended> => cli([...args, ...here]);
async function json(...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await vedette(...args, '--output', 'json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as unknown;
}
const named = z.looseObject({ id: z.string() });

describe('what was scanned', () => {
  test.each<[string[], z.ZodType, string[]]>([
    [
      ['accounts', 'list'],
      z.looseObject({ simulated: z.literal(true), accounts: z.array(named.extend({ status: z.string() })).length(4) }),
      ['ACCOUNT', 'STATUS', 'OWNER', 'ACTIVE'],
    ],
    [
      ['accounts', 'tree'],
      z.looseObject({ rootId: z.string().startsWith('r-'), units: z.array(named).min(1), accounts: z.array(named) }),
      ['(simulated)', '(management account)', '└─'],
    ],
    [
      ['accounts', 'relationships'],
      z.looseObject({ relationships: z.array(z.looseObject({ kind: z.string(), external: z.boolean() })).min(1) }),
      ['REACHES INTO', 'SHOWN BY', 'arn:aws:'],
    ],
    [
      ['findings', 'list', '--severity', 'critical'],
      z.looseObject({ findings: z.array(named.extend({ severity: z.literal('critical') })).min(1) }),
      ['SEVERITY', 'CRITICAL', 'ACCOUNT ID', 'vf-'],
    ],
    [
      ['checks', 'list'],
      z.looseObject({ checks: z.array(named.extend({ aliases: z.array(z.string()), service: z.string() })).min(45) }),
      ['SECURITY HUB', 'iam-root-mfa-enabled'],
    ],
    [
      ['checks', 'show', 'root-account-mfa-enabled'],
      z.looseObject({ checks: z.array(named.extend({ id: z.literal('iam-root-mfa-enabled') })).length(1) }),
      ['iam-root-mfa-enabled', 'Why:', 'Fix:', 'Also known as:', 'findings list --check iam-root-mfa-enabled'],
    ],
    [
      ['config', 'explain'],
      z.looseObject({ settings: z.array(z.looseObject({ name: z.string(), layer: z.string() })).min(20) }),
      ['SETTING', 'VEDETTE_DATA_DIR', 'flag: --data-dir', 'No configuration file was read.'],
    ],
    [
      ['audit-log', 'verify'],
      z.looseObject({ ok: z.literal(true), head: z.string(), calls: z.number().min(100) }),
      ['The audit log holds', 'Head: '],
    ],
    [
      ['doctor'],
      z.looseObject({ ok: z.boolean(), checks: z.array(z.looseObject({ name: z.string(), ok: z.boolean() })).min(5) }),
      ['ok ', 'platform binary', 'schema version'],
    ],
  ])('%j', limit, async (args, shape, words) => {
    shape.parse(await json(...args));
    const { code, stdout, stderr } = await vedette(...args);
    expect({ code, stderr: stderr.replace(/^More: --limit.*\n$/, '') }).toEqual({ code: 0, stderr: '' });
    expect(words.filter((word) => !stdout.includes(word))).toEqual([]);
    expect(stdout).not.toContain('\u001B');
  });

  test('the score is explained with its formulas and a worked example', limit, async () => {
    const { code, stdout, stderr } = await vedette('score', 'explain');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('credit of a pair');
    expect(stdout).toContain('COVERAGE');
  });
});

describe('findings', () => {
  const list = z.object({ findings: z.array(z.looseObject({ id: z.string(), state: z.string() })) });

  test('one is shown, muted with owner and reason, listed as muted, and opened again', limit, async () => {
    const [first] = list.parse(await json('findings', 'list', '--severity', 'critical')).findings;
    const id = first?.id ?? '';
    const shown = await vedette('findings', 'show', id);
    for (const heading of ['Why it matters', 'How to fix', 'Evidence, as AWS answered at', 'History'])
      expect(shown.stdout).toContain(heading);
    z.looseObject({ finding: named, history: z.array(z.unknown()).min(1) }).parse(await json('findings', 'show', id));

    const mute = ['findings', 'mute', id, '--owner', 'platform', '--reason', 'accepted', '--expires', '2999-01-01'];
    const dry = await vedette(...mute, '--dry-run');
    expect(dry.stdout).toContain('1 finding would be muted; nothing was changed.');
    expect((await vedette('findings', 'mutes')).stdout).toBe('Nothing is muted.\n');
    const muted = await vedette(...mute);
    const suppression = /findings unmute (vs-[\w-]+) .*--demo/.exec(muted.stdout)?.[1] ?? '';
    expect((await vedette('findings', 'mutes')).stdout).toMatch(/active +platform +accepted/);
    expect(list.parse(await json('findings', 'list', '--state', 'muted')).findings).toMatchObject([{ id }]);
    expect((await vedette('findings', 'unmute', suppression)).stdout).toContain('1 finding is open again');
    expect(list.parse(await json('findings', 'list', '--state', 'muted')).findings).toEqual([]);
  });

  test('without any that match it says so and where the others are', limit, async () => {
    const { code, stdout, stderr } = await vedette('findings', 'list', '--text', 'nothing holds this');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^No finding matches\.\n\n0 findings \(text "nothing holds this"\), score/);
    expect(stderr).toBe('Findings that are resolved, ended or muted are listed with --state.\n');
  });

  test.each([
    [['findings', 'list', '--account', '000000000000'], 'no account'],
    [['findings', 'list', '--region', 'us-eats-1'], 'us-east-1'],
    [['findings', 'list', '--service', 's4'], 'Did you mean s3?'],
    [['findings', 'list', '--limit', 'many'], 'whole number'],
    [['findings', 'show', 'vf-0'], 'findings list'],
    [['findings', 'verify', 'vf-0'], 'no finding "vf-0"'],
    [['findings', 'verify', 'arn:aws:s3:::nobody'], 'needs anybody'],
    [['findings', 'verify'], 'findings'],
    [['findings', 'mute', 'vf-0', '--owner', 'a', '--reason', 'b', '--expires', '2999-01-01'], 'no finding "vf-0"'],
    [['accounts', 'relationships', '--account', 'payments'], 'accounts list'],
    [['audit-log', 'verify', '--head', 'nonsense'], 'is no head'],
    [['audit-log', 'export', '--file', '/nonexistent/log'], '/nonexistent/log cannot be written'],
    [['import', '/nonexistent/store'], '/nonexistent/store cannot be read'],
    [['export', '/nonexistent/store'], '/nonexistent/store cannot be written'],
  ])('%j is wrong usage', limit, async (args, words) => {
    const { code, stdout, stderr } = await vedette(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('    at ');
  });
});

describe('permissions', () => {
  const principal = ['--principal', 'arn:aws:iam::111122223333:role/Vedette'];
  test.each([
    ['cloudformation', 'AWSTemplateFormatVersion:'],
    ['terraform', 'resource "aws_iam_role"'],
    ['json', '"Version": "2012-10-17"'],
  ])('as %s: the role, its trust with external id and organisation', limit, async (format, words) => {
    const { code, stdout, stderr } = await vedette('permissions', ...principal, '--format', format);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of [words, 'sts:ExternalId', 'aws:PrincipalOrgID', 'VedetteRead', 's3:GetBucketPolicy'])
      expect(stdout).toContain(word);
  });

  test.each(['cloudformation', 'terraform'])(
    'as %s before the first scan it says how each account gets its external id',
    limit,
    async (format) => {
      const nobody = ['--data-dir', join(place.folder, 'nobody'), '--format', format];
      const { code, stdout, stderr } = await cli(['permissions', ...principal, ...nobody]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/ExternalId|external_id/);
      expect(stderr).toContain('No account is known yet');
      expect(stderr).toMatch(/"npm run -s vedette -- scan --data-dir [^"]+" in the management account/);
    },
  );

  test('a principal that is no ARN is refused', limit, async () => {
    expect(await vedette('permissions', '--principal', 'Vedette')).toMatchObject({ code: 2, stdout: '' });
  });
});

test('the store goes out to a file and into another, with everything that was found', limit, async () => {
  const file = join(place.folder, 'store.gz');
  expect(await vedette('export', file)).toMatchObject({ code: 0, stdout: '' });
  const elsewhere = ['--data-dir', join(place.folder, 'elsewhere'), '--demo'];
  expect(await cli(['import', file, ...elsewhere])).toMatchObject({ code: 0, stdout: '' });
  const before = await vedette('findings', 'list', '--output', 'json');
  const after = await cli(['findings', 'list', '--output', 'json', ...elsewhere]);
  expect(after.stdout).toBe(before.stdout);
  // A store that holds something already is not written over.
  expect((await cli(['import', file, ...elsewhere])).code).not.toBe(0);
});

describe('the audit log, against a head that was noted elsewhere:', () => {
  const folder = join(dataDir, 'demo', 'audit');
  const copy = join(place.folder, 'tampered');
  const audit = join(copy, 'demo', 'audit');
  let head = '';
  beforeAll(async () => {
    head = z.looseObject({ head: z.string() }).parse(await json('audit-log', 'verify')).head;
  }, 60_000);

  const segment = (): string => join(audit, 'segments', readdirSync(join(audit, 'segments'))[0] ?? '');
  const edit = (change: (lines: string[]) => string[]): void => {
    const lines = readFileSync(segment(), 'utf8').trimEnd().split('\n');
    writeFileSync(segment(), `${change(lines).join('\n')}\n`);
  };
  test.each<[string, () => void]>([
    ['edited', () => edit((lines) => lines.map((line, i) => (i === 5 ? line.replace('"ok"', '"no"') : line)))],
    ['with a line deleted', () => edit((lines) => lines.toSpliced(5, 1))],
    ['reordered', () => edit((lines) => lines.toSpliced(5, 2, lines[6] ?? '', lines[5] ?? ''))],
    ['truncated', () => edit((lines) => lines.slice(0, 20))],
    ['without its segment', () => rmSync(segment())],
    ['removed as a whole', () => rmSync(audit, { recursive: true })],
  ])('%s', limit, async (_name, tamper) => {
    rmSync(copy, { recursive: true, force: true });
    cpSync(folder, audit, { recursive: true });
    tamper();
    const args = ['audit-log', 'verify', '--head', head, '--demo', '--data-dir', copy];
    const { code, stdout } = await cli(args);
    expect(code).toBe(3);
    expect(stdout).toContain('PROBLEM');
    expect(stdout).toContain('does not hold');
  });

  test('rewritten as a whole by the program itself', limit, async () => {
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(copy);
    await cli(['demo', '--accounts', '1', '--regions', 'us-east-1', '--quiet', '--data-dir', join(copy, 'other')]);
    mkdirSync(join(copy, 'demo'));
    renameSync(join(copy, 'other', 'demo', 'audit'), audit);
    const args = ['audit-log', 'verify', '--demo', '--data-dir', copy];
    expect(await cli(args)).toMatchObject({ code: 0 });
    const { code, stdout } = await cli([...args, '--head', head]);
    expect(code).toBe(3);
    expect(stdout).toContain('is not the known head');
  });

  test('is exported whole, to a file or a reader that leaves early', limit, async () => {
    const file = join(place.folder, 'audit.jsonl');
    expect(await vedette('audit-log', 'export', '--file', file)).toMatchObject({ code: 0, stdout: '' });
    const [first = '', ...rest] = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(JSON.parse(first)).toMatchObject({ head });
    expect(rest.length).toBeGreaterThan(100);
    const program = `"${process.execPath}" src/apps/cli/main.ts audit-log export --demo --data-dir "${dataDir}" | head -1`;
    const piped = spawnSync('sh', ['-c', program], { cwd: repository, encoding: 'utf8' });
    expect(piped.stdout).toBe(`${first}\n`);
    expect(piped.stderr).not.toContain('error');
  });
});

// After the audit log's tests: it calls AWS, and so begins a segment.
test(
  'a finding is verified: it fails still in the organisation that was scanned, of four accounts',
  limit,
  async () => {
    const [first] = z
      .object({ findings: z.array(named) })
      .parse(await json('findings', 'list', '--service', 's3')).findings;
    const id = first?.id ?? '';
    const { code, stdout, stderr } = await vedette('findings', 'verify', id);
    expect({ code, stderr }).toEqual({ code: 3, stderr: 'Reading again what 1 finding is about.\n' });
    expect(stdout).toMatch(/^still fails {2}/);
    expect(stdout).toContain('0 fixed, 1 failing.');
    const again = await vedette('findings', 'verify', id, '--output', 'json');
    z.object({
      verifications: z.tuple([
        z.looseObject({
          outcome: z.literal('fails'),
          verdict: z.literal('fail'),
          finding: named.extend({ id: z.literal(id) }),
        }),
      ]),
    }).parse(JSON.parse(again.stdout));
    expect((await vedette('findings', 'show', id)).stdout).toContain(`findings verify ${id}`);
  },
);
