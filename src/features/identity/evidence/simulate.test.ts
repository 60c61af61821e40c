import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestStore, testStore } from '../../../platform/store/testing.ts';
import { simulate, type SimulateAnswer } from '../questions/simulate.ts';
import { askedAction, askedPrincipal, askedResource } from './asked.ts';
import type { EvidenceReader } from './evidence-reader.ts';
import {
  home,
  management,
  named,
  partner,
  plantOrganisation,
  reading,
  sealed,
  stranger,
  table,
} from './testing-organisation.ts';

let store: TestStore;
let reader: EvidenceReader;
beforeAll(async () => {
  store = await testStore();
  reader = await plantOrganisation(store);
});
afterAll(async () => await store.close());

interface Request {
  session?: string;
  context?: Record<string, string[]>;
}

async function ask(who: string, what: string, on: string, { session, context = {} }: Request = {}) {
  const asked = await askedPrincipal(reader, who, session);
  const action = askedAction(what);
  const resource = await askedResource(reader, on, action);
  const owner = resource.account ?? asked.account?.account.id ?? '';
  return simulate({
    organization: reader.organization,
    principal: asked.principal,
    principalText: who,
    evidence: asked.evidence,
    principalAccount: asked.account,
    action,
    resource,
    resourceAccount: reader.accounts.get(owner),
    context,
    completeContext: false,
  });
}

const object = 'arn:aws:s3:::private/x';
const decisions: readonly [name: string, who: string, what: string, on: string, expected: Partial<SimulateAnswer>][] = [
  ['an attached policy allows', named(home, 'role/admin'), 's3:GetObject', object, { decision: 'allowed' }],
  [
    'a policy of a group allows',
    named(home, 'user/member'),
    's3:GetObject',
    'arn:aws:s3:::reports/x',
    { decision: 'conditional', conditions: ['the request is sent over TLS'] },
  ],
  [
    'nothing allows',
    named(home, 'role/team/reader'),
    's3:GetObject',
    object,
    { decision: 'implicit-deny', wall: 'identity-policy' },
  ],
  [
    'a boundary does not reach',
    named(home, 'role/fenced'),
    's3:GetObject',
    object,
    { decision: 'implicit-deny', wall: 'permissions-boundary' },
  ],
  [
    'an SCP of the OU denies',
    named(home, 'role/admin'),
    'cloudtrail:StopLogging',
    '*',
    { decision: 'explicit-deny', wall: 'service-control-policy' },
  ],
  [
    'no SCP counts in the management account',
    named(management, 'role/admin'),
    'cloudtrail:StopLogging',
    '*',
    { decision: 'allowed' },
  ],
  ['a tag that is there', named(home, 'user/red'), 's3:GetObject', object, { decision: 'allowed' }],
  ['a tag that a user does not have', named(home, 'user/plain'), 's3:GetObject', object, { decision: 'implicit-deny' }],
  ['anybody, where the bucket is public', '*', 's3:GetObject', 'arn:aws:s3:::public/x', { decision: 'allowed' }],
  ['anybody, where it is not', '*', 's3:GetObject', object, { decision: 'implicit-deny', wall: 'resource-policy' }],
  [
    'trust admits, and the partner allows',
    named(partner, 'role/admin'),
    'sts:AssumeRole',
    named(home, 'role/deploy'),
    { decision: 'allowed' },
  ],
  [
    'trust does not admit',
    named(home, 'role/admin'),
    'sts:AssumeRole',
    named(home, 'role/deploy'),
    { decision: 'implicit-deny', wall: 'trust-policy' },
  ],
  [
    'an RCP stops outsiders',
    stranger,
    's3:GetObject',
    'arn:aws:s3:::guarded/x',
    { decision: 'explicit-deny', wall: 'resource-control-policy' },
  ],
];
test.each(decisions)('%s', async (_, who, what, on, expected) => {
  expect(await ask(who, what, on)).toMatchObject(expected);
});

