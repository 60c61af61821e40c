// Boundaries and the linter over the wire: a generated boundary is put in force, and what carries it cannot get out; what
// the linter says of policies that were read holds when its own cases are decided again.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  GetPolicyVersionCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { administrator, allow, policy, trust } from './access.ts';
import { commandLine } from './command-line.ts';
import { configuration, createOrganization, enter, roleName } from './organization.ts';

const { endpoint, folder, remove, vedette, json } = commandLine();
afterAll(remove);

let account = '';
const iam = (name: string): string => `arn:aws:iam::${account}:${name}`;
const boundary = (): string => iam('policy/team-boundary');

beforeAll(async () => {
  const { members } = await createOrganization(endpoint);
  account = members.web;
  const client = new IAMClient(configuration(endpoint, await enter(endpoint, account)));
  const ceiling = ['--allow', 's3,iam', '--regions', 'us-east-1', '--expires', '90d'];
  const delegation = ['--boundary-arn', boundary(), '--delegation', 'boundary', '--delegation-path', '/team/'];
  const generated = await vedette('boundary', 'generate', ...ceiling, ...delegation);
  if (generated.code !== 0) throw new Error(generated.stderr);
  const create = async (PolicyName: string, PolicyDocument: string): Promise<string> =>
    (await client.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }))).Policy?.Arn ?? '';
  const PermissionsBoundary = await create('team-boundary', generated.stdout);
  // Two administrators, of whom one is given the boundary.
  for (const RoleName of ['builder', 'free']) {
    const AssumeRolePolicyDocument = trust({ Service: 'ec2.amazonaws.com' });
    await client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: administrator }));
  }
  await client.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'builder', PermissionsBoundary }));
  const until = { Condition: { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } } };
  await create('only-denies', policy({ ...allow('ec2:*'), Effect: 'Deny' }));
  await create('expired', policy(allow('sqs:*', '*', until)));
  await create('passes', policy(allow(['iam:PassRole', 'lambda:CreateFunction'])));
  await create('sound', policy(allow('s3:GetObject', 'arn:aws:s3:::vedette-orders/*')));
  const open = trust({ AWS: '*' });
  await client.send(new CreateRoleCommand({ RoleName: 'open', AssumeRolePolicyDocument: open }));
  // As `aws iam get-policy-version` answers, its document encoded as the API has it.
  const PolicyArn = iam('policy/passes');
  const { PolicyVersion } = await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  writeFileSync(join(folder, 'answer.json'), JSON.stringify({ PolicyVersion }));
  const scanned = await vedette('scan', '--role-name', roleName, '--regions', 'us-east-1', '--quiet');
  if (scanned.code !== 0) throw new Error(scanned.stderr);
});

interface Decided {
  decision: string;
  wall: string | null;
}

async function decide(role: string, action: string, resource: string, context: Record<string, string> = {}) {
  const known = { 'aws:RequestedRegion': 'us-east-1', 'aws:CurrentTime': new Date().toISOString(), ...context };
  const request = ['simulate', '--principal', iam(`role/${role}`), '--action', action, '--resource', resource];
  const pairs = Object.entries(known).flatMap(([key, value]) => ['--context', `${key}=${value}`]);
  return await json<Decided>([...request, '--complete-context', ...pairs]);
}

const denied = { decision: 'explicit-deny', wall: 'permissions-boundary' };
const allowed = { decision: 'allowed', wall: null };

/** What would lead out of the boundary; `{role}` is the one that asks. */
const escapes: readonly (readonly [name: string, action: string, resource: string])[] = [
  ['taking the boundary off', 'iam:DeleteRolePermissionsBoundary', 'role/{role}'],
  ['putting another one on', 'iam:PutRolePermissionsBoundary', 'role/{role}'],
  ['rewriting the boundary', 'iam:CreatePolicyVersion', 'policy/team-boundary'],
  ['setting it back', 'iam:SetDefaultPolicyVersion', 'policy/team-boundary'],
  ['deleting it', 'iam:DeletePolicy', 'policy/team-boundary'],
  ['a role without it', 'iam:CreateRole', 'role/team/new'],
  ['a user without it', 'iam:CreateUser', 'user/team/new'],
  ['policies for a role without it', 'iam:AttachRolePolicy', 'role/free'],
  ['letting oneself into another role', 'iam:UpdateAssumeRolePolicy', 'role/free'],
  ['passing another role', 'iam:PassRole', 'role/free'],
  ['assuming another role', 'sts:AssumeRole', 'role/free'],
  ['a policy of its own outside the path', 'iam:CreatePolicyVersion', 'policy/passes'],
  ['a group', 'iam:CreateGroup', 'group/admins'],
  ['an identity provider', 'iam:CreateSAMLProvider', 'saml-provider/mine'],
];

