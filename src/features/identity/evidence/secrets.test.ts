// Secrets, whose value other accounts read only with the key as well: each answer beside a twin that lacks what it rests on.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestStore, testStore } from '../../../platform/store/testing.ts';
import { simulate, type SimulateAnswer } from '../questions/simulate.ts';
import { askPolicyDiff } from './ask-policy-diff.ts';
import { askWhoCan, type WhoCanReport } from './ask-who-can.ts';
import { askedPrincipal, askedResource } from './asked.ts';
import { storedDocument } from './changed-policy.ts';
import type { EvidenceReader } from './evidence-reader.ts';
import { allow, grant, key, managedPolicy, plant, policyText, role, secret, user } from './testing.ts';

const [home, partner, outsider] = ['111122223333', '444455556666', '123456789012'] as const;
const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
const named = (id: string, name: string): string => `arn:aws:iam::${id}:${name}`;
const theirs = named(partner, 'role/admin');
const stranger = named(outsider, 'role/stranger');
const arnOf = (name: string): string => `arn:aws:secretsmanager:eu-west-1:${home}:secret:${name}-AbCdEf`;
const keyArn = (id: string): string => `arn:aws:kms:eu-west-1:${home}:key/${id}`;
const owners = policyText(allow('kms:*', '*', { Principal: { AWS: named(home, 'root') } }));
const reading = 'secretsmanager:GetSecretValue';

const toBoth = policyText(
  allow([reading, 'secretsmanager:DescribeSecret', 'secretsmanager:ListSecrets'], '*', {
    Sid: 'Shared',
    Principal: { AWS: [theirs, stranger] },
  }),
);
const unread = (reason: 'denied' | 'unsupported') => ({
  $unread: { operation: 'secretsmanager:GetResourcePolicy', reason },
});

let store: TestStore;
let reader: EvidenceReader;
beforeAll(async () => {
  store = await testStore();
  reader = await plant(store, {
    accounts: [
      { id: home, name: 'home' },
      { id: partner, name: 'partner' },
    ],
    policies: [],
    resources: [
      managedPolicy(home, admin, policyText(allow('*'))),
      managedPolicy(partner, admin, policyText(allow('*'))),
      role(home, 'admin', { attached: [admin] }),
      role(home, 'app'),
      role(partner, 'admin', { attached: [admin] }),
      role(partner, 'other', { attached: [admin] }),
      user(home, 'one-secret', { inline: { one: policyText(allow(reading, arnOf('plain'))) } }),
      key(home, 'owners', owners),
      key(home, 'open', owners, [grant('partner', theirs)]),
      secret(home, 'plain'),
      secret(home, 'own', { policy: policyText(allow(reading, '*', { Principal: { AWS: named(home, 'role/app') } })) }),
      secret(home, 'aws-key', { policy: toBoth }),
      secret(home, 'owners-key', { policy: toBoth, kmsKeyId: keyArn('owners') }),
      secret(home, 'open-key', { policy: toBoth, kmsKeyId: keyArn('open') }),
      secret(home, 'open-alias', { policy: toBoth, kmsKeyId: 'alias/open' }),
      secret(home, 'lost-key', { policy: toBoth, kmsKeyId: keyArn('gone') }),
      secret(home, 'unread', { policy: unread('denied') }),
      secret(home, 'deleted', { policy: unread('unsupported'), deletedAt: '2026-11-01T00:00:00Z' }),
    ],
  });
});
afterAll(async () => await store.close());

const whoCan = async (name: string, action = reading): Promise<WhoCanReport> =>
  await askWhoCan(reader, action, await askedResource(reader, arnOf(name), action));

const principals = (report: WhoCanReport, how: 'allowed' | 'conditional'): string[] =>
  report.accounts.flatMap((one) => one[how].map(({ principal }) => principal));

async function ask(who: string, what: string, on: string): Promise<SimulateAnswer> {
  const { principal, evidence, account } = await askedPrincipal(reader, who);
  const resource = await askedResource(reader, on, what);
  return simulate({
    organization: reader.organization,
    principal,
    principalText: who,
    evidence,
    principalAccount: account,
    action: what,
    resource,
    resourceAccount: reader.accounts.get(home),
    context: {},
    completeContext: false,
  });
}

describe('the own account', () => {
  test('without a policy it is those whose own policies allow', async () => {
    expect(principals(await whoCan('plain'), 'allowed')).toEqual([
      named(home, 'role/admin'),
      named(home, 'user/one-secret'),
      named(home, 'root'),
    ]);
  });

  test('the policy of the secret is enough by itself', async () => {
    expect(principals(await whoCan('own'), 'allowed')).toContain(named(home, 'role/app'));
    expect(principals(await whoCan('plain'), 'allowed')).not.toContain(named(home, 'role/app'));
  });

  test('an ARN without its random end stands for the whole one', async () => {
    const partial = arnOf('plain').slice(0, -7);
    expect(await ask(named(home, 'user/one-secret'), reading, partial)).toMatchObject({
      decision: 'allowed',
      resource: arnOf('plain'),
    });
    await expect(ask(named(home, 'user/one-secret'), reading, arnOf('plain').slice(0, -8))).rejects.toThrow(
      /has no secret/,
    );
  });
});

