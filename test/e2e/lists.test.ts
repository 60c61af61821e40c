// Lists in every format that they can be written in, on one small scan of the demo.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type FormatName, fileNames, formatNames } from '../../src/platform/command/formats.ts';
import { parseCsv } from '../../src/platform/command/testing.ts';
import { type Store, openStore } from '../../src/platform/store/open.ts';
import { type Ended, cli, repository, start, temporaryFolder } from './run-cli.ts';

const place = temporaryFolder('lists');
const dataDir = join(place.folder, 'data');
const reports = join(place.folder, 'reports');
const here = ['--data-dir', dataDir, '--demo'];
const limit = { timeout: 120_000 };
/** Kept open, so that the commands find their server running. */
let store: Store;
beforeAll(async () => {
  mkdirSync(reports);
  await cli(['demo', '--accounts', '4', '--regions', 'us-east-1', '--quiet', '--data-dir', dataDir]);
  store = await openStore({ dataDir: join(dataDir, 'demo') });
}, 120_000);
afterAll(async () => {
  await store.close();
  await place.remove();
});

const vedette = (...args: string[]): Promise<Ended> => cli([...args, ...here]);
const fileOf = (format: FormatName): string => join(reports, fileNames[format]);
const textOf = (format: FormatName): string => readFileSync(fileOf(format), 'utf8');
const schema = (name: string): object =>
  JSON.parse(readFileSync(join(repository, 'test/fixtures/schemas', name), 'utf8')) as object;

const findings = z.looseObject({
  findings: z.array(
    z.looseObject({ id: z.string(), severity: z.string(), account: z.string(), accountName: z.string() }),
  ),
  simulated: z.literal(true),
});

