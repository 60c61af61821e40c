// The questions as they are typed, over planted evidence: what a person reads, what a program reads, and what is said of
// every slip.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestStore, testStore } from '../../platform/store/testing.ts';
import { home, named, partner, plantOrganisation, reading, sealed } from './evidence/testing-organisation.ts';
import { allow, deny, policyText } from './evidence/testing.ts';
import { runCommand } from './testing.ts';

let store: TestStore;
let folder = '';
beforeAll(async () => {
  store = await testStore();
  await plantOrganisation(store);
  folder = await mkdtemp(join(tmpdir(), 'vedette-questions-'));
  await writeFile(join(folder, 'broken.json'), '{\n  "Version": "2012-10-17",\n  "Statement": [ {}, ]\n}\n');
  await writeFile(
    join(folder, 'wider.json'),
    policyText(allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::reports/*')),
  );
  await writeFile(
    join(folder, 'answer.json'),
    JSON.stringify({
      PolicyVersion: { Document: encodeURIComponent(policyText(allow('s3:GetObject', 'arn:aws:s3:::reports/*'))) },
    }),
  );
  await writeFile(join(folder, 'narrower.json'), policyText(deny('cloudtrail:DeleteTrail')));
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const type = (...words: string[]) =>
  runCommand(
    words.map((word) => word.replace('{folder}', folder)),
    store,
  );
const json = async (...words: string[]) => JSON.parse((await type(...words, '--output', 'json')).out) as unknown;

const admin = named(home, 'role/admin');
const request = (who: string, what: string, on: string) =>
  ['simulate', '--principal', who, '--action', what, '--resource', on] as const;

describe('pages for people', () => {
  const pages: readonly [name: string, words: readonly string[], holds: readonly (string | RegExp)[]][] = [
    [
      'allowed, with the statement that allows',
      request(admin, 's3:GetObject', 'arn:aws:s3:::private/x'),
      [/^ALLOWED: .*role\/admin may call s3:GetObject on arn:aws:s3:::private\/x\.$/m, /Allow {2}AdministratorAccess/],
    ],
    ['making a role that is not there yet', request(admin, 'iam:CreateRole', named(home, 'role/new')), [/^ALLOWED: /]],
    ['making a bucket that is not there yet', request(admin, 's3:CreateBucket', 'arn:aws:s3:::new'), [/^ALLOWED: /]],
    [
      'denied by a guardrail, and that no Allow helps',
      request(admin, 'cloudtrail:StopLogging', `arn:aws:cloudtrail:eu-west-1:${home}:trail/all`),
      [/^DENIED: /, /service control policy of the organisation/, /"Keep"/, /no Allow does/],
    ],
    [
      'depends, with the condition in words',
      request(named(home, 'user/member'), 's3:GetObject', 'arn:aws:s3:::reports/x'),
      [/^DEPENDS: /, 'It is allowed only if:\n  - the request is sent over TLS\n'],
    ],
    [
      'somebody of an account that could not be read is unknown, never denied',
      request(named(sealed, 'role/anyone'), 'ec2:DescribeInstances', '*'),
      [
        /^UNKNOWN: whether .* may call ec2:DescribeInstances is not known; a policy that decides it could not be read\.$/m,
        /could not be read, allow it and do not deny it/,
        /access was denied/,
      ],
    ],
    [
      'who can, condition by condition and account by account',
      ['who-can', 's3:GetObject', 'arn:aws:s3:::shared/x'],
      [
        /^\d+ principals can call s3:GetObject on arn:aws:s3:::shared\/x/,
        new RegExp(`^Can:\\n {2}${home} home\\n(?: {4}.*\\n)* {4}${admin}$`, 'm'),
        new RegExp(
          `outside of the organisation\\n {4}arn:aws:iam::123456789012:root {2}\\(whoever the account lets\\)`,
        ),
        /Another account must allow it to its own users and roles as well\./,
        new RegExp(`Unknown for 1 account that could not be read:\\n {2}${sealed} sealed: access was denied`),
      ],
    ],
    [
      'who can use what could not be read: not known, and not nobody',
      ['who-can', 's3:GetObject', 'arn:aws:s3:::unread/x'],
      [/not known/i, /s3:GetBucketPolicy was denied/],
    ],
    [
      'what a principal can and what its boundary takes away',
      ['principal-can', named(home, 'role/fenced')],
      [/can call [\d,]+ of 2\d,\d{3} actions on every resource/, /Guardrails[\s\S]*fence \(permissions boundary/],
    ],
    [
      'what somebody of an unread account can is not known',
      ['principal-can', named(sealed, 'role/anyone')],
      [/^What .* can do is not known\./, /access was denied/],
    ],
    [
      'what a policy adds, and for whom',
      ['policy', 'diff', reading, '{folder}/wider.json'],
      [
        /\+ Newly allows s3:PutObject on arn:aws:s3:::reports\/\*/,
        named(home, 'role/team/reader'),
        named(home, 'user/member'),
      ],
    ],
    ['that nothing changes', ['policy', 'diff', reading, '{folder}/answer.json'], [/^Both versions mean the same\.$/m]],
    [
      'what lifting a guardrail would give',
      ['policy', 'diff', 'p-keeptrails', '{folder}/narrower.json'],
      [/- Newly denies cloudtrail:DeleteTrail/, /\+ No longer denies cloudtrail:StopLogging/, admin],
    ],
    [
      'the faults of a stored policy, without lines that it does not have',
      ['policy', 'lint', reading, 'arn:aws:s3:::public'],
      [
        new RegExp(`^${reading}: identity policy$`, 'm'),
        /^arn:aws:s3:::public: resource policy$/m,
        /open-to-everyone {2}\/Statement\/0\/Principal$/m,
      ],
    ],
  ];
  test.each(pages)('%s', async (_name, words, holds) => {
    const { out } = await type(...words);
    for (const part of holds) expect(out).toMatch(part);
  });
});

