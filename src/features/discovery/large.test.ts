import { expect, test } from 'vitest';
import { classifyError } from '../../platform/aws/classify-error.ts';
import { createAwsAccess } from '../../platform/aws/create-access.ts';
import { homeRegion } from '../../platform/aws/partitions.ts';
import { createSimulation } from '../../platform/aws/simulated/simulation.ts';
import { defaultContextRules } from './context.ts';
import { discover } from './discover.ts';

/** A page holds 20: https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html */
const pages = (counts: readonly number[]): number =>
  counts.reduce((sum, count) => sum + Math.max(1, Math.ceil(count / 20)), 0);

test('1,000 accounts in five levels, with no more calls than their pages', async () => {
  const calls = new Map<string, number>();
  const simulation = createSimulation({
    accounts: 1000,
    now: new Date('2026-11-20T10:00:00Z'),
    onCall: ({ operation }) => calls.set(operation, (calls.get(operation) ?? 0) + 1),
  });
  const aws = await createAwsAccess({
    roleName: 'VedetteRead',
    sessionName: 'test',
    region: 'us-east-1',
    externalId: (id) => simulation.externalId(id),
    credentials: () => Promise.resolve(simulation.credentials()),
    intercept: (client) => simulation.install(client),
    retryDelay: () => 0,
    simulated: true,
    audit: { record: () => undefined },
    budget: { share: 10_000, maxInFlightPerLane: 150 },
    environment: {},
  });
  const found = await discover({ aws, homeRegion, classify: classifyError, contextRules: defaultContextRules });
  await aws.close();
  const { organization } = simulation;
  expect(found).toMatchObject({ gaps: [], unlisted: [], accountListComplete: true });
  expect(found.accounts.map((account) => account.id)).toEqual(organization.accounts.map(({ id }) => id).sort());
  for (const account of found.accounts) {
    const path = organization.byId.get(account.id)?.unit.path ?? '?';
    expect(account.ouPath).toBe(`/${path}`);
  }
  const depth = Math.max(...found.accounts.map((account) => account.ouIds.length));
  expect(depth).toBe(6);
  const parents = [found.organization.rootId, ...found.organization.units.map((unit) => unit.id)];
  expect(calls.get('ListAccounts')).toBe(pages([1000]));
  expect(calls.get('ListAccountsForParent')).toBe(
    pages(parents.map((id) => found.accounts.filter((account) => account.ouIds.at(-1) === id).length)),
  );
  expect(calls.get('ListOrganizationalUnitsForParent')).toBe(
    pages(parents.map((id) => found.organization.units.filter((unit) => unit.parentId === id).length)),
  );
  expect(calls.has('ListTagsForResource')).toBe(false);
});