describe('findings list, critical and high, as every format at once', () => {
  let ids: string[];
  let ended: Ended;
  beforeAll(async () => {
    const outputs = formatNames.flatMap((name) => ['-o', `${name}=${fileOf(name)}`]);
    ended = await vedette('findings', 'list', '--severity', 'critical,high', ...outputs);
    ids = findings.parse(JSON.parse(textOf('json'))).findings.map(({ id }) => id);
  }, 120_000);

  test('writes the files that were asked for, names them, and nothing else', () => {
    expect(ended).toMatchObject({ code: 0, stdout: '' });
    expect(ended.stderr.trim().split('\n')).toEqual(formatNames.map((name) => `wrote ${fileOf(name)}`));
    expect(readdirSync(reports).sort()).toEqual(Object.values(fileNames).sort());
  });

  test('json has the most urgent first, with the names of accounts', () => {
    const rows = findings.parse(JSON.parse(textOf('json'))).findings;
    const severities = rows.map(({ severity }) => severity);
    expect(new Set(severities)).toEqual(new Set(['critical', 'high']));
    expect(severities).toEqual([...severities].sort());
    expect(rows.filter(({ accountName }) => accountName === '')).toEqual([]);
  });

  test('sarif and ocsf fit their published schemas', () => {
    const sarif = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats.default(sarif);
    const fits = sarif.compile(schema('sarif-2.1.0.json'));
    expect(fits(JSON.parse(textOf('sarif'))) ? [] : fits.errors).toEqual([]);
    const event = new Ajv2020({ strict: false, allErrors: true }).compile(schema('ocsf-1.5.0-compliance-finding.json'));
    for (const one of JSON.parse(textOf('ocsf')) as unknown[]) expect(event(one) ? [] : event.errors).toEqual([]);
  });

  const rows = z.array(
    z.looseObject({ Id: z.string().optional(), finding_info: z.looseObject({ uid: z.string() }).optional() }),
  );
  test.each<[FormatName, (text: string) => string[]]>([
    ['ocsf', (text) => rows.parse(JSON.parse(text)).map((one) => one.finding_info?.uid ?? '')],
    ['asff', (text) => rows.parse(JSON.parse(text)).map((one) => one.Id?.replace('vedette/', '') ?? '')],
    [
      'csv',
      (text) =>
        parseCsv(text, ';')
          .slice(1)
          .flatMap(([id = '']) => (id === '' ? [] : id)),
    ],
    ['sarif', (text) => [...text.matchAll(/"vedetteFindingId\/v1":"(vf-\w+)"/g)].map(([, id = '']) => id)],
    ['table', (text) => [...text.matchAll(/ (vf-\w{32})\n/g)].map(([, id = '']) => id)],
  ])('%s has the same findings in the same order', (format, read) => {
    expect(ids.length).toBeGreaterThan(20);
    expect(read(textOf(format))).toEqual(ids);
  });

  test('html, md and junit have as many, and say what was selected', () => {
    const [html, md, junit] = [textOf('html'), textOf('md'), textOf('junit')];
    expect(html.match(/<tr><td class="(?:critical|high)"/g)).toHaveLength(ids.length);
    expect(md.match(/^\| (?:critical|high) (?:\(manual\) )?\| new /gm)).toHaveLength(ids.length);
    expect(junit.match(/<testcase classname="(?!not-read)/g)).toHaveLength(ids.length);
    for (const text of [html, md, junit]) expect(text).toContain('severity critical or high');
  });

  test('overwrites a file whole', async () => {
    writeFileSync(fileOf('md'), 'x'.repeat(1_000_000));
    expect(await vedette('findings', 'list', '--severity', 'info', '-o', `md=${fileOf('md')}`)).toMatchObject({
      code: 0,
    });
    expect(textOf('md')).toMatch(/^# Vedette report/);
    expect(textOf('md').length).toBeLessThan(100_000);
  });
});

test('the class of OCSF events can be chosen', limit, async () => {
  const args = ['findings', 'list', '--severity', 'critical', '-o', 'ocsf', '--ocsf-class', 'detection'];
  const { code, stdout } = await vedette(...args);
  expect(code).toBe(0);
  const event = new Ajv2020({ strict: false, allErrors: true }).compile(schema('ocsf-1.5.0-detection-finding.json'));
  const events = JSON.parse(stdout) as unknown[];
  expect(events.length).toBeGreaterThan(1);
  for (const one of events) expect(event(one) ? [] : event.errors).toEqual([]);
});

test('a limit holds for every format; without one only the table on standard output has one', limit, async () => {
  const two = findings.parse(JSON.parse((await vedette('findings', 'list', '--limit', '2', '-o', 'json')).stdout));
  expect(two.findings).toHaveLength(2);
  const table = await vedette('findings', 'list', '-o', `table=${fileOf('table')}`, '-o', 'table');
  expect(table.stdout.match(/ vf-/g)).toHaveLength(100);
  expect(table.stdout).toMatch(/100 findings \(the first 100 of [\d,]+\), score/);
  expect(table.stderr).toContain('More: --limit');
  expect(textOf('table').match(/ vf-/g)?.length).toBeGreaterThan(100);
});

test('an account that could not be read has no findings, and a list of them says why', limit, async () => {
  const { rows } = await store.pool.query<{ account: string; organization_id: string; scan: string }>(
    "select account, organization_id, scan from scan_account where status = 'complete' limit 1",
  );
  const [{ account, organization_id: organization, scan } = { account: '', organization_id: '', scan: '' }] = rows;
  await store.pool.query(
    "insert into gap values ($1, $2, $3, 'us-east-1', 'kms/key', 'kms', 'kms:ListKeys', 'denied', 'not allowed')",
    [organization, scan, account],
  );
  const asked = [
    'findings',
    'list',
    '--account',
    account,
    '--check',
    'kms-key-rotation',
    '--text',
    'nothing holds this',
  ];
  const { stdout } = await vedette(...asked);
  expect(stdout).toMatch(/^No finding matches\.\n/);
  expect(stdout).toContain('1 gap: not everything could be read');
  const csv = await vedette(...asked, '-o', 'csv');
  expect(parseCsv(csv.stdout, ';').map((row) => row.slice(1, 3))).toEqual([
    ['verdict', 'severity'],
    ['unknown', ''],
  ]);
});

describe('lists', () => {
  const lists: [string, string[]][] = [
    ['checks list', ['check', 'severity', 'aliases']],
    ['accounts list', ['account', 'name', 'status', 'ou_path', 'tags']],
    ['accounts relationships', ['who', 'reaches_into', 'shown_by']],
    ['accounts security-services', ['account', 'region', 'service', 'status']],
    ['findings mutes', ['suppression', 'owner', 'reason', 'expires_at', 'rule']],
  ];
  beforeAll(async () => {
    const why = ['--owner', 'platform', '--reason', '=HYPERLINK("x") | accepted', '--expires', '2999-01-01'];
    await vedette('findings', 'mute', '--check', 's3-bucket-versioning', ...why);
  }, 120_000);

  test.each(lists)('%s as csv and md, on standard output and in files', limit, async (command, names) => {
    const [csv, json] = [join(reports, 'list.csv'), join(reports, 'list.json')];
    const { code, stdout, stderr } = await vedette(
      ...command.split(' '),
      '-o',
      'md',
      '-o',
      `csv=${csv}`,
      '-o',
      `json=${json}`,
    );
    expect(code).toBe(0);
    expect(stderr).toContain(`wrote ${csv}\nwrote ${json}\n`);
    const [header = [], ...rows] = parseCsv(readFileSync(csv, 'utf8'), ';');
    expect(names.filter((name) => !header.includes(name))).toEqual([]);
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set([header, ...rows].map((row) => row.length)).size).toBe(1);
    expect(rows.flat().filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([]);
    expect(() => JSON.parse(readFileSync(json, 'utf8')) as unknown).not.toThrow();
    const table = stdout.trimEnd().split('\n');
    expect(table.length).toBeGreaterThan(2);
    expect(new Set(table.map((row) => row.replaceAll(String.raw`\|`, '').split('|').length)).size).toBe(1);
  });

  test.each<[number, string[], string]>([
    [2, ['findings', 'list', '-o', 'saref=x'], 'Did you mean sarif?'],
    [2, ['findings', 'list', '-o', 'csv', '-o', 'md'], 'both csv and md'],
    [1, ['findings', 'list', '-o', 'json', '-o', 'csv=/nonexistent/x.csv'], '/nonexistent/x.csv cannot be written'],
    [2, ['findings', 'list', '-o', `csv=${place.folder}`], join(place.folder, 'vedette.csv')],
    [2, ['findings', 'list', '--account', 'log-archiv'], 'Did you mean log-archive?'],
    [2, ['checks', 'list', '-o', 'sarif'], 'this command cannot write sarif'],
    [1, ['accounts', 'list', '-o', 'json', '-o', 'csv=/nonexistent/x.csv'], '/nonexistent/x.csv cannot be written'],
    [2, ['accounts', 'list', '-o', 'cvs'], 'Did you mean csv?'],
    [2, ['findings', 'show', 'vf-000000', '-o', 'jsno'], 'Did you mean json?'],
  ])('%i for %j, which says what is wrong and writes nothing', limit, async (wanted, args, words) => {
    const { code, stdout, stderr } = await vedette(...args);
    expect({ code, stdout }).toEqual({ code: wanted, stdout: '' });
    expect(stderr).toContain(words);
  });

  test.each(['findings list', 'findings list -o csv', 'findings list -o html', 'checks list -o md', 'accounts list'])(
    '%s ends quietly when nobody reads on',
    limit,
    async (command) => {
      const program = `"${process.execPath}" src/apps/cli/main.ts ${command} --demo --data-dir "${dataDir}"`;
      const { stdout, stderr } = await start('sh', ['-c', `(${program}; echo "ended $?" >&2) | head -1`]).ended;
      expect(stdout.split('\n')).toHaveLength(2);
      expect(stderr.replace(/^More: .*\n/, '')).toBe('ended 0\n');
    },
  );
});

describe('a finding by the beginning of its id', () => {
  test('is shown, muted and verified; one that is not clear is refused', limit, async () => {
    const list = await vedette('findings', 'list', '--severity', 'critical', '--limit', '1', '-o', 'json');
    const id = findings.parse(JSON.parse(list.stdout)).findings[0]?.id ?? '';
    expect((await vedette('findings', 'show', id.slice(0, 13))).stdout).toContain(`finding    ${id} `);
    const why = ['--owner', 'a', '--reason', 'b', '--expires', '2999-01-01', '--dry-run'];
    expect((await vedette('findings', 'mute', `${id.slice(0, 13)}…`, ...why)).stdout).toContain(`${id}  critical`);
    const verified = await vedette('findings', 'verify', id.slice(0, 13));
    expect(verified).toMatchObject({ code: 3, stdout: expect.stringContaining(id) as unknown });
    await store.pool.query(
      `insert into finding select organization_id, left(id, 13) || repeat('0', 22), kind, source, check_id, verdict, severity, account, region, scope_region,
         resource, resource_type, title, reason, state, first_seen, last_seen, last_verified, last_scan, last_scan_started_at, rule, muted_by, suppression
         from finding where id = $1`,
      [id],
    );
    const { code, stdout, stderr } = await vedette('findings', 'show', id.slice(0, 13));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(id);
    expect(stderr).toContain(`${id.slice(0, 13)}${'0'.repeat(22)}`);
  });
});

test('completion offers the formats and values of lists', limit, async () => {
  const script = join(place.folder, 'completion.bash');
  writeFileSync(script, (await cli(['completion', 'bash'])).stdout);
  const offered = (...words: string[]): string[] => {
    const code =
      'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _vedette; printf "%s\\n" "${COMPREPLY[@]}"';
    return execFileSync('bash', ['-c', code, 'bash', script, 'vedette', ...words], { encoding: 'utf8' })
      .trim()
      .split('\n');
  };
  expect(offered('findings', 'list', '--output', '')).toEqual(formatNames);
  expect(offered('checks', 'list', '-o', '')).toEqual(['table', 'json', 'csv', 'md']);
  expect(offered('findings', 'show', '-o', '')).toEqual(['table', 'json']);
  expect(offered('findings', 'list', '--severity', 'c')).toEqual(['critical']);
  expect(offered('findings', 'list', '--state', 're')).toEqual(['resolved', 'reopened']);
  expect(offered('findings', 'list', '--ocsf-class', '')).toEqual(['compliance', 'detection']);
});

test('an account that left reaches in from outside, and nobody into it', limit, async () => {
  const shape = z.looseObject({
    relationships: z.array(z.looseObject({ from: z.string(), to: z.string(), external: z.boolean() })),
  });
  const known = async () =>
    shape.parse(JSON.parse((await vedette('accounts', 'relationships', '--output', 'json')).stdout)).relationships;
  const before = await known();
  const inside = before.find(({ external, to }) => !external && before.some(({ from }) => from === to));
  const gone = inside?.to ?? '';
  expect(gone).toMatch(/^\d{12}$/);
  await store.pool.query('update account set left_at = now() where id = $1', [gone]);
  try {
    const after = await known();
    expect(after.filter(({ from }) => from === gone)).toEqual([]);
    const reaching = after.filter(({ to }) => to === gone);
    expect(reaching.length).toBeGreaterThan(0);
    expect(reaching.every(({ external }) => external)).toBe(true);
  } finally {
    await store.pool.query('update account set left_at = null where id = $1', [gone]);
  }
});
