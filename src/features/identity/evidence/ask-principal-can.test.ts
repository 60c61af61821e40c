import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestStore, testStore } from '../../../platform/store/testing.ts';
import { askPrincipalCan } from './ask-principal-can.ts';
import type { EvidenceReader } from './evidence-reader.ts';
import { home, management, named, plantOrganisation, sealed } from './testing-organisation.ts';

let store: TestStore;
let reader: EvidenceReader;
beforeAll(async () => {
  store = await testStore();
  reader = await plantOrganisation(store);
});
afterAll(async () => await store.close());

test('what a boundary and an SCP take away, and what is left', async () => {
  const fenced = await askPrincipalCan(reader, named(home, 'role/fenced'), undefined);
  const services = fenced.services.map((row) => row.service);
  expect(services).toEqual(['ec2', 'sns', 'sts']);
  expect(fenced.limits.map((limit) => [limit.policy, limit.kind])).toEqual([
    ['fence', 'permissions-boundary'],
    ['KeepTrails', 'service-control'],
  ]);
  expect(fenced.limits[1]?.removed).toEqual({ count: 1, examples: ['cloudtrail:StopLogging'] });
});

test('ways to more are found where all their permissions are held', async () => {
  const deploy = await askPrincipalCan(reader, named(home, 'role/deploy'), undefined);
  expect(deploy.escalations.map((one) => one.id)).toEqual(['lambda-001']);
  const half = await askPrincipalCan(reader, named(home, 'user/red'), undefined);
  expect(half.escalations).toEqual([]);
  const all = await askPrincipalCan(reader, named(home, 'role/admin'), undefined);
  expect(all.escalations.length).toBeGreaterThan(50);
  expect(all.permissionsManagement.always).toContain('s3:PutBucketPolicy');
});

test('the actions of one service come with resources and conditions', async () => {
  const { actions } = await askPrincipalCan(reader, named(home, 'role/team/reader'), 's3');
  expect(actions).toEqual([
    { action: 's3:GetObject', level: 'Read', how: 'partly', resources: ['arn:aws:s3:::reports/*'], conditions: [] },
  ]);
});

test('an account that was not read gives unknown, not nothing', async () => {
  const closed = await askPrincipalCan(reader, named(sealed, 'role/any'), undefined);
  expect(closed.unknown[0]).toContain(`Account ${sealed} could not be read`);
  const lost = await askPrincipalCan(reader, named(home, 'role/lost'), undefined);
  expect(lost.unknown[0]).toContain('may give more');
});

test('assuming roles and using keys depend on the policies of roles and keys, and are part of everything', async () => {
  const all = await askPrincipalCan(reader, named(management, 'role/admin'), 'sts');
  expect(all.everything).toBe(true);
  expect(all.actions).toContainEqual(
    expect.objectContaining({
      action: 'sts:AssumeRole',
      how: 'partly',
      conditions: ["where the role's trust policy admits the caller"],
    }),
  );
  const keys = await askPrincipalCan(reader, named(management, 'role/admin'), 'kms');
  expect(keys.actions).toContainEqual(expect.objectContaining({ action: 'kms:Decrypt', how: 'partly' }));
  expect((await askPrincipalCan(reader, named(home, 'role/admin'), undefined)).everything).toBe(false);
  const other = await askPrincipalCan(reader, named(home, 'role/team/reader'), 'sts');
  expect(other.actions.map(({ action }) => action)).not.toContain('sts:AssumeRole');
});

test.each(['role/admin', 'root'])('%s does not come with assertions or tokens of identity providers', async (name) => {
  const all = await askPrincipalCan(reader, named(management, name), 'sts');
  const actions = all.actions.map(({ action }) => action);
  expect(actions).not.toContain('sts:AssumeRoleWithSAML');
  expect(actions).not.toContain('sts:AssumeRoleWithWebIdentity');
  expect(actions).toContain('sts:GetCallerIdentity');
  expect(all.everything).toBe(true);
});
