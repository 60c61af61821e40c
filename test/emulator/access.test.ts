// Who can do what, asked of policies of every kind that were read over the wire. Every expectation is what the policies
// of access.ts give by AWS's rules, and can be followed there by hand.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Access, allow, buildAccess, orders, policy } from './access.ts';
import { commandLine } from './command-line.ts';
import { roleName } from './organization.ts';
import { questions } from './questions.ts';

const { endpoint, folder, remove, vedette, json } = commandLine();
afterAll(remove);

let access: Access;
beforeAll(async () => {
  access = await buildAccess(endpoint);
  const scanned = await vedette('scan', '--role-name', roleName, '--regions', 'us-east-1', '--quiet');
  if (scanned.code !== 0) throw new Error(scanned.stderr);
});

const iam = (account: keyof Access['members'], name: string): string =>
  `arn:aws:iam::${access.members[account]}:${name}`;
const tls = ['--context', 'aws:SecureTransport=true'];

interface Decided {
  decision: string;
  wall: string | null;
  statements: { sid: string | null }[];
  conditions: string[];
}

test.each(questions)('simulate: $name', async ({ who, what, on, given = [], is }) => {
  const names: Record<string, string> = { ...access.members, ...access.keys };
  const args = [who, what, on, ...given].map((text) =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? ''),
  );
  const [principal = '', action = '', resource = '', ...context] = args;
  const request = ['simulate', '--principal', principal, '--action', action, '--resource', resource];
  const answer = await json<Decided>([...request, ...context.flatMap((one) => ['--context', one])]);
  expect(answer).toMatchObject({ decision: is.decision, wall: is.wall ?? null });
  expect(answer.statements.map(({ sid }) => sid)).toEqual(expect.arrayContaining([...(is.sids ?? [])]));
  expect(answer.conditions.join('; ')).toMatch(is.conditions ?? /^$/);
});

interface WhoCan {
  accounts: { account: string; allowed: Grantee[]; conditional: Grantee[] }[];
  outside: (Grantee & { decision: string })[];
  unknown: { accounts: { account: string; possible: boolean }[] };
}
interface Grantee {
  principal: string;
  conditions: string[];
}

const granted = ({ accounts }: WhoCan, how: 'allowed' | 'conditional'): string[] =>
  accounts.flatMap((group) => group[how].map(({ principal }) => principal)).sort();

describe('who-can', () => {
  test('names the readers of a bucket in both accounts', async () => {
    const answer = await json<WhoCan>(['who-can', 's3:GetObject', `${orders}/public/1`, ...tls]);
    const readers = granted(answer, 'allowed');
    for (const one of [iam('web', 'user/tagged'), iam('web', 'user/other-team'), iam('web', 'role/administrator')])
      expect(readers).toContain(one);
    for (const one of [iam('data', 'role/operator'), iam('data', 'role/janitor')]) expect(readers).toContain(one);
    for (const one of [iam('web', 'role/fenced'), iam('data', 'role/caller'), iam('audit', 'role/administrator')])
      expect(readers).not.toContain(one);
  });

  test('deletes the bucket: the janitor alone, and the root user is denied too', async () => {
    const answer = await json<WhoCan>(['who-can', 's3:DeleteBucket', orders, ...tls]);
    expect(granted(answer, 'allowed')).toEqual([iam('data', 'role/janitor')]);
    expect(granted(answer, 'conditional')).toEqual([]);
  });

  test('assumes the role of another account: under the condition on the external id', async () => {
    const answer = await json<WhoCan>(['who-can', 'sts:AssumeRole', iam('web', 'role/delivery/deployer')]);
    const able = granted(answer, 'conditional');
    expect(able).toContain(iam('data', 'role/caller'));
    expect(able).not.toContain(iam('data', 'role/decryptor'));
    expect(able).not.toContain(iam('audit', 'role/administrator'));
    expect(granted(answer, 'allowed')).toEqual([]);
  });

  test('the closed key opens for the janitor alone', async () => {
    const answer = await json<WhoCan>(['who-can', 'kms:Decrypt', access.keys.closed]);
    expect([...granted(answer, 'allowed'), ...granted(answer, 'conditional')]).toEqual([iam('data', 'role/janitor')]);
  });
});

