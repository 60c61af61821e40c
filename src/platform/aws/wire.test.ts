// Access over the wire, as the SDK finds credentials, endpoints and proxies by itself. Each case is a process of its own,
// because all of these are read from the process's environment; the server stands on loopback.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

interface Outcome {
  identity?: { account: string; arn: string; partition: string };
  error?: { code: string; message: string; hint?: string };
  audit: { action: string; role: string; account: string; outcome: string }[];
}

interface Seen {
  url: string;
  host: string;
  action: string;
  key: string;
}

let server: Server;
let home: string;
let seen: Seen[];
let answer: (request: { action: string; form: URLSearchParams; key: string; url: string }) => {
  status?: number;
  type?: string;
  body: string;
};

beforeAll(async () => {
  server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'wire-'));
  mkdirSync(join(home, '.aws'));
  seen = [];
  answer = sts;
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const form = new URLSearchParams(body);
  const key = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const action = form.get('Action') ?? '';
  seen.push({ url: request.url ?? '', host: request.headers.host ?? '', action, key });
  const { status = 200, type = 'text/xml', body: text } = answer({ action, form, key, url: request.url ?? '' });
  response.writeHead(status, { 'content-type': type }).end(text);
}

/** STS, as far as it goes here: a key `ASIA<role>` is a session of that role. */
function sts({ action, form, key }: { action: string; form: URLSearchParams; key: string }): { body: string } {
  if (action === 'GetCallerIdentity') {
    const role = /^ASIA(\w+)$/.exec(key)?.[1];
    const arn =
      role === undefined
        ? 'arn:aws:iam::111122223333:user/operator'
        : `arn:aws:sts::111122223333:assumed-role/${role}/s`;
    return { body: xml(action, `<Arn>${arn}</Arn><UserId>A</UserId><Account>111122223333</Account>`) };
  }
  const role = (form.get('RoleArn') ?? '').split('/').at(-1) ?? '';
  const credentials = `<AccessKeyId>ASIA${role}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>`;
  return { body: xml(action, `<Credentials>${credentials}</Credentials>`) };
}

const xml = (action: string, result: string): string =>
  `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${result}</${action}Result></${action}Response>`;
const refusal = (code: string, message: string) => (): { status: number; body: string } => ({
  status: 403,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

const script = `
import { createAwsAccess } from ${JSON.stringify(new URL('./create-access.ts', import.meta.url).href)};
const audit = [];
const outcome = { audit };
try {
  const access = await createAwsAccess({ roleName: 'VedetteRead', sessionName: 'vedette', externalId: () => undefined,
    audit: { record: (call) => audit.push(call) }, retryDelay: () => 1, ...JSON.parse(process.argv[1]) });
  outcome.identity = await access.identity();
  await access.close();
} catch ({ code, message, hint }) {
  outcome.error = { code, message, hint };
}
console.log(JSON.stringify(outcome));`;

/** Runs access in a process of its own, with nothing of this machine's configuration. */
async function open(environment: Record<string, string>, options: object = {}): Promise<Outcome> {
  const env = {
    HOME: home,
    PATH: process.env['PATH'],
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: 'eu-west-1',
    ...environment,
  };
  const run = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script, JSON.stringify(options)],
    { env },
  );
  return JSON.parse(run.stdout) as Outcome;
}

const keys = { AWS_ACCESS_KEY_ID: 'AKIAOPERATOR', AWS_SECRET_ACCESS_KEY: 'secret' };
const endpoint = (): Record<string, string> => ({ AWS_ENDPOINT_URL: origin() });
const config = (text: string): void => writeFileSync(join(home, '.aws', 'config'), text);

