// The whole product against an AWS emulator over the wire: the real requests are right, and what was put there is found.

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallRecord } from '../../src/platform/aws/contract.ts';
import { actionsOf, callerMay, roleMay } from '../fixtures/generated-policy.ts';
import { type Ended, commandLine } from './command-line.ts';
import { putRight } from './fixes.ts';
import { type Organization, buildOrganization, canary, roleName } from './organization.ts';

const { endpoint, folder: dataDir, remove, vedette } = commandLine();
afterAll(remove);

interface Finding {
  check: string;
  verdict: string;
  account: string;
  region: string;
  resource: string;
  source: string;
}

let organization: Organization;
let scan: {
  schema: string;
  accounts: { id: string; scan: string; ouPath: string }[];
  findings: Finding[];
  gaps: { account: string; action: string; reason: string }[];
  scan: { simulated: boolean; apiCalls: number };
};
let first: Ended;

beforeAll(async () => {
  organization = await buildOrganization(endpoint);
  first = await vedette('scan', '--role-name', roleName, '--regions', 'us-east-1,eu-west-1', '--output', 'json');
  scan = JSON.parse(first.stdout === '' ? '{}' : first.stdout) as typeof scan;
});

const findings = (check: string, account: string): Finding[] =>
  scan.findings.filter((one) => one.check === check && one.account === account);

const resources = (check: string, account: string): string[] => findings(check, account).map((one) => one.resource);

describe('scan of an emulated organisation', () => {
  test('ends well and prints JSON alone', () => {
    expect([first.code, first.code === 0 ? '' : first.stderr]).toEqual([0, '']);
    expect(scan.schema).toBe('vedette.scan/1');
    expect(scan.scan.simulated).toBe(false);
    expect(scan.scan.apiCalls).toBeGreaterThan(100);
  });

  test('shows every account with its place in the nested units', () => {
    const places = Object.fromEntries(scan.accounts.map((one) => [one.id, one.ouPath]));
    expect(places).toMatchObject({
      [organization.members.web]: '/Workloads/Production',
      [organization.members.data]: '/Workloads/Production/Payments',
      [organization.members.audit]: '/Security',
    });
    for (const id of Object.values(organization.members)) {
      expect(['complete', 'partial']).toContain(scan.accounts.find((one) => one.id === id)?.scan);
    }
  });

  test('finds what was put there, and not its clean twin', () => {
    const { web, data, audit } = organization.members;
    expect(resources('ec2-sg-no-public-ssh', web)).toHaveLength(1);
    expect(resources('s3-bucket-ssl-requests-only', data)).toEqual(['arn:aws:s3:::vedette-plain-http']);
    expect(resources('rds-storage-encrypted', data).map((arn) => arn.split(':').at(-1))).toEqual(['orders-open']);
    expect(resources('rds-not-public', data).map((arn) => arn.split(':').at(-1))).toEqual(['orders-open']);
    expect(resources('kms-key-rotation', data)).toHaveLength(1);
    expect(resources('lambda-no-secrets-in-env', web)).toHaveLength(1);
    const secrets = (check: string): string[] =>
      resources(check, data).map((arn) => arn.replace(/^.*:secret:(.*)-\w{6}$/, '$1'));
    expect(secrets('secretsmanager-secret-not-public')).toEqual(['orders-open']);
    // One that is deleted is read, and not judged.
    expect(secrets('secretsmanager-rotation').sort()).toEqual(['orders-open', 'orders-own']);
    expect(resources('iam-user-mfa-enabled', audit).map((arn) => arn.split('/').at(-1))).toContain('with-console');
    expect(
      resources('iam-policy-no-statements-with-admin-access', audit).map((arn) => arn.split('/').at(-1)),
    ).toContain('everything');
    expect(resources('cloudtrail-multi-region-enabled', audit)).toEqual([]);
    // Only two regions were read: whether another one holds a trail is not known, so nothing is claimed.
    expect(resources('cloudtrail-multi-region-enabled', web)).toEqual([]);
  });

  test('what the emulator lacks is a gap, never a pass', () => {
    const actions = new Set(scan.gaps.map((gap) => gap.action.split(':')[0]));
    expect(actions).toContain('access-analyzer');
  });

  test('the planted secret appears in no file of the data folder and in no output', () => {
    const files = (folder: string): string[] =>
      readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return files(path);
        return entry.isFile() && statSync(path).size < 64 * 1024 * 1024 ? [path] : [];
      });
    expect(first.stdout + first.stderr).not.toContain(canary);
    const holding = files(join(dataDir, 'data')).filter((path) => readFileSync(path).includes(canary));
    expect(holding).toEqual([]);
  });

  test('a second scan finds nothing new and resolves nothing', async () => {
    const again = await vedette(
      'scan',
      '--role-name',
      roleName,
      '--regions',
      'us-east-1,eu-west-1',
      '--output',
      'json',
    );
    expect([again.code, again.code === 0 ? '' : again.stderr]).toEqual([0, '']);
    const states = new Set(
      (JSON.parse(again.stdout) as { findings: { state: string }[] }).findings.map((one) => one.state),
    );
    expect([...states]).toEqual(['open']);
  });

  test('after a fix the findings are verified within seconds, without a scan', async () => {
    const { web, data } = organization.members;
    const all = JSON.parse((await vedette('findings', 'list', '--output', 'json')).stdout) as {
      findings: (Finding & { id: string })[];
    };
    const idOf = (check: string, account: string): string =>
      all.findings.find((one) => one.check === check && one.account === account)?.id ?? '';
    const fixed = [
      idOf('ec2-sg-no-public-ssh', web),
      idOf('lambda-no-secrets-in-env', web),
      idOf('s3-bucket-ssl-requests-only', data),
      idOf('secretsmanager-secret-not-public', data),
    ];
    const broken = idOf('rds-storage-encrypted', data);
    const verify = async (...ids: string[]) => {
      const { code, stdout } = await vedette('findings', 'verify', ...ids, '--role-name', roleName, '--output', 'json');
      const { verifications } = JSON.parse(stdout) as {
        verifications: { asked: boolean; verdict: string; finding: { id: string; state: string } }[];
      };
      const asked = verifications
        .filter((one) => one.asked)
        .map(({ verdict, finding }) => [finding.id, verdict, finding.state]);
      return { code, asked: asked.sort() };
    };
    expect(await verify(...fixed)).toEqual({ code: 3, asked: fixed.map((id) => [id, 'fail', 'open']).sort() });
    await putRight(endpoint, organization.members);
    const verdicts = ['pass', 'absent', 'pass', 'not-applicable'];
    expect(await verify(...fixed)).toEqual({
      code: 0,
      asked: fixed.map((id, index) => [id, verdicts[index], 'resolved']).sort(),
    });
    expect(await verify(broken)).toEqual({ code: 3, asked: [[broken, 'fail', 'open']] });
  });

  test('the call audit verifies', async () => {
    const verified = await vedette('audit-log', 'verify');
    expect([verified.code, verified.code === 0 ? '' : verified.stdout]).toEqual([0, '']);
  });

  test('makes no call over the wire that the generated policies do not allow', async () => {
    const { stdout } = await vedette('audit-log', 'export');
    const calls = stdout.split('\n').flatMap((text): CallRecord[] => {
      const { line } = JSON.parse(text || '{}') as { line?: Partial<CallRecord> };
      return line?.action === undefined ? [] : [line as CallRecord];
    });
    expect(calls.length).toBeGreaterThan(scan.scan.apiCalls);
    const allowed = new Set([...roleMay, ...callerMay, 'sts:GetCallerIdentity']);
    expect([...new Set(calls.flatMap(actionsOf))].filter((action) => !allowed.has(action))).toEqual([]);
  });
});

