import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { simulateCases } from './simulate-command.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-cases-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const sound = {
  name: 'alice reads',
  source: 'https://docs.aws.amazon.com/',
  request: {
    principal: 'arn:aws:iam::111122223333:user/alice',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::bucket/key',
    context: {},
  },
  identityPolicies: [
    { Version: '2012-10-17', Statement: { Sid: 'Read', Effect: 'Allow', Action: 's3:Get*', Resource: '*' } },
  ],
  expect: { decision: 'allowed', statements: ['Read'] },
};

async function run(output: 'table' | 'json', ...paths: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await simulateCases(paths, { output, out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test('one case as JSON', async () => {
  const { code, out, err } = await run('json', write('one.json', sound));
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toEqual({
    results: [
      {
        name: 'alice reads',
        decision: 'allowed',
        statements: [
          { policy: 'identityPolicies[0]', sid: 'Read', effect: 'Allow', why: 'The identity policy allows this.' },
        ],
        conditions: [],
        conditionKeys: [],
        wall: null,
        change: [],
        problems: [],
        expected: sound.expect,
        ok: true,
        differences: [],
      },
    ],
  });
});

test('folders are searched, in order of name', async () => {
  mkdirSync(join(folder, 'b'));
  write('b/two.json', [
    { ...sound, name: 'second' },
    { ...sound, name: 'third' },
  ]);
  write('a.json', { ...sound, name: 'first' });
  write('note.txt', 'not a case');
  const { code, out } = await run('table', folder);
  expect(code).toBe(0);
  expect(out.split('\n')).toEqual([
    'ok      allowed        first',
    'ok      allowed        second',
    'ok      allowed        third',
    '3 cases, 0 failed',
    '',
  ]);
});

test('an expectation that fails is exit code 3, with what differs', async () => {
  const failing = {
    ...sound,
    expect: { decision: 'explicit-deny', statements: ['Other'], wall: 'scp', conditions: ['aws:x'] },
  };
  const { code, out } = await run('table', write('one.json', [failing, sound]));
  expect(code).toBe(3);
  expect(out).toContain('FAILED  allowed        alice reads');
  expect(out).toContain('expected explicit-deny, got allowed');
  expect(out).toContain('statement Other did not decide');
  expect(out).toContain('condition aws:x is not asked for');
  expect(out).toContain('expected the wall scp, got none');
  expect(out).toContain('2 cases, 1 failed');
});

test.each([
  ['denied', 'implicit-deny'],
  ['implicit-deny', 'implicit-deny'],
])('the expectation %s accepts %s', async (decision) => {
  const { code } = await run('json', write('one.json', { ...sound, identityPolicies: [], expect: { decision } }));
  expect(code).toBe(0);
});

test.each([
  ['a file that is not JSON', '{"name"', 'one.json: not JSON'],
  [
    'a fault in a case',
    [sound, { ...sound, request: { ...sound.request, action: 's3:*' } }],
    'one.json: [1].request.action: ',
  ],
  [
    'a principal that names nobody',
    { ...sound, request: { ...sound.request, principal: 'alice' } },
    'one.json: request.principal: ',
  ],
  [
    'an account that is another',
    { ...sound, request: { ...sound.request, principalAccount: '444455556666' } },
    'request.principalAccount',
  ],
])('%s is exit code 2, with file and key', async (_name, content, place) => {
  const { code, err } = await run('json', write('one.json', content));
  expect(code).toBe(2);
  expect(err).toContain(place);
});

test('the sound cases of a faulty file are run', async () => {
  const { code, out } = await run('json', write('one.json', [{}, sound]));
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ results: [{ ok: true }] });
});

test('what cannot be read is named', async () => {
  const missing = await run('json', join(folder, 'missing.json'));
  expect(missing.code).toBe(2);
  expect(missing.err).toContain('missing.json: cannot be read');
  expect(JSON.parse(missing.out)).toEqual({ results: [] });
  const empty = await run('json', folder);
  expect(empty.code).toBe(2);
  expect(empty.err).toContain('the folder holds no .json file');
});

test('foreign text is inert in the terminal', async () => {
  const { out } = await run('table', write('one.json', { ...sound, name: 'a\u001b[31m\u202ename' }));
  expect(['\u001b', '\u202e'].some((character) => out.includes(character))).toBe(false);
});
