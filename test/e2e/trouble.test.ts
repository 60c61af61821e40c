// The command line in trouble: credentials, roles, Organizations, proxies and clocks, against a small AWS on loopback.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Store, openStore } from '../../src/platform/store/open.ts';
import { type Ended, cli, startCli, temporaryFolder } from './run-cli.ts';
import { type WireAws, type WireScript, management, members, refuse, startWireAws } from './wire-aws.ts';

const place = temporaryFolder('trouble');
let wire: WireAws;
/** Kept open, so that the commands find their server running. */
let store: Store;
beforeAll(async () => {
  wire = await startWireAws();
  store = await openStore({ dataDir: place.folder });
});
beforeEach(() => {
  wire.script = () => undefined;
  wire.calls.length = 0;
});
afterAll(async () => {
  await store.close();
  await place.remove();
  await wire.close();
});

const limit = { timeout: 60_000 };
const [web, data] = members;
const keys = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'us-east-1' };
const scanning = [
  'scan',
  '--regions',
  'us-east-1',
  '--checks',
  'iam-root-mfa-enabled',
  '--fresh',
  '--data-dir',
  place.folder,
];
const scan = (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  cli([...scanning, ...args], { env: { ...keys, AWS_ENDPOINT_URL: wire.origin, ...env } });

const result = z.looseObject({
  score: z.number().nullable(),
  coverage: z.number(),
  accounts: z.array(z.looseObject({ id: z.string(), scan: z.string() })),
  gaps: z.array(
    z.looseObject({
      account: z.string(),
      service: z.string(),
      action: z.string(),
      reason: z.string(),
      detail: z.string(),
    }),
  ),
});
const refusing =
  (when: (call: Parameters<WireScript>[0]) => boolean, code: string, message: string, status?: number): WireScript =>
  (call) =>
    when(call) ? refuse(call, code, message, status) : undefined;

const sts = (code: string, message: string): WireScript => refusing(({ service }) => service === 'sts', code, message);

describe('credentials that do not work end the scan with 1, one error, and nothing on standard output', () => {
  test.each<[string, WireScript, Record<string, string>, string[], string[]]>([
    ['expired', sts('ExpiredToken', 'The security token is expired'), {}, [], ['expired', 'aws sso login']],
    ['unknown', sts('InvalidClientTokenId', 'The security token is invalid'), {}, [], ['does not know', 'AWS_REGION']],
    ['a wrong clock', sts('RequestTimeTooSkewed', 'The difference is too large'), {}, [], ['clock', 'network time']],
    ['no profile', () => undefined, {}, ['--profile', 'corp-sso'], ['"corp-sso"', 'aws configure list-profiles']],
    [
      'expired while the organisation is read',
      refusing(({ service }) => service === 'organizations', 'ExpiredTokenException', 'The token has expired', 400),
      {},
      [],
      ['have expired', 'aws sso login', 'organizations:'],
    ],
    [
      'none at all',
      () => undefined,
      { AWS_ACCESS_KEY_ID: '' },
      [],
      ['No AWS credentials', 'npm run -s vedette -- demo'],
    ],
    [
      'a proxy that nobody listens at',
      () => undefined,
      { HTTP_PROXY: 'http://127.0.0.1:9' },
      [],
      ['could not be reached', 'HTTPS_PROXY'],
    ],
    [
      'a page instead of AWS',
      () => ({ status: 407, type: 'text/html', body: '<html>' }),
      {},
      [],
      ['HTTP 407', 'user and password'],
    ],
  ])('%s', limit, async (_name, script, env, args, words) => {
    wire.script = script;
    const { code, stdout, stderr } = await scan(args, env);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.match(/^error: /gm)).toHaveLength(1);
    expect(words.filter((word) => !stderr.includes(word))).toEqual([]);
    expect(stderr).not.toContain('    at ');
  });

  test('NO_PROXY leaves the proxy aside', limit, async () => {
    const { code } = await scan([], { HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1,localhost' });
    expect([code, wire.calls.length > 3]).toEqual([4, true]);
  });
});

const entering = (call: Parameters<WireScript>[0], answer: () => ReturnType<WireScript>): ReturnType<WireScript> =>
  call.operation === 'AssumeRole' && (call.form.get('RoleArn') ?? '').includes(data) ? answer() : undefined;
const expired = (call: Parameters<WireScript>[0]) => refuse(call, 'ExpiredToken', 'The token has expired', 400);

describe('credentials that end in the midst of a scan', () => {
  const over = `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA${data}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2001-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

  test.each<[string, WireScript, string]>([
    ['when an account is to be entered', (call) => entering(call, () => expired(call)), 'have expired'],
    [
      'when a session is to be renewed',
      (() => {
        let entered = 0;
        return (call) => entering(call, () => ((entered += 1) === 1 ? { body: over } : expired(call)));
      })(),
      'have expired',
    ],
    [
      'when the own account is read',
      (call) =>
        call.operation === 'GetAccountSummary' && call.key === keys.AWS_ACCESS_KEY_ID ? expired(call) : undefined,
      'have expired',
    ],
    [
      'because the keys are gone',
      (call) => entering(call, () => refuse(call, 'InvalidClientTokenId', 'The security token is invalid')),
      'does not know the credentials',
    ],
  ])('%s: it is no gap of the accounts, and the scan goes on with new ones', limit, async (_name, script, words) => {
    wire.script = script;
    const { code, stdout, stderr } = await scan();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.match(/^error: /gm)).toHaveLength(1);
    expect(stderr).toContain(words);
    expect(stderr).toContain('run the same command again without --fresh to go on');

    wire.script = () => undefined;
    const again = await cli([...scanning.filter((word) => word !== '--fresh'), '--output', 'json'], {
      env: { ...keys, AWS_ENDPOINT_URL: wire.origin },
    });
    expect(again).toMatchObject({ code: 4, stderr: expect.stringContaining('Going on with the scan') });
    const { accounts, gaps } = result.parse(JSON.parse(again.stdout));
    expect(accounts.filter((account) => account.scan === 'failed')).toEqual([]);
    expect(gaps.filter(({ reason, service }) => reason === 'failed' || service === 'sts')).toEqual([]);
  });
});

describe('an account that cannot be read', () => {
  test('is named with the reason and the way out, and the rest is read', limit, async () => {
    const message = `User: arn:aws:iam::${management}:user/operator is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${data}:role/VedetteRead`;
    wire.script = refusing(
      ({ operation, form }) => operation === 'AssumeRole' && (form.get('RoleArn') ?? '').includes(data),
      'AccessDenied',
      message,
    );
    const { code, stdout } = await scan();
    expect(code).toBe(4);
    expect(stdout).toContain('data (denied)');
    expect(stdout).toContain(`may not assume arn:aws:iam::${data}:role/VedetteRead`);
    expect(stdout).toContain('sts:ExternalId is the one that "vedette permissions" printed');
    const printed = /npm run -s vedette -- (permissions .*)$/m.exec(stdout)?.[1] ?? '';
    expect(printed).toContain(`--principal arn:aws:iam::${management}:user/operator`);
    const permissions = await cli(printed.split(' '));
    expect(permissions).toMatchObject({ code: 0, stderr: '' });
    expect(permissions.stdout).toContain('AWSTemplateFormatVersion');
  });

  test('because a policy of the organisation closes it: no Allow is suggested', limit, async () => {
    wire.script = refusing(
      ({ operation, form }) => operation === 'AssumeRole' && (form.get('RoleArn') ?? '').includes(web),
      'AccessDenied',
      'not authorized to perform: sts:AssumeRole with an explicit deny in a service control policy',
    );
    const { code, stdout } = await scan(['--output', 'json']);
    expect(code).toBe(4);
    const gap = result
      .parse(JSON.parse(stdout))
      .gaps.find(({ account, service }) => account === web && service === 'sts');
    expect(gap).toMatchObject({ action: 'sts:AssumeRole', reason: 'denied' });
    expect(gap?.detail).toContain('service control policy');
    expect(gap?.detail).not.toContain('"Effect":"Allow"');
  });

  test('because it lets us in and then answers nothing is as unread as one that refuses', limit, async () => {
    const { code, stdout } = await scan(['--output', 'json']);
    expect(code).toBe(4);
    const { accounts } = result.parse(JSON.parse(stdout));
    expect(accounts.map(({ id, scan: state }) => [id, state])).toContainEqual([web, 'denied']);
  });
});

/** Accounts without analyzers, and nothing else that can be read. */
const noAnalyzers: WireScript = (call) =>
  call.service === 'access-analyzer' ? { type: 'application/json', body: '{"analyzers":[]}' } : undefined;

describe('Organizations', () => {
  test('that hides the accounts of a unit: it is named, and the coverage is lower', limit, async () => {
    const analyzers = ['--services', 'access-analyzer'];
    const hidden = refusing(
      ({ operation, json }) => operation === 'ListAccountsForParent' && json['ParentId'] !== 'r-root',
      'AccessDeniedException',
      'no',
      400,
    );
    wire.script = (call) => hidden(call) ?? noAnalyzers(call);
    const part = await scan(analyzers);
    expect(part.stdout).toContain('the organisational unit /Workloads (ou-root-workload) could not be listed');
    const { gaps, coverage } = result.parse(JSON.parse((await scan([...analyzers, '--output', 'json'])).stdout));
    expect(gaps.filter(({ detail }) => detail.includes('/Workloads'))).toMatchObject([
      { action: 'organizations:ListAccountsForParent', reason: 'denied' },
    ]);
    wire.script = noAnalyzers;
    const whole = result.parse(JSON.parse((await scan([...analyzers, '--output', 'json'])).stdout));
    expect(coverage).toBeLessThan(whole.coverage);
  });

  test('that refuses everything: one account, no score, and it is said', limit, async () => {
    wire.script = refusing(({ service }) => service === 'organizations', 'AccessDeniedException', 'no', 400);
    const { stdout } = await scan();
    expect(stdout).toContain('1 account ·');
    expect(stdout).toContain('The list of accounts may lack some');
    expect(stdout).toContain('Score – of 100');
  });
});

test('a report that cannot be written is said before anything is read', limit, async () => {
  const { code, stdout, stderr } = await scan(['--output', 'sarif=/nonexistent/report.sarif']);
  expect({ code, stdout, calls: wire.calls }).toEqual({ code: 1, stdout: '', calls: [] });
  expect(stderr).toContain('Make the folder /nonexistent first');
});

describe('wrong names end with 2 and the nearest one', () => {
  test.each([
    [['--account', '444455556667'], 'Did you mean 444455556666?'],
    [['--ou', '/Worklaods'], 'Did you mean /Workloads?'],
    [['--region', 'us-eats-1'], 'us-east-1'],
    [['--services', 'ima'], 'iam'],
  ])('%j', limit, async (args, suggestion) => {
    const { code, stdout, stderr } = await cli(
      ['scan', '--regions', 'us-east-1', '--fresh', '--data-dir', place.folder, ...args],
      { env: { ...keys, AWS_ENDPOINT_URL: wire.origin } },
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(suggestion);
  });
});

test('a call that hangs is left at once when the scan is interrupted', limit, async () => {
  wire.script = (call) => (call.service === 'iam' ? 'hang' : undefined);
  const running = startCli([...scanning, '--log-level', 'debug'], {
    env: { ...keys, AWS_ENDPOINT_URL: wire.origin },
  });
  await new Promise<void>((resolve) => {
    const seen = wire.script;
    wire.script = (call) => {
      if (call.service === 'iam') resolve();
      return seen(call);
    };
  });
  running.child.kill('SIGHUP');
  const { code, stdout, stderr } = await running.ended;
  expect({ code, stdout }).toEqual({ code: 143, stdout: '' });
  expect(stderr).toContain('run the same command again without --fresh');
});
