import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestStore, testStore } from '../../../platform/store/testing.ts';
import { askPolicyDiff } from './ask-policy-diff.ts';
import { storedDocument } from './changed-policy.ts';
import type { EvidenceReader } from './evidence-reader.ts';
import { allow, deny, policyText } from './testing.ts';
import {
  home,
  management,
  named,
  outsider,
  partner,
  plantOrganisation,
  reading,
  sealed,
} from './testing-organisation.ts';

let store: TestStore;
let reader: EvidenceReader;
beforeAll(async () => {
  store = await testStore();
  reader = await plantOrganisation(store);
});
afterAll(async () => await store.close());

const after = policyText(allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::reports/*', { Sid: 'Both' }));

test('a stored policy: everybody who carries it', async () => {
  const before = await storedDocument(reader, reading);
  const report = await askPolicyDiff(reader, { before, after, kind: undefined, attachTo: undefined });
  expect(report.changes.map((row) => row.text)).toEqual(['Newly allows s3:PutObject on arn:aws:s3:::reports/*.']);
  const gains = { account: home, gained: ['s3:PutObject'], lost: [], widened: [], narrowed: [] };
  expect(report.impact?.reached).toBe(2);
  expect(new Set(report.impact?.principals)).toEqual(
    new Set(
      [named(home, 'role/team/reader'), named(home, 'user/member')].map((principal) => ({ principal, ...gains })),
    ),
  );
});

test('a service control policy: everybody below it, unread accounts named', async () => {
  const before = await storedDocument(reader, 'p-keeptrails');
  const report = await askPolicyDiff(reader, {
    before,
    after: policyText(deny('s3:PutBucketPolicy')),
    kind: undefined,
    attachTo: undefined,
  });
  const admins = report.impact?.principals.map(({ principal, gained, lost }) => [principal, gained, lost]);
  expect(admins).toContainEqual([named(home, 'role/admin'), ['cloudtrail:StopLogging'], ['s3:PutBucketPolicy']]);
  expect(admins?.some(([principal]) => principal === named(management, 'role/admin'))).toBe(false);
  expect(report.unknown.accounts.map((one) => one.account)).toEqual([sealed]);
});

test('a bucket policy: who gains and loses on the bucket', async () => {
  const before = await storedDocument(reader, 'arn:aws:s3:::shared');
  const report = await askPolicyDiff(reader, {
    before,
    after: policyText(allow('s3:GetObject', 'arn:aws:s3:::shared/*', { Principal: { AWS: outsider } })),
    kind: undefined,
    attachTo: undefined,
  });
  expect(report.impact?.actions).toMatchObject([
    { action: 's3:GetObject', resource: 'arn:aws:s3:::shared/*', gained: [] },
  ]);
  expect(report.impact?.actions[0]?.lost).toEqual(
    expect.arrayContaining([named(partner, 'role/admin'), named(partner, 'root')]),
  );
});

test('a key policy: what unread grants may give is not said to be lost', async () => {
  const root = { Principal: { AWS: named(home, 'root') } };
  const report = await askPolicyDiff(reader, {
    before: await storedDocument(reader, `arn:aws:kms:eu-west-1:${home}:key/grants-unread`),
    after: policyText(allow('kms:PutKeyPolicy', '*', root)),
    kind: undefined,
    attachTo: undefined,
  });
  const admin = named(home, 'role/admin');
  const about = (name: string) => report.impact?.actions.find(({ action }) => action === name);
  expect(about('kms:Decrypt')).toMatchObject({ lost: [], narrowed: expect.arrayContaining([admin]) as unknown });
  expect(about('kms:ScheduleKeyDeletion')).toMatchObject({ lost: expect.arrayContaining([admin]) as unknown });
});

test('a file against a file, attached to a role', async () => {
  const report = await askPolicyDiff(reader, {
    before: { text: policyText() },
    after: policyText(allow('sns:Publish')),
    kind: 'identity',
    attachTo: named(home, 'role/team/reader'),
  });
  expect(report.impact?.principals).toMatchObject([
    { principal: named(home, 'role/team/reader'), gained: ['sns:Publish'] },
  ]);
});