describe('credentials', () => {
  test('come from the environment, and AWS_ENDPOINT_URL is honoured', async () => {
    const { identity } = await open({ ...keys, ...endpoint() });
    expect(identity).toEqual({
      account: '111122223333',
      arn: 'arn:aws:iam::111122223333:user/operator',
      partition: 'aws',
    });
    expect(seen).toMatchObject([{ action: 'GetCallerIdentity', key: 'AKIAOPERATOR' }]);
  });

  test('come from a profile that assumes a role, and that stands in the audit', async () => {
    config(
      `[profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n[profile audit]\nrole_arn = arn:aws:iam::111122223333:role/Auditor\nsource_profile = base\n`,
    );
    const { identity, audit } = await open(endpoint(), { profile: 'audit' });
    expect(identity?.arn).toBe('arn:aws:sts::111122223333:assumed-role/Auditor/s');
    expect(seen.map(({ action, key }) => [action, key])).toEqual([
      ['AssumeRole', 'AKIABASE'],
      ['GetCallerIdentity', 'ASIAAuditor'],
    ]);
    expect(audit).toMatchObject([
      { action: 'AssumeRole', role: 'arn:aws:iam::111122223333:role/Auditor' },
      { action: 'GetCallerIdentity' },
    ]);
  });

  test("come from a profile's process", async () => {
    const given = JSON.stringify({ Version: 1, AccessKeyId: 'AKIAPROCESS', SecretAccessKey: 's' });
    writeFileSync(join(home, 'given.json'), given);
    config(`[profile made]\ncredential_process = cat ${join(home, 'given.json')}\n`);
    await open({ ...endpoint(), AWS_PROFILE: 'made' });
    expect(seen).toMatchObject([{ key: 'AKIAPROCESS' }]);
  });

  test('come from a web identity, and that stands in the audit', async () => {
    writeFileSync(join(home, 'token'), 'a-token');
    const { identity, audit } = await open({
      ...endpoint(),
      AWS_WEB_IDENTITY_TOKEN_FILE: join(home, 'token'),
      AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/Pipeline',
    });
    expect(identity?.arn).toBe('arn:aws:sts::111122223333:assumed-role/Pipeline/s');
    expect(audit).toMatchObject([{ action: 'AssumeRoleWithWebIdentity' }, { action: 'GetCallerIdentity' }]);
  });

  test('take the region from the profile', async () => {
    config(`[profile there]\nregion = cn-north-1\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n`);
    answer = ({ action }) => ({
      body: xml(
        action,
        '<Arn>arn:aws-cn:iam::111122223333:user/o</Arn><UserId>A</UserId><Account>111122223333</Account>',
      ),
    });
    const { identity, audit, error } = await open({ ...endpoint(), AWS_REGION: '' }, { profile: 'there' });
    expect(error).toBeUndefined();
    expect(identity?.partition).toBe('aws-cn');
    expect(audit).toMatchObject([{ region: 'cn-north-1' }]);
  });
});

/** Answers as the portal of an SSO session, as far as its credentials go. */
function portal(status: number, body: object): void {
  answer = (request) =>
    request.url.startsWith('/federation/credentials')
      ? { status, type: 'application/json', body: JSON.stringify(body) }
      : sts(request);
}

/** A profile of an SSO session, and the token that signing in left until a time. */
function signedIn(expiresAt: string): void {
  config(
    `[profile sso]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Audit\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start\n`,
  );
  mkdirSync(join(home, '.aws', 'sso', 'cache'), { recursive: true });
  const token = { startUrl: 'https://example.awsapps.com/start', region: 'eu-west-1', accessToken: 't', expiresAt };
  const name = createHash('sha1').update('corp').digest('hex');
  writeFileSync(join(home, '.aws', 'sso', 'cache', `${name}.json`), JSON.stringify(token));
}

describe('an SSO session', () => {
  test('that holds gives credentials', async () => {
    signedIn('2099-01-01T00:00:00Z');
    const expiration = Date.parse('2099-01-01T00:00:00Z');
    portal(200, {
      roleCredentials: { accessKeyId: 'ASIAAudit', secretAccessKey: 's', sessionToken: 't', expiration },
    });
    const { identity } = await open(endpoint(), { profile: 'sso' });
    expect(identity?.arn).toBe('arn:aws:sts::111122223333:assumed-role/Audit/s');
  });

  test.each([
    ['has expired', '2020-01-01T00:00:00Z', 200, {}, 'credentials-expired', 'aws sso login --profile sso'],
    [
      'was revoked',
      '2099-01-01T00:00:00Z',
      401,
      { __type: 'UnauthorizedException', message: 'Session token not found or invalid' },
      'credentials-expired',
      'aws sso login --profile sso',
    ],
    [
      'may not use the role',
      '2099-01-01T00:00:00Z',
      403,
      { __type: 'ForbiddenException', message: 'No access' },
      'credentials-refused',
      'sso_role_name',
    ],
  ])('that %s', async (_name, expiresAt, status, body, code, hint) => {
    signedIn(expiresAt);
    portal(status, body);
    const { error } = await open(endpoint(), { profile: 'sso' });
    expect(error).toMatchObject({ code, hint: expect.stringContaining(hint) as string });
  });
});