describe('boundary generate', () => {
  test('its ceiling holds, in the region and for the time that it says', async () => {
    expect(await decide('builder', 's3:ListAllMyBuckets', '*')).toMatchObject(allowed);
    expect(await decide('free', 'ec2:DescribeInstances', '*')).toMatchObject(allowed);
    expect(await decide('builder', 'ec2:DescribeInstances', '*')).toMatchObject({
      ...denied,
      decision: 'implicit-deny',
    });
    const elsewhere = { 'aws:RequestedRegion': 'eu-west-1' };
    expect(await decide('builder', 's3:CreateJob', '*', elsewhere)).toMatchObject(denied);
    const later = { 'aws:CurrentTime': '2099-01-01T00:00:00Z' };
    expect(await decide('builder', 's3:ListAllMyBuckets', '*', later)).toMatchObject(denied);
  });

  test.each(escapes)('is not left by %s, which its twin without a boundary may do', async (_name, action, name) => {
    const [own, twin] = ['builder', 'free'].map((role) => iam(name.replace('{role}', role)));
    expect(await decide('builder', action, own ?? '')).toMatchObject(denied);
    // Nobody may assume a role that trusts a service alone.
    const may = action === 'sts:AssumeRole' ? { wall: 'trust-policy' } : allowed;
    expect(await decide('free', action, twin ?? '')).toMatchObject(may);
  });

  test('leaves what it delegates: roles that carry the same boundary', async () => {
    const same = { 'iam:PermissionsBoundary': boundary() };
    expect(await decide('builder', 'iam:CreateRole', iam('role/team/new'), same)).toMatchObject(allowed);
    const other = { 'iam:PermissionsBoundary': administrator };
    expect(await decide('builder', 'iam:CreateRole', iam('role/team/new'), other)).toMatchObject(denied);
  });

  test('principal-can: nothing beyond the ceiling, and the boundary named as what takes the rest', async () => {
    const answer = await json<{
      services: { service: string }[];
      limits: { policy: string; kind: string; removed: { count: number } }[];
    }>(['principal-can', iam('role/builder')]);
    const services = answer.services.map(({ service }) => service);
    expect(services.filter((service) => !['s3', 'iam', 'sts'].includes(service))).toEqual([]);
    expect(services).toEqual(expect.arrayContaining(['s3', 'iam']));
    const limit = answer.limits.find(({ policy: name }) => name === 'team-boundary');
    expect(limit).toMatchObject({ kind: 'permissions-boundary' });
    expect(limit?.removed.count).toBeGreaterThan(10_000);
    expect(await json(['principal-can', iam('role/free')])).toMatchObject({ everything: true, limits: [] });
  });
});

interface Linted {
  files: { file: string; kind: string; findings: number }[];
  findings: { file: string; code: string; severity: string; evidence: { case?: object }[] }[];
}

const faults: readonly (readonly [name: string, words: () => string[], code: string])[] = [
  ['a boundary that only denies', () => [iam('policy/only-denies'), '--kind', 'boundary'], 'only-denies'],
  ['a date that has passed', () => [iam('policy/expired')], 'expired-allow'],
  ['a role that everybody may assume', () => [iam('role/open')], 'open-to-everyone'],
  ['roles that may be passed, in an answer of the AWS CLI', () => ['answer.json'], 'pass-any-role'],
];

describe('policy lint', () => {
  test.each(faults)(
    '%s: found, and shown by cases that the engine decides the same again',
    async (_name, words, code) => {
      const linted = await json<Linted>(['policy', 'lint', ...words(), '--fail-on', 'none']);
      const findings = linted.findings.filter((one) => one.code === code);
      expect(findings).not.toEqual([]);
      const cases = linted.findings.flatMap(({ evidence }) => evidence.flatMap((one) => one.case ?? []));
      expect(cases).not.toEqual([]);
      writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases));
      const { results } = await json<{ results: { ok: boolean }[] }>(['simulate', '--cases', 'cases.json']);
      expect(results.map(({ ok }) => ok)).toEqual(cases.map(() => true));
    },
  );

  test('a sound policy and the generated boundary have no errors', async () => {
    const words = ['policy', 'lint', iam('policy/sound'), boundary(), '--kind', 'boundary'];
    const linted = await json<Linted>(words);
    expect(linted.files.map(({ file }) => file)).toEqual([iam('policy/sound'), boundary()]);
    expect(linted.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('the exit code tells a pipeline of an error', async () => {
    expect((await vedette('policy', 'lint', iam('role/open'))).code).toBe(3);
  });
});
