import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { collectors } from '../../generated/collectors.ts';
import { type TestStore, testStore } from '../../platform/store/testing.ts';
import { accountServices } from './security-services-store.ts';
import type { SecurityServiceName } from './security-services.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(async () => await store.close());
beforeEach(async () => {
  await store.pool.query('truncate unit, resource, resource_version, scan_account');
});

const [organization, account] = ['o-exampleorgid', '111122223333'] as const;
const at = '2026-11-20T10:00:00.000Z';

async function unit(collector: string, status: string, region = 'eu-west-1', scan = 's1'): Promise<void> {
  await store.pool.query(
    `insert into unit (organization_id, scan, account, region, collector, status, finished_at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [organization, scan, account, region, collector, status, at],
  );
}

async function resource(type: string, config: object, region = 'eu-west-1', scan = 's1'): Promise<void> {
  const hash = `${type} ${region} ${scan}`;
  await store.pool.query(
    `insert into resource_version (organization_id, hash, type, arn, account, region, name, tags, config, first_collected_at)
     values ($1, $2, $3, $3, $4, $5, 'n', '{}', $6, $7)`,
    [organization, hash, type, account, region, JSON.stringify(config), at],
  );
  await store.pool.query(
    `insert into resource (organization_id, account, region, type, arn, hash, scan, collected_at)
     values ($1, $2, $3, $4, $4, $5, $6, $7)`,
    [organization, account, region, type, hash, scan, at],
  );
}

async function standing(name: SecurityServiceName): Promise<string[]> {
  const regions = await accountServices(store, organization, account, collectors);
  return regions.map(({ region, services }) => {
    const one = services.find((service) => service.service === name);
    return `${region} ${one?.status ?? 'missing'}`;
  });
}

const detector = { status: 'ENABLED', features: { S3_DATA_EVENTS: 'ENABLED' }, administratorAccount: null };

test('an account that was never read has no regions', async () => {
  expect(await accountServices(store, organization, account, collectors)).toEqual([]);
});

test('enabled, disabled and unknown by what the newest units read', async () => {
  await unit('guardduty/detector', 'done');
  await resource('AWS::GuardDuty::Detector', detector);
  await unit('guardduty/detector', 'done', 'us-east-1');
  await unit('guardduty/detector', 'incomplete', 'us-west-2');
  await unit('guardduty/detector', 'pending', 'ap-south-1');
  expect(await standing('guardduty')).toEqual([
    'ap-south-1 unknown',
    'eu-west-1 enabled',
    'us-east-1 disabled',
    'us-west-2 unknown',
  ]);
  // Nobody has read Macie anywhere.
  expect(new Set((await standing('macie')).map((one) => one.split(' ')[1]))).toEqual(new Set(['unknown']));
});

test('plans are told by their names', async () => {
  await unit('guardduty/detector', 'done');
  await resource('AWS::GuardDuty::Detector', detector);
  const [region] = await accountServices(store, organization, account, collectors);
  expect(region).toMatchObject({ region: 'eu-west-1', readAt: at });
  expect(region?.services[0]).toMatchObject({ plans: { S3_DATA_EVENTS: 'enabled' }, administrator: null });
});

test('what an earlier scan saw is not claimed when the newest could not look', async () => {
  await unit('securityhub/hub', 'done');
  await resource('AWS::SecurityHub::Hub', { administratorAccount: null });
  expect(await standing('securityhub')).toEqual(['eu-west-1 enabled']);
  await unit('securityhub/hub', 'incomplete', 'eu-west-1', 's2');
  expect(await standing('securityhub')).toEqual(['eu-west-1 unknown']);
});

test.each(['denied', 'failed'])('an account that a later scan found %s is unknown', async (status) => {
  await unit('securityhub/hub', 'done');
  await resource('AWS::SecurityHub::Hub', { administratorAccount: null });
  await store.pool.query('insert into scan_account (organization_id, scan, account, status) values ($1, $2, $3, $4)', [
    organization,
    's2',
    account,
    status,
  ]);
  expect(await standing('securityhub')).toEqual(['eu-west-1 unknown']);
});

test('a trail of another region counts, and its region unread leaves it unknown', async () => {
  await unit('cloudtrail/trail', 'done');
  await unit('cloudtrail/trail', 'done', 'us-east-1');
  await resource(
    'AWS::CloudTrail::Trail',
    { multiRegion: true, homeRegion: 'us-east-1', logging: true, ownerAccount: account },
    'us-east-1',
  );
  expect(await standing('cloudtrail')).toEqual(['eu-west-1 enabled', 'us-east-1 enabled']);
  await store.pool.query("update unit set status = 'incomplete' where region = 'us-east-1'");
  await store.pool.query('delete from resource');
  expect(await standing('cloudtrail')).toEqual(['eu-west-1 unknown', 'us-east-1 unknown']);
});

test('another organisation sees nothing', async () => {
  await unit('guardduty/detector', 'done');
  expect(await accountServices(store, 'o-another', account, collectors)).toEqual([]);
});