test('statements carry the names and places of their policies', async () => {
  const { statements, change } = await ask(named(home, 'role/admin'), 'cloudtrail:StopLogging', '*');
  expect(statements).toMatchObject([
    { policy: 'KeepTrails', sid: 'Keep', effect: 'Deny', kind: 'service-control', attachedTo: 'OU /ou-work' },
  ]);
  expect(change.join(' ')).toContain('no Allow does');
  const allowed = await ask(named(home, 'role/team/reader'), 's3:GetObject', 'arn:aws:s3:::reports/x');
  expect(allowed.statements[0]).toMatchObject({
    policy: 'reading',
    arn: reading,
    sid: 'Read',
    attachedTo: 'role reader',
  });
});

test('a boundary that does not reach is named, and no Allow is advised', async () => {
  const { change } = await ask(named(home, 'role/fenced'), 's3:GetObject', object);
  expect(change).toEqual([
    'The permissions boundary fence does not reach this far; identity policies alone cannot grant it.',
  ]);
});

test('the answer has the shape that programs rely on', async () => {
  const answer = JSON.parse(JSON.stringify(await ask(named(home, 'role/admin'), 's3:GetObject', object))) as object;
  expect(answer).toMatchObject({
    decision: 'allowed',
    statements: [
      { policy: 'AdministratorAccess', sid: null, effect: 'Allow', why: 'The identity policy allows this.' },
      { policy: 'FullAWSAccess', attachedTo: 'the root' },
      { policy: 'FullAWSAccess', attachedTo: 'OU /ou-work' },
      { policy: 'FullAWSAccess', attachedTo: `account ${home}` },
    ],
    conditions: [],
    wall: null,
    change: [],
    unknown: [],
  });
});

test('what the asker says of the request settles its conditions', async () => {
  const who = named(home, 'user/member');
  const over = async (value: string) =>
    (await ask(who, 's3:GetObject', 'arn:aws:s3:::reports/x', { context: { 'aws:SecureTransport': [value] } }))
      .decision;
  expect([await over('true'), await over('false')]).toEqual(['allowed', 'explicit-deny']);
});

test('a session finds its role, path or not', async () => {
  const session = `arn:aws:sts::${home}:assumed-role/reader/alice`;
  const answer = await ask(session, 's3:GetObject', 'arn:aws:s3:::reports/x', {
    context: { 'aws:SecureTransport': ['true'] },
  });
  expect(answer.decision).toBe('allowed');
});

test('what could not be read leaves the answer open, and is named', async () => {
  const unread = await ask(named(home, 'role/admin'), 's3:GetObject', 'arn:aws:s3:::unread/x');
  expect(unread).toMatchObject({ decision: 'conditional' });
  expect(unread.unknown[0]).toBe('The policy of bucket unread could not be read: s3:GetBucketPolicy was denied.');
  const lost = await ask(named(home, 'role/lost'), 's3:GetObject', object);
  expect(lost.decision).toBe('conditional');
  expect(lost.unknown[0]).toContain('not-in-evidence');
  const closed = await ask(named(sealed, 'role/any'), 's3:GetObject', 'arn:aws:s3:::shared/x');
  expect(closed.decision).toBe('conditional');
  expect(closed.unknown[0]).toContain('access was denied');
});

test('an unread account does not soften what a guardrail denies', async () => {
  expect(await ask(named(sealed, 'role/any'), 'cloudtrail:StopLogging', '*')).toMatchObject({
    decision: 'explicit-deny',
    unknown: [],
  });
});

const faults: readonly [what: string, run: () => Promise<unknown>, hint: RegExp][] = [
  ['principal', () => ask(named(home, 'role/admn'), 's3:GetObject', object), /role\/admin/],
  ['bucket', () => ask(named(home, 'role/admin'), 's3:GetObject', 'arn:aws:s3:::pivate/x'), /private/],
  ['action', () => ask(named(home, 'role/admin'), 's3:GetObjet', object), /s3:GetObject/],
  ['service', () => ask(named(home, 'role/admin'), 's33:GetObject', object), /s3/],
  ['resource', () => ask(named(home, 'role/admin'), 's3:GetObject', 'reports'), /ARN/],
];
test.each(faults)('an unknown %s is an error with the nearest names', async (_, run, hint) => {
  await expect(run()).rejects.toMatchObject({ code: 'usage', hint: expect.stringMatching(hint) as unknown });
});

