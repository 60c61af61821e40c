import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestStore, testStore } from '../../../platform/store/testing.ts';
import { askWhoCan, type WhoCanReport } from './ask-who-can.ts';
import { askedResource } from './asked.ts';
import type { EvidenceReader } from './evidence-reader.ts';
import {
  home,
  management,
  named,
  outsider,
  partner,
  plantOrganisation,
  sealed,
  stranger,
} from './testing-organisation.ts';

let store: TestStore;
let reader: EvidenceReader;
beforeAll(async () => {
  store = await testStore();
  reader = await plantOrganisation(store);
});
afterAll(async () => await store.close());

async function report(what: string, on: string): Promise<WhoCanReport> {
  return await askWhoCan(reader, what, await askedResource(reader, on, what));
}

function certain({ accounts }: WhoCanReport): string[] {
  return accounts.flatMap((one) => one.allowed.map(({ principal }) => principal.slice('arn:aws:iam::'.length)));
}

test('without a bucket policy it is those of the account whose policies allow', async () => {
  const found = await report('s3:GetObject', 'arn:aws:s3:::private/x');
  expect(certain(found)).toEqual([`${home}:role/admin`, `${home}:user/red`, `${home}:root`]);
  expect(found.outside).toEqual([]);
  // The account that was not read cannot be admitted: it is named, and does not matter.
  expect(found.unknown.accounts).toEqual([
    { account: sealed, name: 'sealed', reason: 'access was denied', possible: false },
  ]);
});

test('conditions are told in words', async () => {
  const [group] = (await report('s3:GetObject', 'arn:aws:s3:::reports/x')).accounts;
  const readers = group?.conditional.filter(({ principal }) => /reader|member/.test(principal));
  expect(readers?.map(({ conditions }) => conditions)).toEqual([
    ['the request is sent over TLS'],
    ['the request is sent over TLS'],
  ]);
});

test('accounts that the bucket admits are asked, read or not, and outsiders are named', async () => {
  const found = await report('s3:GetObject', 'arn:aws:s3:::shared/x');
  expect(certain(found)).toContain(`${partner}:role/admin`);
  expect(found.outside).toMatchObject([{ principal: named(outsider, 'root'), decision: 'allowed', kind: 'account' }]);
  expect(found.unknown.accounts).toMatchObject([{ account: sealed, possible: true }]);
});

test('a public bucket is open to everybody; a perimeter closes it to outsiders', async () => {
  const open = await report('s3:GetObject', 'arn:aws:s3:::public/x');
  expect(open.outside).toMatchObject([{ principal: '*', decision: 'allowed', kind: 'anybody' }]);
  const guarded = await report('s3:GetObject', 'arn:aws:s3:::guarded/x');
  expect(guarded.outside).toEqual([]);
  expect(certain(guarded)).toContain(`${partner}:role/admin`);
});

test('an action without a resource is asked of every account', async () => {
  const found = await report('cloudtrail:ListTrails', '*');
  expect(certain(found)).toEqual(
    expect.arrayContaining([`${home}:role/admin`, `${partner}:role/admin`, `${management}:role/admin`]),
  );
  const stopped = await report('cloudtrail:StopLogging', '*');
  expect(certain(stopped)).toEqual([`${management}:role/admin`, `${management}:root`]);
  expect(stopped.notes[0]).toContain('every one of them');
});

test('whom grants of a key name may what they grant: members, other accounts and services', async () => {
  const found = await report('kms:Decrypt', `arn:aws:kms:eu-west-1:${home}:key/granted`);
  expect(certain(found)).toContain(`${home}:role/team/reader`);
  const theirs = found.accounts.find((one) => one.account === partner);
  expect(theirs).toMatchObject({
    conditional: [{ principal: named(partner, 'role/admin'), conditions: ['kms:EncryptionContext:app is orders'] }],
  });
  expect(found.outside).toMatchObject([
    { principal: stranger, decision: 'allowed' },
    { principal: 'dynamodb.amazonaws.com', decision: 'conditional' },
  ]);
  expect(certain(await report('kms:Encrypt', `arn:aws:kms:eu-west-1:${home}:key/granted`))).not.toContain(
    `${home}:role/team/reader`,
  );
});

test('grants that could not be read may name anybody', async () => {
  const found = await report('kms:Decrypt', `arn:aws:kms:eu-west-1:${home}:key/grants-unread`);
  expect(certain(found)).toEqual([`${home}:role/admin`, `${home}:root`]);
  const [condition] = ['the grants of key grants-unread, which could not be read, allow it'];
  const open = found.accounts.flatMap((group) => group.conditional);
  expect(open).toContainEqual({
    principal: named(home, 'role/team/reader'),
    kind: 'role',
    conditions: [condition],
  });
  expect(open.map(({ principal }) => principal)).toContain(named(partner, 'role/admin'));
  expect(found.outside).toEqual([]);
  expect(found.unknown.notes).toEqual([
    'Grants of the key could not be read (kms:ListGrants was denied): one of them may allow this as well.',
  ]);
  expect(found.unknown.accounts.map(({ account, possible }) => [account, possible])).toContainEqual([sealed, true]);
});

test('through an access point it is those whom it and the bucket admit', async () => {
  const found = await report('s3:GetObject', `arn:aws:s3:eu-west-1:${home}:accesspoint/shared/object/x`);
  expect(certain(found)).toEqual(expect.arrayContaining([`${home}:role/admin`, `${partner}:role/admin`]));
  expect(certain(found)).not.toContain(`${management}:role/admin`);
  expect(found.outside).toMatchObject([{ principal: stranger, decision: 'allowed' }]);
});