interface PrincipalCan {
  totals: { always: number; partly: number };
  actions: { action: string; how: string; resources: string[] }[];
}

describe('principal-can', () => {
  test('lists what identity policy and boundary both give', async () => {
    const answer = await json<PrincipalCan>(['principal-can', iam('web', 'role/fenced'), '--service', 'sqs']);
    expect(answer.actions.map(({ action }) => action)).toContain('sqs:SendMessage');
    const other = await json<PrincipalCan>(['principal-can', iam('web', 'role/fenced'), '--service', 's3']);
    expect(other.actions).toEqual([]);
  });

  test('reads like a page: what, how much, and what limits it', async () => {
    const { stdout, code } = await vedette('principal-can', iam('web', 'role/fenced'));
    expect(code).toBe(0);
    expect(stdout).toContain('sqs');
    expect(stdout).toMatch(/Guardrails[\s\S]*fence \(permissions boundary/);
  });
});

interface Diff {
  kind: string;
  same: boolean;
  changes: { change: string; effect: string; actions: string[]; text: string }[];
  impact: {
    principals: { principal: string; gained: string[]; lost: string[] }[];
    actions: { action: string; gained: string[]; lost: string[] }[];
  };
}

function changed(name: string, document: string): string {
  writeFileSync(join(folder, name), document);
  return name;
}

describe('policy diff', () => {
  test('a wider version of a managed policy: for the members of the group it is attached to', async () => {
    const wider = changed('reader.json', policy(allow(['s3:GetObject', 's3:PutObject'], `${orders}/*`)));
    const stored = iam('web', 'policy/reader');
    const diff = await json<Diff>(['policy', 'diff', stored, wider]);
    expect(diff).toMatchObject({ kind: 'identity', same: false });
    expect(diff.impact.principals.map(({ principal }) => principal).sort()).toEqual([
      iam('web', 'user/other-team'),
      iam('web', 'user/tagged'),
    ]);
    for (const { gained, lost } of diff.impact.principals) expect([gained, lost]).toEqual([['s3:PutObject'], []]);
    const { stdout } = await vedette('policy', 'diff', stored, wider);
    expect(stdout).toMatch(/\+ .*s3:PutObject/);
    expect(stdout).toContain(`${orders}/*`);
    expect(stdout).toContain(iam('web', 'user/tagged'));
  });

  test('an SCP that no longer denies: for those below its unit who have the action, and nobody else', async () => {
    const narrower = changed('scp.json', policy({ ...allow('cloudtrail:DeleteTrail'), Effect: 'Deny' }));
    const diff = await json<Diff>(['policy', 'diff', access.policies.stopLogging, narrower]);
    expect(diff.kind).toBe('service-control');
    const gained = diff.impact.principals.filter((one) => one.gained.includes('cloudtrail:StopLogging'));
    const whom = gained.map(({ principal }) => principal);
    for (const one of [iam('web', 'role/administrator'), iam('data', 'role/operator')]) expect(whom).toContain(one);
    for (const one of [iam('audit', 'role/administrator'), iam('data', 'role/decryptor')])
      expect(whom).not.toContain(one);
  });

  test('a bucket policy without its grant: for those whom it let in from another account', async () => {
    const without = changed('bucket.json', policy());
    const diff = await json<Diff>(['policy', 'diff', orders, without]);
    expect(diff.kind).toBe('resource');
    const lost = diff.impact.actions.find(({ action }) => action === 's3:GetObject')?.lost ?? [];
    expect(lost).toContain(iam('web', 'role/administrator'));
    expect(lost).not.toContain(iam('data', 'role/operator'));
  });

  test('a file with what is in force changes nothing', async () => {
    const same = changed('same.json', policy(allow('s3:GetObject', [`${orders}/public/*`])));
    const diff = await json<Diff>(['policy', 'diff', iam('web', 'policy/reader'), same]);
    expect(diff).toMatchObject({ same: true, changes: [], impact: { principals: [], actions: [] } });
  });
});