const arnOfKey = (name: string): string => `arn:aws:kms:eu-west-1:${home}:${name}`;

test('an alias stands for its key, whose policy leaves it to the account', async () => {
  const through = await ask(named(home, 'role/admin'), 'kms:Decrypt', arnOfKey('alias/delegating'));
  expect(through.decision).toBe('allowed');
  const reader = await ask(named(home, 'role/team/reader'), 'kms:Decrypt', arnOfKey('key/delegating'));
  expect(reader).toMatchObject({ decision: 'implicit-deny', wall: 'identity-policy' });
  expect(reader.unknown).toEqual([]);
});

const objectOf = (point: string): string => `arn:aws:s3:eu-west-1:${home}:accesspoint/${point}/object/x`;
const through: readonly [name: string, who: string, point: string, expected: Partial<SimulateAnswer>][] = [
  [
    'whom the point admits, as the bucket leaves it to points',
    named(partner, 'role/admin'),
    'shared',
    { decision: 'allowed' },
  ],
  ['the owner by his own policies', named(home, 'role/admin'), 'shared', { decision: 'allowed' }],
  [
    'nobody whom the point does not name',
    named(management, 'role/admin'),
    'shared',
    { decision: 'implicit-deny', wall: 'access-point-policy' },
  ],
  ['nobody where the bucket says nothing', named(partner, 'role/admin'), 'bare', { decision: 'implicit-deny' }],
  [
    'nobody whom the bucket leaves out by its condition',
    named(partner, 'role/admin'),
    'inner',
    { decision: 'implicit-deny' },
  ],
];
test.each(through)('through an access point: %s', async (_, who, point, expected) => {
  expect(await ask(who, 's3:GetObject', objectOf(point))).toMatchObject(expected);
});

test('named directly, a bucket that leaves it to its points admits none but who comes through one', async () => {
  const answer = await ask(named(partner, 'role/admin'), 's3:GetObject', 'arn:aws:s3:::leaving/x');
  expect(answer).toMatchObject({
    decision: 'conditional',
    conditions: ['s3:AccessPointNetworkOrigin is Internet', `s3:DataAccessPointAccount is ${home}`],
  });
});

test('an access point that could not be read leaves it open, and one of a network says so', async () => {
  const unread = await ask(named(partner, 'role/admin'), 's3:GetObject', objectOf('unread'));
  expect(unread.decision).toBe('conditional');
  expect(unread.unknown[0]).toContain('s3control:GetAccessPointPolicy was denied');
  const inner = await ask(named(home, 'role/admin'), 's3:GetObject', objectOf('inner'));
  expect(inner.unknown).toEqual([
    'Requests through the access point come from vpc-1a2b3c4d alone: all others are refused.',
  ]);
});

const aliases: readonly [qualifier: string, expected: string][] = [
  [':live', 'allowed'],
  [':beta', 'implicit-deny'],
  [':sealed', 'conditional'],
  [':7', 'conditional'],
  [':$LATEST', 'implicit-deny'],
  ['', 'implicit-deny'],
];
test.each(aliases)('a function%s has a policy of its own', async (qualifier, expected) => {
  const on = `arn:aws:lambda:eu-west-1:${home}:function:work${qualifier}`;
  expect((await ask(named(partner, 'role/admin'), 'lambda:InvokeFunction', on)).decision).toBe(expected);
});

