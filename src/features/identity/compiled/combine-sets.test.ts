import { describe, expect, test } from 'vitest';
import type { CompiledPolicies } from './compiled-policies.ts';
import type { ResourceQuestion } from './effective-actions.ts';
import {
  account,
  allow,
  ask,
  compiled,
  deny,
  everyone,
  identity,
  own,
  principal,
  standing,
  type Statement,
} from './testing/asking.ts';

const full = [identity(allow('*'))];
const root = { Principal: { AWS: `arn:aws:iam::${account}:root` } };
const keyPolicy = compiled('resource', allow('kms:*', root));
const region = `arn:aws:kms:eu-west-1:${account}:`;

function on(resources: string, action: string, policies: Partial<CompiledPolicies>, who = own('role/app')): string {
  const question: ResourceQuestion = { resources, resourceAccount: account };
  return standing(ask(policies, question, who), action);
}

const trust = (...statements: Statement[]) => ({ resource: compiled('resource', ...statements) });

describe('keys, whose policies must speak', () => {
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
  test.each([
    ['*', 'conditional', 'allowed'],
    [`${region}*`, 'conditional', 'allowed'],
    [`${region}key/*`, 'denied', 'allowed'],
    [`${region}alias/*`, 'denied', 'allowed'],
    [`${region}a*`, 'conditional', 'allowed'],
    [`${region}k*`, 'conditional', 'allowed'],
    [`${region}?lias/app`, 'conditional', 'allowed'],
    [`${region}key/1`, 'denied', 'allowed'],
    ['arn:aws:s3:::reports/*', 'allowed', 'allowed'],
    ['arn:aws:s3:::reports', 'allowed', 'allowed'],
  ])('of %s without a key policy: %s', (resources, without, withPolicy) => {
    expect(on(resources, 'kms:Decrypt', { identity: full })).toBe(without);
    expect(on(resources, 'kms:Decrypt', { identity: full, resource: keyPolicy })).toBe(withPolicy);
  });

  // https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html
  test('an alias is changed by whom identity policies let, and stands for its key otherwise', () => {
    for (const resources of [`${region}alias/app`, `${region}alias/*`]) {
      expect(on(resources, 'kms:DeleteAlias', { identity: full })).toBe('allowed');
      expect(on(resources, 'kms:Decrypt', { identity: full })).toBe('denied');
    }
    expect(on(`${region}key/*`, 'kms:DeleteAlias', { identity: full })).toBe('denied');
    // A wildcard before the name may stand for colons, so that keys cannot be ruled out.
    for (const resources of ['arn:aws:kms:*:*:alias/*', 'arn:aws:kms:*:*:alias/aws/*']) {
      expect(on(resources, 'kms:DeleteAlias', { identity: full })).toBe('conditional');
    }
    expect(on('arn:aws:kms:*:*:alias/*', 'kms:Decrypt', { identity: full })).toBe('denied');
  });
});

describe('resource control policies', () => {
  const resourceControl = [[compiled('resource-control', deny('*', everyone))]];
  const policies = { identity: full, resource: keyPolicy, resourceControl };

  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
  test.each([
    [`${region}alias/aws/*`, 'allowed'],
    [`${region}alias/aws/s3`, 'allowed'],
    [`${region}alias/*`, 'conditional'],
    [`${region}alias/app-*`, 'denied'],
    [`${region}key/*`, 'denied'],
    [`${region}*`, 'conditional'],
    ['*', 'conditional'],
  ])('do not reach AWS managed keys, so of %s the use is %s', (resources, wanted) => {
    expect(on(resources, 'kms:Decrypt', policies)).toBe(wanted);
    expect(
      on(resources, 'kms:Decrypt', { ...policies, resourceControl: [...resourceControl, ...resourceControl] }),
    ).toBe(wanted);
  });

  test('reach the other services whatever keys there are, and no action of a service without RCPs', () => {
    const controlled = { identity: full, resourceControl };
    for (const resources of ['*', `${region}*`, 'arn:aws:s3:::reports/*']) {
      expect(on(resources, 's3:GetObject', controlled)).toBe('denied');
      expect(on(resources, 'new:Action', controlled)).toBe('allowed');
    }
    expect(on('*', 's3:GetObject', { identity: full, resourceControl: [] })).toBe('allowed');
  });
});

describe("a resource's policy", () => {
  const role = `arn:aws:iam::${account}:role/app`;

  test("says nothing about IAM's own actions, be it for or against", () => {
    expect(on(role, 'iam:GetRole', { identity: full, ...trust(deny('*', everyone)) })).toBe('allowed');
    expect(on(role, 'sts:AssumeRole', { identity: full, ...trust(deny('*', everyone)) })).toBe('denied');
    for (const Principal of ['*', { AWS: account }, { AWS: role }, { AWS: 'arn:aws:iam::444455556666:role/app' }]) {
      expect(on(role, 'iam:GetRole', trust(allow('*', { Principal })))).toBe('denied');
    }
    const foreign = principal('arn:aws:iam::444455556666:role/app');
    expect(on(role, 'iam:GetRole', { identity: full, ...trust(allow('*', everyone)) }, foreign)).toBe('denied');
    expect(on(role, 'iam:GetRole', trust(allow('*', everyone)), principal('*'))).toBe('denied');
  });

  test('admits another account by each way of naming it', () => {
    const foreign = principal('arn:aws:iam::444455556666:role/app');
    const resource = compiled(
      'resource',
      allow('sqs:SendMessage', { Principal: { AWS: '444455556666' } }),
      allow('sqs:ReceiveMessage', everyone),
      allow('sqs:PurgeQueue', { Principal: { AWS: 'arn:aws:iam::444455556666:role/app' } }),
    );
    const of = (action: string): string =>
      on(`arn:aws:sqs:eu-west-1:${account}:orders`, action, { identity: full, resource }, foreign);
    expect(['SendMessage', 'ReceiveMessage', 'PurgeQueue', 'DeleteMessage'].map((name) => of(`sqs:${name}`))).toEqual([
      'allowed',
      'allowed',
      'allowed',
      'denied',
    ]);
    // What AWS does not list may be given to other accounts.
    const open = compiled('resource', allow('*', everyone));
    expect(on('*', 'new:Action', { identity: full, resource: open }, foreign)).toBe('allowed');
  });

  test('locks the root user out of everything but the bucket policy itself', () => {
    const resource = compiled('resource', deny('*', everyone));
    const of = (action: string, who = own('root')): string =>
      on('arn:aws:s3:::reports', action, { identity: full, resource }, who);
    expect(['s3:PutBucketPolicy', 's3:GetBucketPolicy', 's3:DeleteBucketPolicy'].map((action) => of(action))).toEqual(
      Array(3).fill('allowed'),
    );
    expect(['s3:PutBucketAcl', 'new:Action', 'sqs:SendMessage'].map((action) => of(action))).toEqual(
      Array(3).fill('denied'),
    );
    expect(of('s3:PutBucketPolicy', principal('444455556666'))).toBe('denied');
  });
});