describe('another account', () => {
  test('reads no value under the key that AWS manages, but what else the policy gives', async () => {
    const report = await whoCan('aws-key');
    expect([...principals(report, 'allowed'), ...principals(report, 'conditional')]).not.toContain(theirs);
    expect(report.outside).toEqual([]);
    const described = await whoCan('aws-key', 'secretsmanager:DescribeSecret');
    expect(principals(described, 'allowed')).toContain(theirs);
    expect(described.outside).toMatchObject([{ principal: stranger, decision: 'allowed' }]);
  });

  test('reads no value under a key that does not admit it', async () => {
    const report = await whoCan('owners-key');
    expect([...principals(report, 'allowed'), ...principals(report, 'conditional')]).not.toContain(theirs);
    expect(report.outside).toEqual([]);
    expect(report.unknown.notes).toEqual([
      `The value is read with kms:Decrypt on ${keyArn('owners')}: ask who can do that as well.`,
    ]);
  });

  test.each([
    ['open-key', keyArn('open')],
    ['open-alias', `arn:aws:kms:eu-west-1:${home}:alias/open`],
  ])('reads the value of %s where it may use the key as well', async (name, needed) => {
    const report = await whoCan(name);
    expect(report.accounts.find(({ account }) => account === partner)).toMatchObject({
      allowed: [],
      conditional: [{ principal: theirs, conditions: [`the caller may kms:Decrypt with ${needed}`] }],
    });
    // The key's grant names the partner alone.
    expect(report.outside).toEqual([]);
  });

  test('may use a key of which nothing is known', async () => {
    const report = await whoCan('lost-key');
    expect(principals(report, 'conditional')).toContain(theirs);
    expect(report.outside).toMatchObject([{ principal: stranger, decision: 'conditional' }]);
  });

  test('cannot be given what acts on no secret', async () => {
    const resource = await askedResource(reader, arnOf('aws-key'), 'secretsmanager:CreateSecret');
    const report = await askWhoCan(reader, 'secretsmanager:CreateSecret', {
      ...resource,
      policy: resource.policy && {
        ...resource.policy,
        text: policyText(allow('*', '*', { Principal: { AWS: theirs } })),
      },
    });
    expect(principals(report, 'allowed')).not.toContain(theirs);
  });

  test('is told so when it asks for one request', async () => {
    expect(await ask(theirs, reading, arnOf('open-key'))).toMatchObject({
      decision: 'conditional',
      conditions: [`the caller may kms:Decrypt with ${keyArn('open')}`],
      conditionKeys: [],
    });
    expect(await ask(theirs, reading, arnOf('aws-key'))).toMatchObject({
      decision: 'implicit-deny',
      wall: 'kms-key',
      change: [expect.stringContaining('move it under a key of your own')],
      unknown: ['The secret lies under the key that AWS manages: no other account can read its value.'],
    });
    expect(await ask(named(partner, 'role/other'), reading, arnOf('open-key'))).toMatchObject({
      decision: 'implicit-deny',
    });
    expect(await ask(named(home, 'role/admin'), reading, arnOf('aws-key'))).toMatchObject({ decision: 'allowed' });
  });

  test('is shown no statement that the policies do not hold', async () => {
    for (const secret of ['open-key', 'aws-key']) {
      const { statements } = await ask(theirs, reading, arnOf(secret));
      expect(statements.length).toBeGreaterThan(0);
      expect(new Set(statements.map(({ effect }) => effect))).toEqual(new Set(['Allow']));
      expect(JSON.stringify(statements)).not.toMatch(/"sid":"Key|vedette:/);
    }
  });
});

describe('what is not known', () => {
  test('a policy that could not be read leaves others open', async () => {
    const report = await whoCan('unread');
    expect(principals(report, 'conditional')).toContain(theirs);
    expect(report.unknown.notes[0]).toBe(
      'The policy of secret unread could not be read: secretsmanager:GetResourcePolicy was denied.',
    );
  });

  test('a secret that is deleted is said to be', async () => {
    expect((await whoCan('deleted')).unknown.notes).toContain(
      'The secret is scheduled for deletion: until it is restored, its value is given to nobody.',
    );
  });
});

describe('a changed policy', () => {
  test('gives the value under a key that admits them, and not under the one that AWS manages', async () => {
    const gainedOn = async (name: string): Promise<readonly unknown[] | undefined> => {
      const before = await storedDocument(reader, arnOf(name));
      expect(before.text).not.toContain('vedette');
      const after = policyText(
        allow(reading, '*', { Principal: { AWS: [theirs, named(partner, 'role/other'), named(home, 'role/app')] } }),
      );
      const report = await askPolicyDiff(reader, { before, after, kind: undefined, attachTo: undefined });
      return report.impact?.actions.find(({ action }) => action === reading)?.gained;
    };
    expect(await gainedOn('open-key')).toEqual([named(home, 'role/app'), named(partner, 'role/other')]);
    expect(await gainedOn('aws-key')).toEqual([named(home, 'role/app')]);
  });

  test('taken from a secret without one, and attached by its ARN', async () => {
    const before = {
      text: policyText(),
      kind: 'resource',
      attachment: { to: 'resource', arn: arnOf('plain') },
    } as const;
    const report = await askPolicyDiff(reader, {
      before,
      after: policyText(allow(reading, '*', { Principal: { AWS: named(home, 'role/app') } })),
      kind: undefined,
      attachTo: undefined,
    });
    expect(report.impact?.actions).toMatchObject([{ action: reading, gained: [named(home, 'role/app')], lost: [] }]);
  });
});