const granted: readonly [name: string, who: string, what: string, expected: Partial<SimulateAnswer>][] = [
  [
    'the grantee may, without a policy of its own',
    named(home, 'role/team/reader'),
    'kms:Decrypt',
    { decision: 'allowed' },
  ],
  [
    'but nothing that the grant does not name',
    named(home, 'role/team/reader'),
    'kms:Encrypt',
    { decision: 'implicit-deny' },
  ],
  ['others may not', named(home, 'role/fenced'), 'kms:Decrypt', { decision: 'implicit-deny' }],
  [
    'a grantee of another account, under the constraint',
    named(partner, 'role/admin'),
    'kms:Decrypt',
    { decision: 'conditional', conditions: ['kms:EncryptionContext:app is orders'] },
  ],
  ['a service, for one resource', 'dynamodb.amazonaws.com', 'kms:Decrypt', { decision: 'conditional' }],
];
test.each(granted)('a grant of the key: %s', async (_, who, what, expected) => {
  expect(await ask(who, what, arnOfKey('key/granted'))).toMatchObject(expected);
});

const from = async (source: string) =>
  (
    await ask('dynamodb.amazonaws.com', 'kms:Decrypt', arnOfKey('key/granted'), {
      context: { 'aws:SourceArn': [source] },
    })
  ).decision;
test('a grant to a service holds for the resource that it names alone', async () => {
  expect([await from(table), await from(`${table}2`)]).toEqual(['allowed', 'implicit-deny']);
});

const unreadGrants: readonly [name: string, who: string, what: string, expected: Partial<SimulateAnswer>][] = [
  [
    'leave open what a grant could allow',
    named(home, 'role/team/reader'),
    'kms:Decrypt',
    {
      decision: 'conditional',
      conditions: ['the grants of key grants-unread, which could not be read, allow it'],
      conditionKeys: [],
      unknown: ['Grants of the key could not be read (kms:ListGrants was denied): one of them may allow this as well.'],
    },
  ],
  [
    'leave it open for a service too',
    'dynamodb.amazonaws.com',
    'kms:Decrypt',
    {
      decision: 'conditional',
      conditions: ['the grants of key grants-unread, which could not be read, allow it'],
    },
  ],
  [
    'change nothing for what no grant can allow',
    named(home, 'role/team/reader'),
    'kms:ScheduleKeyDeletion',
    { decision: 'implicit-deny', unknown: [] },
  ],
  ['change nothing for who may without', named(home, 'role/admin'), 'kms:Decrypt', { decision: 'allowed' }],
  ['name nobody without credentials', '*', 'kms:Decrypt', { decision: 'implicit-deny' }],
];
test.each(unreadGrants)('grants that could not be read %s', async (_, who, what, expected) => {
  expect(await ask(who, what, arnOfKey('key/grants-unread'))).toMatchObject(expected);
});

test('the policy of a key that AWS manages is not known, but other accounts cannot use it', async () => {
  const own = await ask(named(home, 'role/admin'), 'kms:Decrypt', arnOfKey('key/managed'));
  expect(own.conditions).toEqual([
    'the policy of key managed, which could not be read, allows it and does not deny it',
  ]);
  expect(await ask(named(partner, 'role/admin'), 'kms:Decrypt', arnOfKey('key/managed'))).toMatchObject({
    decision: 'implicit-deny',
  });
  expect(await ask('*', 'kms:Decrypt', arnOfKey('key/managed'))).toMatchObject({ decision: 'implicit-deny' });
});

const mismatches: readonly [what: string, on: string, note: RegExp][] = [
  ['s3:GetObject', 'arn:aws:s3:::private', /^s3:GetObject acts on .*object .* is something else\.$/],
  ['s3:ListAllMyBuckets', 'arn:aws:s3:::private', /acts on no particular resource/],
  ['iam:PassRole', '*', /only permissions for every one of them count/],
];
test.each(mismatches)('%s on %s is answered with a note', async (what, on, note) => {
  const { notes } = await ask(named(home, 'role/admin'), what, on);
  expect(notes.join()).toMatch(note);
  expect((await ask(named(home, 'role/admin'), 's3:GetObject', object)).notes).toEqual([]);
});
