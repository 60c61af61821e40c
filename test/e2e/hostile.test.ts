// Text that attackers put into names, descriptions and tags arrives in the store and in every output, and does nothing.

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileNames, formatNames } from '../../src/platform/command/formats.ts';
import { hostile } from '../../src/platform/aws/simulated/hostile.ts';
import { createSimulation } from '../../src/platform/aws/simulated/simulation.ts';
import { type Ended, cli, temporaryFolder } from './run-cli.ts';

const accounts = 12;
const { organization, manifest } = createSimulation({ accounts, now: new Date() });
const place = temporaryFolder('hostile');
afterAll(() => place.remove());
const reports = join(place.folder, 'reports');
const listed = join(place.folder, 'listed');
const here = ['--data-dir', join(place.folder, 'data')];

const planted = manifest().entries.filter(({ trait }) => trait === 'hostile-text');
const carriers = [...planted.map(({ account }) => account), ...named()];

/** Accounts whose names are hostile. */
function named(): readonly string[] {
  return organization.accounts.filter(({ name }) => name.includes(hostile.html)).map(({ id }) => id);
}

let scanned: Ended;
const said = new Map<string, Ended>();

beforeAll(async () => {
  mkdirSync(reports);
  mkdirSync(listed);
  const outputs = formatNames.flatMap((name) => ['--output', `${name}=${join(reports, fileNames[name])}`]);
  const demo = [
    'demo',
    '--accounts',
    String(accounts),
    '--regions',
    'us-east-1',
    '--services',
    'iam,ec2',
    '--no-serve',
  ];
  scanned = await cli([...demo, ...outputs, ...here]);
  const lists = formatNames.flatMap((name) => ['-o', `${name}=${join(listed, fileNames[name])}`]);
  for (const args of [
    ['accounts', 'list', '--demo'],
    ['accounts', 'tree', '--demo'],
    ['accounts', 'list', '--demo', '-o', 'csv'],
    ['accounts', 'list', '--demo', '-o', 'md'],
    ['findings', 'list', '--demo'],
    ['findings', 'list', '--demo', '-o', 'md', ...lists],
    ['principal-can', planted.find(({ type }) => type === 'AWS::IAM::Role')?.arn ?? '', '--demo'],
  ]) {
    said.set(args.filter((word) => word !== '--demo').join(' '), await cli([...args, ...here]));
  }
}, 180_000);

/** What a terminal, an editor or a page acts on, and what nobody sees. Line ends are what they are. */
const active = /[^\P{Cc}\n\r]|[\p{Zl}\p{Zp}\p{Cs}]|(?!\u200d)\p{Cf}/u;
/** Markup as it was planted. */
const markup = [hostile.html, hostile.svg, hostile.script, hostile.script.slice(2)];

/** A terminal and a spreadsheet make nothing of markup. */
const forbidden = (name: string): readonly string[] => (name === 'table' || name === 'csv' ? [] : markup);

const textOf = (name: (typeof formatNames)[number], folder = reports): string =>
  readFileSync(join(folder, fileNames[name]), 'utf8');

describe('hostile text of the simulated organisation', () => {
  test('is there to be scanned', () => {
    expect(planted.length).toBeGreaterThan(0);
    expect(named().length).toBeGreaterThan(0);
    expect(scanned.code).toBe(0);
    const report = JSON.parse(textOf('json')) as { accounts: { id: string; name: string; scan: string }[] };
    const read = report.accounts.filter(({ id, scan }) => carriers.includes(id) && scan !== 'skipped');
    expect(read.length).toBeGreaterThan(0);
    expect(report.accounts.map(({ name }) => name).join('\n')).toContain(hostile.html);
  });

  test.each(formatNames)('does nothing in %s', (name) => {
    const text = textOf(name);
    expect(text.length).toBeGreaterThan(1_000);
    expect(active.exec(text)).toBeNull();
    expect(forbidden(name).filter((tag) => text.includes(tag))).toEqual([]);
  });

  test.each(formatNames)('does nothing in the list of findings as %s', (name) => {
    const text = textOf(name, listed);
    expect(text.length).toBeGreaterThan(1_000);
    expect(active.exec(text)).toBeNull();
    expect(forbidden(name).filter((tag) => text.includes(tag))).toEqual([]);
  });

  test('does nothing in the list of accounts for spreadsheets and as Markdown', () => {
    const csv = said.get('accounts list -o csv')?.stdout ?? '';
    const md = said.get('accounts list -o md')?.stdout ?? '';
    expect(csv).toContain(hostile.html);
    expect(csv.match(/(?:^|[,;\n])"?[=+\-@\t\uff1d]/g) ?? []).toEqual([]);
    expect(md).toContain('sandbox &lt;img');
    expect(markup.filter((tag) => md.includes(tag))).toEqual([]);
  });

  test.each(['json', 'ocsf', 'asff', 'sarif'] as const)('leaves %s valid', (name) => {
    expect(() => JSON.parse(textOf(name)) as unknown).not.toThrow();
  });

  test('begins no cell of the table for spreadsheets as a formula', () => {
    const cells = textOf('csv').match(/(?:^|[,;\n])"?[=+\-@\t\uff1d]/g) ?? [];
    expect(cells).toEqual([]);
  });

  test('does nothing on the terminal', () => {
    expect([scanned.stdout, scanned.stderr].map((text) => active.exec(text))).toEqual([null, null]);
    for (const [command, { code, stdout, stderr }] of said) {
      expect([command, code, active.exec(stdout)?.[0], active.exec(stderr)?.[0]]).toEqual([
        command,
        0,
        undefined,
        undefined,
      ]);
    }
    expect(said.get('accounts tree')?.stdout).toContain('Experiments');
  });
});