const user = (name: string): string => `arn:aws:iam::${organization.members.audit}:user/${name}`;
const object = 'arn:aws:s3:::vedette-trail/AWSLogs/x';
const asked = async (...args: string[]): Promise<Record<string, unknown>> => {
  const answer = await vedette(...args, '--output', 'json');
  if (answer.code !== 0) throw new Error(answer.stderr);
  return JSON.parse(answer.stdout) as Record<string, unknown>;
};

describe('questions about the policies that were read over the wire', () => {
  test('a user with an attached policy that allows everything may read an object, by that policy', async () => {
    const answer = await asked(
      'simulate',
      '--principal',
      user('key-only'),
      '--action',
      's3:GetObject',
      '--resource',
      object,
    );
    expect(answer['decision']).toBe('allowed');
    expect(JSON.stringify(answer['statements'])).toContain('policy/everything');
  });

  test('a user without policies may not, and the identity policy is what is missing', async () => {
    const answer = await asked(
      'simulate',
      '--principal',
      user('with-console'),
      '--action',
      's3:GetObject',
      '--resource',
      object,
    );
    expect(answer).toMatchObject({ decision: 'implicit-deny', wall: 'identity-policy' });
  });

  test('who can read it names the one and not the other', async () => {
    const text = JSON.stringify(await asked('who-can', 's3:GetObject', object));
    expect(text).toContain(user('key-only'));
    expect(text).not.toContain(user('with-console'));
  });

  test('a principal can what its policy says', async () => {
    expect(JSON.stringify(await asked('principal-can', user('key-only')))).toContain('iam');
  });
});
