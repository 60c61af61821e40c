// The commands as they are typed: what goes to standard output, what is told beside it, and the exit code.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from './testing.ts';

const run = (...words: string[]) => runCommand(words);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lint-commands-'));
  const write = (name: string, statement: object): Promise<void> =>
    writeFile(join(folder, name), JSON.stringify({ Version: '2012-10-17', Statement: statement }, undefined, 2));
  await write('clean.json', { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' });
  await write('boundary.json', { Effect: 'Deny', Action: 'sqs:SendMessage', Resource: '*' });
  await write('warned.json', { Effect: 'Allow', NotAction: 'sqs:*', Resource: '*' });
});
afterAll(() => rm(folder, { recursive: true }));

const lint = (...words: string[]) =>
  run('policy', 'lint', ...words.map((word) => (word.endsWith('.json') ? join(folder, word) : word)));

describe('policy lint', () => {
  test.each<[string[], number]>([
    [['clean.json'], 0],
    [['boundary.json'], 3],
    [['boundary.json', '--kind', 'scp'], 0],
    [['clean.json', 'boundary.json'], 3],
    [['boundary.json', '--fail-on', 'none'], 0],
    [['warned.json'], 0],
    [['warned.json', '--fail-on', 'warning'], 3],
    [['nowhere.json'], 2],
    [['nowhere.json', 'boundary.json'], 2],
  ])('%j exits with %i', async (words, code) => {
    expect((await lint(...words)).code).toBe(code);
  });

  test('findings are told with place, proof, remedy and page', async () => {
    const { out } = await lint('boundary.json');
    expect(out).toMatch(/boundary\.json: permissions boundary \(guessed/);
    expect(out).toMatch(/error {2}only-denies {2}line 3, \/Statement/);
    expect(out).toMatch(/shown by: .* asks for s3:ListAllMyBuckets on \* .*: implicit-deny;/);
    expect(out).toMatch(/do: Add a statement that allows/);
    expect(out).toMatch(/1 document: 1 error, 0 warnings, 0 notes\n$/);
  });

  test('JSON holds the cases', async () => {
    const { out } = await lint('boundary.json', '--output', 'json');
    const { findings, summary } = JSON.parse(out) as {
      findings: { evidence: { case: { expect: object } }[] }[];
      summary: object;
    };
    expect(summary).toEqual({ error: 1, warning: 0, note: 0 });
    expect(findings[0]?.evidence[0]?.case.expect).toEqual({ decision: 'implicit-deny' });
  });

  test('a file that cannot be read is told beside the results', async () => {
    const { told, out } = await lint('nowhere.json', 'clean.json');
    expect(told).toMatch(/The file .*nowhere\.json cannot be read: there is no such file\./);
    expect(out).toMatch(/nothing found/);
  });
});

describe('boundary generate', () => {
  test('standard output is the document, and what it does is told beside it', async () => {
    const { out, told, code } = await run(
      'boundary',
      'generate',
      '--allow',
      's3,sqs',
      '--allow',
      'kms=read',
      '--expires',
      '30d',
      '--regions',
      'eu-west-1',
      '--require-tag',
      'Stage=a|b',
    );
    const { Statement } = JSON.parse(out) as { Statement: { Sid: string; Condition?: object }[] };
    expect(code).toBe(0);
    expect(Statement.map(({ Sid }) => Sid)).toEqual(['Ceiling', 'ApprovedRegions', 'Expiry', 'OnlyTheseRoles', 'Tag1']);
    expect(Statement[2]?.Condition).toEqual({ DateGreaterThanEquals: { 'aws:CurrentTime': '2026-12-01T00:00:00Z' } });
    expect(told).toMatch(/ApprovedRegions: Only requests to eu-west-1/);
    expect(told).toMatch(/of 6144 characters/);
  });

  test('routes that remain through the ceiling are told', async () => {
    expect((await run('boundary', 'generate', '--allow', 'lambda')).told).toMatch(/Mind: .*lambda:UpdateFunctionCode/);
    expect((await run('boundary', 'generate', '--allow', 'sqs')).told).not.toMatch(/Mind/);
  });

  test.each([
    [['--allow', 'nope']],
    [['--expires', '2020-01-01']],
    [['--delegation', 'boundary']],
    [['--partition', 'mars']],
    [['--output', 'table']],
  ])('%j is refused', async (words) => {
    await expect(run('boundary', 'generate', ...words)).rejects.toThrow(/./);
  });
});
