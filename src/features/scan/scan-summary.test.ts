import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestStore, testStore } from '../../platform/store/testing.ts';
import { createCatalogue } from '../checks/index.ts';
import type { FindingFilter } from '../findings/index.ts';
import type { ScanSummary } from '../reports/index.ts';
import type { FinishedScan } from './finish-scan.ts';
import { scanHeader, scanReport } from './scan-report.ts';
import { summarise } from './scan-summary.ts';
import { account, beginScan, options, organization, time } from './testing.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(async () => await store.close());
beforeEach(async () => {
  await store.pool.query('truncate scan, scan_account, gap, verdict_count, unit, finding, finding_transition');
});

async function find(check: string, region: string): Promise<void> {
  await store.pool.query(
    `insert into finding (organization_id, id, kind, source, check_id, verdict, severity, account, region, scope_region, resource, resource_type,
       title, reason, state, first_seen, last_seen, last_verified, rule)
     values ($1, $2, 'posture', 'vedette', $3, 'fail', 'high', $4, $5, $5, 'r', 't', 't', 'r', 'open', $6, $6, $6, 'r1')`,
    [organization, `vf-${check}-${region}`, check, account, region, time(1)],
  );
}

/** The summary of a finished scan with a score and coverage, and the findings' filter that belongs to its options. */
async function scanned(
  day: number,
  score: number,
  changes: Parameters<typeof options>[0] = {},
  filter: FindingFilter = {},
): Promise<ScanSummary> {
  const scan = await beginScan(store, day, { options: options(changes) });
  const delta = { new: 0, reopened: 0, resolved: 0, stillOpen: 0, ended: 0, muted: 0, ruleChanged: 0 };
  const finished: FinishedScan = {
    id: scan.id,
    organizationId: organization,
    startedAt: time(day),
    finishedAt: time(day, 11),
    score,
    coverage: 0.5,
    delta,
    apiCalls: 1,
  };
  await store.pool.query("update scan set status = 'finished', finished_at = $2, summary = $3 where id = $1", [
    scan.id,
    finished.finishedAt,
    JSON.stringify(finished),
  ]);
  const header = await scanHeader(store, organization, scan.id);
  if (header === undefined) throw new Error('no scan');
  const model = await scanReport(header, {
    store,
    catalogue: createCatalogue([]),
    version: '1',
    partition: 'aws',
    filter,
  });
  return await summarise({
    store,
    header,
    finished,
    model,
    filter,
    checks: 1,
    files: [],
    commandFor: (check) => check,
    next: [],
  });
}

const fixes = ({ fixFirst }: ScanSummary): [string, number][] =>
  fixFirst.map(({ check, findings }) => [check, findings]);

describe('the end of a scan', () => {
  beforeEach(async () => {
    await find('s3-logs', 'eu-west-1');
    await find('s3-logs', 'us-east-1');
    await find('ec2-open', 'eu-west-1');
  });

  test('of everything names what is worst anywhere', async () => {
    expect(fixes(await scanned(1, 50))).toEqual([
      ['s3-logs', 2],
      ['ec2-open', 1],
    ]);
  });

  test('of some checks or regions names nothing that it did not look at', async () => {
    const checks = await scanned(1, 50, { checks: ['s3-logs'] }, { checks: ['s3-logs'] });
    expect(fixes(checks)).toEqual([['s3-logs', 2]]);
    const regions = await scanned(2, 50, { regions: ['us-east-1'] }, { regions: ['us-east-1', 'global'] });
    expect(fixes(regions)).toEqual([['s3-logs', 1]]);
  });

  test('compares scores with the complete scan before, where it left nothing out itself', async () => {
    expect((await scanned(1, 50)).changes).toBeNull();
    const narrowed = await scanned(2, 90, { checks: ['s3-logs'] }, { checks: ['s3-logs'] });
    expect(narrowed.changes).toMatchObject({ since: time(1, 11), scoreBefore: null, coverageBefore: null });
    expect((await scanned(3, 60)).changes).toMatchObject({
      since: time(1, 11),
      scoreBefore: 50,
      coverageBefore: 0.5,
    });
  });
});
