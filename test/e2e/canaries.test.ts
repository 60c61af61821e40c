// Secrets that lie in environment variables, user data and tags stop at the door: they are found, and appear nowhere.

import { type Dirent, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileNames, formatNames } from '../../src/platform/command/formats.ts';
import { createSimulation } from '../../src/platform/aws/simulated/simulation.ts';
import { openStore } from '../../src/platform/store/open.ts';
import { type Ended, cli, temporaryFolder } from './run-cli.ts';

const accounts = 3;
const manifest = createSimulation({ accounts, now: new Date() }).manifest();
const place = temporaryFolder('canaries');
afterAll(() => place.remove());
const dataDir = join(place.folder, 'data');
const reports = join(place.folder, 'reports');

/** A value in base64, wherever in a longer text it begins: the characters at its ends depend on what stands beside it. */
function inBase64(value: string): string[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]).toString('base64');
    return text.slice(shift === 0 ? 0 : shift + 1, -4);
  });
}

/** The forms in which a value could have slipped through. */
function formsOf(value: string): string[] {
  const escaped = JSON.stringify(value).slice(1, -1);
  const forms = [value, escaped, encodeURIComponent(value), Buffer.from(value).toString('hex'), ...inBase64(value)];
  return [...new Set(forms)];
}

const canaries = manifest.secrets.flatMap((secret) => formsOf(secret).map((form) => Buffer.from(form)));

/** The forms of canaries in a text or file, which must be none. */
function found(where: string, content: string | Buffer): string[] {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content);
  return canaries.filter((canary) => bytes.includes(canary)).map((canary) => `${where}: ${canary.toString()}`);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry: Dirent) => entry.isFile())
    .map((entry: Dirent) => join(entry.parentPath, entry.name));
}

/** Every row of every table, as text. */
async function dump(): Promise<Map<string, string>> {
  const store = await openStore({ dataDir: join(dataDir, 'demo') });
  try {
    const { rows: tables } = await store.pool.query<{ schema: string; name: string }>(
      `select schemaname as schema, tablename as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const dumped = new Map<string, string>();
    for (const { schema, name } of tables) {
      const { rows } = await store.pool.query<{ row: string }>(`select t::text as row from "${schema}"."${name}" t`);
      dumped.set(name, rows.map(({ row }) => row).join('\n'));
    }
    return dumped;
  } finally {
    await store.close();
  }
}

let scanned: Ended;
let tables: Map<string, string>;
const said = new Map<string, Ended>();

beforeAll(async () => {
  mkdirSync(reports);
  const here = ['--data-dir', dataDir];
  const outputs = formatNames.flatMap((name) => ['--output', `${name}=${join(reports, fileNames[name])}`]);
  const regions = ['--regions', 'us-east-1,eu-west-1,eu-central-1'];
  scanned = await cli([
    'demo',
    '--accounts',
    String(accounts),
    ...regions,
    ...outputs,
    ...here,
    '--log-level',
    'trace',
    '--debug',
  ]);
  for (const args of [
    ['demo', '--accounts', String(accounts), ...regions, '--checks', 'lambda-no-secrets-in-env,ec2-user-data-secrets'],
    ['findings', 'list', '--demo', '--output', 'json'],
    ['findings', 'list', '--demo', '--check', 'ec2-user-data-secrets'],
    ['audit-log', 'export', '--demo'],
    ['export', join(reports, 'store.jsonl'), '--demo'],
  ]) {
    said.set(args.join(' '), await cli([...args, ...here, '--log-level', 'trace']));
  }
  tables = await dump();
}, 180_000);

describe('secrets that were planted', () => {
  test('are there, and are found', () => {
    expect(manifest.secrets.length).toBeGreaterThan(3);
    expect(scanned).toMatchObject({ code: 0 });
    expect([...said].filter(([, ended]) => ended.code !== 0)).toEqual([]);
    const findings = tables.get('finding') ?? '';
    const holders = manifest.entries.filter((entry) => entry.secret !== undefined).map((entry) => entry.arn);
    expect(holders.filter((arn) => !findings.includes(arn))).toEqual([]);
  });

  test('could be recognised in every form', () => {
    const [secret = ''] = manifest.secrets;
    for (const shift of ['', 'a', 'ab']) {
      const script = Buffer.from(`${shift}#!/bin/sh\nexport PASSWORD=${secret}\n`).toString('base64');
      expect(found('', script)).toHaveLength(1);
    }
  });

  test('leave their kind and fingerprint where a tag held one', () => {
    expect(tables.get('resource_version')).toMatch(/db-password\W+\[generic-password [0-9a-f]{16}\]/);
  });

  test('appear in no table of the store', () => {
    expect(tables.size).toBeGreaterThan(10);
    expect([...tables].flatMap(([name, text]) => found(name, text))).toEqual([]);
  });

  test('appear in no file of the data folder: database, write-ahead log, audit', () => {
    const files = filesBelow(dataDir);
    expect(files.some((file) => file.includes(`${join('demo', 'audit')}`))).toBe(true);
    expect(files.flatMap((file) => found(file, readFileSync(file)))).toEqual([]);
  });

  test('appear in no report and in no export', () => {
    const files = filesBelow(reports);
    expect(files).toHaveLength(formatNames.length + 1);
    expect(files.flatMap((file) => found(file, readFileSync(file)))).toEqual([]);
  });

  test('appear in nothing that was printed or logged', () => {
    const all = [['the scan', scanned] as const, ...said];
    expect(all.flatMap(([name, { stdout, stderr }]) => [...found(name, stdout), ...found(name, stderr)])).toEqual([]);
  });
});