describe('trouble is one clear error:', () => {
  const base = '[profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n';
  const role = 'role_arn = arn:aws:iam::111122223333:role/Auditor\n';
  const expired = '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","Expiration":"2020-01-01T00:00:00Z"}';
  test.each([
    ['a process that fails', 'credential_process = false\n', 'credentials-process', 'by itself'],
    ['a process that is not there', 'credential_process = /nonexistent/it\n', 'credentials-process', 'by itself'],
    ['a process that prints no JSON', 'credential_process = echo x\n', 'credentials-process', 'must print JSON'],
    ['expired credentials of a process', `credential_process = echo '${expired}'\n`, 'credentials-process', 'ahead'],
    ['half of a key', 'aws_access_key_id = AKIAHALF\n', 'profile-missing', 'without its secret'],
    ['a source that is not there', `${role}source_profile = gone\n`, 'profile-missing', 'source_profile'],
    ['profiles in a circle', `${role}source_profile = it2\n`, 'profile-missing', 'source_profile'],
    ['a token that is not there', `${role}web_identity_token_file = /nonexistent/t\n`, 'credentials-file', 'mounted'],
  ])('%s', async (_name, lines, code, hint) => {
    config(`${base}[profile it]\n${lines}[profile it2]\n${role}source_profile = it\n`);
    const { error } = await open(endpoint(), { profile: 'it' });
    expect(error).toMatchObject({ code, hint: expect.stringContaining(hint) as string });
    expect(seen).toEqual([]);
  });

  test('a missing profile whose name holds "sso"', async () => {
    const { error } = await open(endpoint(), { profile: 'corp-sso' });
    expect(error).toMatchObject({ code: 'profile-missing' });
  });

  test('a role of the profile that refuses', async () => {
    config(`${base}[profile audit]\n${role}source_profile = base\n`);
    const who = 'arn:aws:iam::111122223333:user/base';
    answer = refusal('AccessDenied', `User: ${who} is not authorized to perform: sts:AssumeRole on resource: x`);
    const { error } = await open(endpoint(), { profile: 'audit' });
    expect(error).toMatchObject({ code: 'assume-role-refused' });
    expect(error?.message).toContain(`${who} may not assume arn:aws:iam::111122223333:role/Auditor`);
    expect(error?.hint).toContain(`names ${who}`);
  });

  test.each([
    ['expired', 'ExpiredTokenException', 'Token expired', 'credentials-expired', 'new token'],
    ['of another provider', 'AccessDenied', 'Not authorized', 'assume-role-refused', 'identity provider'],
  ])('a web identity token that is %s', async (_name, code, message, expected, hint) => {
    writeFileSync(join(home, 'token'), 'a-token');
    answer = refusal(code, message);
    const { error } = await open({
      ...endpoint(),
      AWS_WEB_IDENTITY_TOKEN_FILE: join(home, 'token'),
      AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/Pipeline',
    });
    expect(error).toMatchObject({ code: expected, hint: expect.stringContaining(hint) as string });
  });

  test('the question who we are is refused, which only a guardrail can', async () => {
    answer = refusal('AccessDenied', 'is not authorized because no VPC endpoint policy allows it');
    const { error } = await open({ ...keys, ...endpoint() });
    expect(error).toMatchObject({ code: 'credentials-refused', hint: expect.stringContaining('VPC') as string });
  });

  test('an endpoint that is no URL is wrong usage', async () => {
    const { error } = await open({ ...keys, AWS_ENDPOINT_URL: 'localhost' });
    expect(error).toMatchObject({ code: 'usage', message: expect.stringContaining('AWS_ENDPOINT_URL') as string });
  });

  test('a sign-in page with a good status', async () => {
    answer = () => ({ type: 'text/html', body: '<html><body>Welcome to the guest network</body></html>' });
    const { error } = await open({ ...keys, ...endpoint() });
    expect(error).toMatchObject({ hint: expect.stringContaining('sign-in page') as string });
  });

  test('no credentials at all', async () => {
    const { error } = await open(endpoint());
    expect(error).toMatchObject({
      code: 'credentials-missing',
      hint: expect.stringContaining('vedette demo') as string,
    });
    expect(seen).toEqual([]);
  });

  test('a profile that does not exist', async () => {
    const { error } = await open(endpoint(), { profile: 'nobody' });
    expect(error).toMatchObject({ code: 'profile-missing' });
    expect(error?.message).toContain('"nobody"');
    expect(error?.hint).toContain('aws configure list-profiles');
  });

  test('an SSO session that is gone', async () => {
    config(
      `[profile sso]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Audit\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start\n`,
    );
    const { error } = await open(endpoint(), { profile: 'sso' });
    expect(error).toMatchObject({
      code: 'credentials-expired',
      hint: expect.stringContaining('aws sso login --profile sso') as string,
    });
  });

  test('a profile that needs a second factor', async () => {
    config(
      `[profile base]\naws_access_key_id = A\naws_secret_access_key = s\n[profile mfa]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n`,
    );
    const { error } = await open(endpoint(), { profile: 'mfa' });
    expect(error).toMatchObject({ code: 'mfa-required' });
  });

  test.each([
    ['ExpiredToken', 'The security token included in the request is expired', 'credentials-expired'],
    ['InvalidClientTokenId', 'The security token included in the request is invalid.', 'credentials-refused'],
    [
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
      'credentials-refused',
    ],
    ['SignatureDoesNotMatch', 'Signature expired: 20260301T090000Z is now earlier than 20260301T094500Z', 'clock-skew'],
    ['RequestExpired', 'Request has expired.', 'clock-skew'],
  ])('%s: %s', async (code, message, expected) => {
    answer = refusal(code, message);
    const { error } = await open({ ...keys, ...endpoint() });
    expect(error).toMatchObject({ code: expected, message: expect.stringContaining(message) as string });
    expect(error?.hint).toBeTruthy();
  });

  test('nothing listens', async () => {
    const { error } = await open({ ...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
    expect(error).toMatchObject({ code: 'aws-unreachable', hint: expect.stringContaining('HTTPS_PROXY') as string });
  });

  test('an HTML page instead of an answer', async () => {
    answer = () => ({ status: 502, type: 'text/html', body: '<html><body>Bad gateway</body></html>' });
    const { error } = await open({ ...keys, ...endpoint() });
    expect(error).toMatchObject({
      code: 'aws-unreachable',
      message: expect.stringContaining('HTTP 502, text/html') as string,
      hint: expect.stringContaining('HTTPS_PROXY') as string,
    });
  });
});

describe('a proxy', () => {
  test('may be named without its scheme, as other programs take it', async () => {
    const { identity } = await open({
      ...keys,
      AWS_ENDPOINT_URL: 'http://sts.example.test',
      HTTP_PROXY: origin().slice('http://'.length),
    });
    expect(identity).toBeDefined();
    expect(seen).toMatchObject([{ url: 'http://sts.example.test/' }]);
  });

  test('of another kind is refused before anything is sent', async () => {
    const { error } = await open({ ...keys, ...endpoint(), HTTPS_PROXY: 'socks5://127.0.0.1:9' });
    expect(error).toMatchObject({ code: 'usage', message: expect.stringContaining('HTTPS_PROXY') as string });
    expect(seen).toEqual([]);
  });

  test('that nobody listens at', async () => {
    const { error } = await open({ ...keys, ...endpoint(), HTTP_PROXY: 'http://127.0.0.1:9' });
    expect(error).toMatchObject({ code: 'aws-unreachable', hint: expect.stringContaining('HTTPS_PROXY') as string });
  });

  test.each([
    ['that asks who we are', 407, ''],
    ['that answers with a page', 200, '<html></html>'],
  ])('%s', async (_name, status, body) => {
    answer = () => ({ status, type: 'text/html', body });
    const { error } = await open({ ...keys, AWS_ENDPOINT_URL: 'http://sts.example.test', HTTP_PROXY: origin() });
    expect(error?.hint).toContain('HTTPS_PROXY');
  });

  test('is used for hosts outside NO_PROXY', async () => {
    const { identity } = await open({ ...keys, AWS_ENDPOINT_URL: 'http://sts.example.test', HTTP_PROXY: origin() });
    expect(identity).toBeDefined();
    expect(seen).toMatchObject([{ url: 'http://sts.example.test/', host: 'sts.example.test' }]);
  });

  test('is left aside for hosts in NO_PROXY', async () => {
    const { identity } = await open({
      ...keys,
      ...endpoint(),
      HTTP_PROXY: 'http://127.0.0.1:9',
      NO_PROXY: '127.0.0.1',
    });
    expect(identity).toBeDefined();
  });
});