describe('answers for programs', () => {
  test('simulate has the decision, its statements and its conditions', async () => {
    expect(await json(...request(admin, 's3:GetObject', 'arn:aws:s3:::private/x'))).toMatchObject({
      decision: 'allowed',
      statements: [{ policy: 'AdministratorAccess', sid: null, effect: 'Allow' }, {}, {}, {}],
      conditions: [],
    });
    expect(await json(...request(named(sealed, 'role/anyone'), 'ec2:DescribeInstances', '*'))).toMatchObject({
      decision: 'conditional',
      unknown: [expect.stringContaining('access was denied')],
    });
  });

  test('who-can, principal-can and diff name principals by their ARNs', async () => {
    const who = (await json('who-can', 's3:GetObject', 'arn:aws:s3:::private/x')) as {
      accounts: { account: string; allowed: { principal: string }[] }[];
    };
    expect(who.accounts.find(({ account }) => account === home)?.allowed).toContainEqual(
      expect.objectContaining({ principal: admin, kind: 'role', conditions: [] }),
    );
    expect(await json('principal-can', named(partner, 'role/admin'))).toMatchObject({ everything: false, unknown: [] });
    expect(await json('policy', 'diff', reading, '{folder}/wider.json')).toMatchObject({
      kind: 'identity',
      changes: [{ change: 'added', effect: 'Allow', actions: ['s3:PutObject'] }],
      impact: { reached: 2 },
    });
  });

  test('lint names the stored policy', async () => {
    expect(await json('policy', 'lint', reading)).toMatchObject({
      schema: 'vedette.lint/1',
      files: [{ file: reading, kind: 'identity', guessed: false }],
    });
  });
});

describe('slips', () => {
  const object = 'arn:aws:s3:::private/x';
  const slips: readonly [name: string, words: readonly string[], message: RegExp, hint: RegExp][] = [
    [
      'an unknown user',
      request(named(home, 'user/membre'), 's3:GetObject', object),
      /no user or role/,
      /^Did you mean .*user\/member\?$/,
    ],
    [
      'a name like no other',
      request(named(home, 'user/zzzzzzzzzz'), 's3:GetObject', object),
      /no user or role/,
      /^It has \d+ users and roles\.$/,
    ],
    ['an unknown action', request(admin, 's3:GetObjet', object), /lists no action "s3:GetObjet"/, /s3:GetObject or /],
    ['an unknown service', request(admin, 's33:GetObject', object), /lists no service "s33"/, /s3/],
    ['a pattern of actions', request(admin, 's3:Get*', object), /more than one action/, /one action at a time/],
    ['an action without service', request(admin, 'GetObject', object), /is not an action/, /s3:GetObject/],
    [
      'a group',
      request(named(home, 'group/readers'), 's3:GetObject', object),
      /a group makes no requests/,
      /one of its members/,
    ],
    ['no ARN', request('admin', 's3:GetObject', object), /names no principal/, /ARN of a user/],
    [
      'a bucket that nobody has',
      request(admin, 's3:GetObject', 'arn:aws:s3:::privat/x'),
      /no bucket arn:aws:s3:::privat /,
      /arn:aws:s3:::private/,
    ],
    ['what is missing', ['simulate', '--principal', admin], /--action and --resource are missing/, /--cases/],
    [
      'a context without value',
      [...request(admin, 's3:GetObject', object), '--context', 'tls'],
      /not a condition key/,
      /aws:SourceIp/,
    ],
    [
      'JSON with a slip',
      ['policy', 'diff', reading, '{folder}/broken.json'],
      /broken\.json is not JSON: .* \(line 3, column \d+\)/,
      /Correct it/,
    ],
    [
      'a file that is not there',
      ['policy', 'diff', reading, '{folder}/none.json'],
      /none\.json cannot be read: there is no such file/,
      /./,
    ],
    [
      'an unknown policy',
      ['policy', 'diff', `${reading}s`, '{folder}/wider.json'],
      /has no policy for/,
      /Did you mean .*policy\/reading/,
    ],
    ['what has no policies of its own', ['principal-can', 'lambda.amazonaws.com'], /no policies of its own/, /who-can/],
  ];
  test.each(slips)('%s', async (_name, words, message, hint) => {
    await expect(type(...words)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message) as string,
      hint: expect.stringMatching(hint) as string,
    });
  });

  test('a store without a scan says what to run', async () => {
    const empty = await testStore();
    try {
      await expect(runCommand(['who-can', 's3:GetObject', object], empty)).rejects.toMatchObject({
        message: 'Nothing has been scanned yet.',
        hint: 'Run "vedette scan" first.',
      });
    } finally {
      await empty.close();
    }
  });

  test('linting goes on after a policy that is not there', async () => {
    const { code, told, out } = await type('policy', 'lint', `${reading}s`, reading);
    expect([code, out]).toEqual([2, expect.stringContaining(`${reading}: identity policy`)]);
    expect(told).toMatch(/no policy for .*readings[\s\S]*Did you mean/);
  });
});
