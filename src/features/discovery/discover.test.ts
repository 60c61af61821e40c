import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/fixtures/hostile-text.ts';
import { isUnread, unread } from '../../domain/evidence.ts';
import { tagsNotRead } from './account-tags.ts';
import type { Discovery } from './contract.ts';
import { discover } from './discover.ts';
import { type Script, type UnitScript, accessDenied, management, organizationId, rootId, scripted } from './testing.ts';

const [security, payments, sandbox] = ['444455556666', '777788889999', '123456789012'] as const;
const nested: Script = {
  accounts: [management],
  units: [
    { id: 'ou-security', name: 'Security', accounts: [security] },
    {
      id: 'ou-workloads',
      name: 'Workloads',
      units: [{ id: 'ou-payments', name: 'Payments', accounts: [payments] }],
    },
    { id: 'ou-sandbox', name: 'Sandbox', accounts: [sandbox] },
  ],
};

async function discovered(script: Script): Promise<Discovery & { calls: string[] }> {
  const { dependencies, calls } = await scripted(script);
  const found = await discover(dependencies);
  await dependencies.aws.close();
  return { ...found, calls };
}

const places = ({ accounts }: Discovery): Record<string, string> =>
  Object.fromEntries(accounts.map((account) => [account.id, account.ouPath]));
const gapNames = ({ gaps }: Discovery): string[] => gaps.map((gap) => `${gap.action} ${gap.reason}`).sort();

test('the whole organisation, with every account in its place and each parent asked once', async () => {
  const found = await discovered(nested);
  expect(places(found)).toEqual({
    [management]: '/',
    [sandbox]: '/Sandbox',
    [security]: '/Security',
    [payments]: '/Workloads/Payments',
  });
  expect(found.accounts.find((one) => one.id === payments)?.ouIds).toEqual([rootId, 'ou-workloads', 'ou-payments']);
  expect(found.accounts.map((one) => one.isManagement)).toEqual(found.accounts.map((one) => one.id === management));
  expect(found.accounts.map((one) => one.tags)).toEqual(found.accounts.map(() => tagsNotRead));
  expect(found.organization).toMatchObject({
    id: organizationId,
    managementAccount: management,
    reachable: true,
    rootId,
    delegatedAdministrators: [{ account: security, services: ['guardduty.amazonaws.com'] }],
    rootCredentialsManagement: true,
  });
  expect(found.organization.units.map((unit) => unit.path)).toEqual([
    '/Sandbox',
    '/Security',
    '/Workloads',
    '/Workloads/Payments',
  ]);
  expect(found).toMatchObject({ gaps: [], unlisted: [], accountListComplete: true });
  expect(new Set(found.calls).size).toBe(found.calls.length);
});

test('units of any depth', async () => {
  const depth = 40;
  let unit: UnitScript = { id: 'ou-40', name: 'u40', accounts: [payments] };
  for (let level = depth - 1; level > 0; level -= 1) unit = { id: `ou-${level}`, name: `u${level}`, units: [unit] };
  const found = await discovered({ units: [unit], accounts: [management] });
  expect(found.organization.units).toHaveLength(depth);
  expect(places(found)[payments]?.split('/')).toHaveLength(depth + 1);
});

test('a unit that was moved while the tree was read is followed once', async () => {
  const moved = { id: 'ou-moved', name: 'Moved', accounts: [payments] };
  const found = await discovered({
    units: [
      { id: 'ou-a', name: 'A', units: [moved] },
      { id: 'ou-b', name: 'B', units: [moved] },
    ],
  });
  expect(found.organization.units).toHaveLength(3);
  expect(found.calls.filter((call) => call === 'ListAccountsForParent ou-moved')).toHaveLength(1);
});

describe('what Organizations refuses', () => {
  const unknown = '?';
  const cases: {
    name: string;
    refuse: Record<string, string>;
    places: Record<string, string>;
    unlisted: string[];
    complete: boolean;
    gaps: string[];
  }[] = [
    {
      name: 'the accounts of one unit',
      refuse: { 'ListAccountsForParent ou-payments': accessDenied },
      places: { [management]: '/', [sandbox]: '/Sandbox', [security]: '/Security', [payments]: unknown },
      unlisted: ['ou-payments'],
      complete: true,
      gaps: ['organizations:ListAccountsForParent denied'],
    },
    {
      name: 'the units of one unit',
      refuse: { 'ListOrganizationalUnitsForParent ou-workloads': accessDenied },
      places: { [management]: '/', [sandbox]: '/Sandbox', [security]: '/Security', [payments]: unknown },
      unlisted: ['ou-workloads'],
      complete: true,
      gaps: ['organizations:ListOrganizationalUnitsForParent denied'],
    },
    {
      name: 'the accounts of one unit and the flat list: some may be unseen',
      refuse: { 'ListAccountsForParent ou-payments': accessDenied, ListAccounts: accessDenied },
      places: { [management]: '/', [sandbox]: '/Sandbox', [security]: '/Security' },
      unlisted: ['ou-payments'],
      complete: false,
      gaps: ['organizations:ListAccounts denied', 'organizations:ListAccountsForParent denied'],
    },
    {
      name: 'the flat list alone: the tree shows all',
      refuse: { ListAccounts: accessDenied },
      places: { [management]: '/', [sandbox]: '/Sandbox', [security]: '/Security', [payments]: '/Workloads/Payments' },
      unlisted: [],
      complete: true,
      gaps: ['organizations:ListAccounts denied'],
    },
    {
      name: 'the roots: the flat list shows the accounts, none has a place',
      refuse: { ListRoots: accessDenied },
      places: { [management]: unknown, [sandbox]: unknown, [security]: unknown, [payments]: unknown },
      unlisted: ['root'],
      complete: true,
      gaps: ['organizations:ListRoots denied'],
    },
    {
      name: 'every list of accounts: our own is in it, somewhere',
      refuse: { ListAccounts: accessDenied, ListAccountsForParent: accessDenied },
      places: { [management]: unknown },
      unlisted: ['ou-payments', 'ou-sandbox', 'ou-security', 'ou-workloads', rootId],
      complete: false,
      gaps: ['organizations:ListAccounts denied', 'organizations:ListAccountsForParent denied'],
    },
    {
      name: 'its description: its id stands in the ARN of the root',
      refuse: { DescribeOrganization: accessDenied },
      places: { [management]: '/', [sandbox]: '/Sandbox', [security]: '/Security', [payments]: '/Workloads/Payments' },
      unlisted: [],
      complete: true,
      gaps: ['organizations:DescribeOrganization denied'],
    },
    {
      name: 'its description and its roots: its id stands in the ARNs of its accounts',
      refuse: { DescribeOrganization: accessDenied, ListRoots: accessDenied },
      places: { [management]: unknown, [sandbox]: unknown, [security]: unknown, [payments]: unknown },
      unlisted: ['root'],
      complete: true,
      gaps: ['organizations:DescribeOrganization denied', 'organizations:ListRoots denied'],
    },
    {
      name: 'a unit that fails rather than refuses',
      refuse: { 'ListAccountsForParent ou-sandbox': 'TargetNotFoundException' },
      places: { [management]: '/', [sandbox]: unknown, [security]: '/Security', [payments]: '/Workloads/Payments' },
      unlisted: ['ou-sandbox'],
      complete: true,
      gaps: [],
    },
  ];
  test.each(cases)('$name', async ({ refuse, unlisted, complete, gaps, ...expected }) => {
    const found = await discovered({ ...nested, refuse });
    expect(places(found)).toEqual(expected.places);
    expect(found.unlisted.map((parent) => parent.id)).toEqual(unlisted);
    expect(found.accountListComplete).toBe(complete);
    expect(gapNames(found)).toEqual(gaps);
    expect(found.organization).toMatchObject({ id: organizationId, reachable: true, managementAccount: management });
    expect(found.organization.rootId).toBe('ListRoots' in refuse ? '' : rootId);
  });

  const facts: [string, string, (found: Discovery) => unknown][] = [
    ['ListPolicies', 'organizations:ListPolicies', ({ organization }) => organization.policies],
    [
      'ListDelegatedAdministrators',
      'organizations:ListDelegatedAdministrators',
      ({ organization }) => organization.delegatedAdministrators,
    ],
    [
      'ListAWSServiceAccessForOrganization',
      'organizations:ListAWSServiceAccessForOrganization',
      ({ organization }) => organization.trustedServices,
    ],
    [
      'ListOrganizationsFeatures',
      'iam:ListOrganizationsFeatures',
      ({ organization }) => organization.rootCredentialsManagement,
    ],
    [
      'ListDelegatedServicesForAccount',
      'organizations:ListDelegatedServicesForAccount',
      ({ organization }) =>
        isUnread(organization.delegatedAdministrators) ? '' : organization.delegatedAdministrators[0]?.services,
    ],
    [
      'DescribePolicy',
      'organizations:DescribePolicy',
      ({ organization }) => (isUnread(organization.policies) ? '' : organization.policies[0]?.content),
    ],
    [
      'ListTargetsForPolicy',
      'organizations:ListTargetsForPolicy',
      ({ organization }) => (isUnread(organization.policies) ? '' : organization.policies[0]?.targets),
    ],
  ];
  test.each(facts)('%s: unread, and never empty', async (operation, action, value) => {
    const policies = { SERVICE_CONTROL_POLICY: ['deny-leave'] };
    const script = { ...nested, policyTypes: ['SERVICE_CONTROL_POLICY'], policies };
    const found = await discovered({ ...script, refuse: { [operation]: accessDenied } });
    expect(value(found)).toEqual(unread(action, 'denied'));
    expect(gapNames(found)).toEqual([`${action} denied`]);
    expect(found.accountListComplete).toBe(true);
    expect(isUnread(value(await discovered(script)))).toBe(false);
  });
});

describe('one account alone', () => {
  const alone = {
    accounts: [{ id: payments, ouPath: '/', status: 'ACTIVE' }],
    organization: { id: `account-${payments}`, reachable: false, rootId: '' },
    unlisted: [],
  };

  test('in no organisation: that is an answer, and nothing is missing', async () => {
    const found = await discovered({
      identity: payments,
      refuse: { DescribeOrganization: 'AWSOrganizationsNotInUseException' },
    });
    expect(found).toMatchObject({ ...alone, gaps: [], accountListComplete: true });
    expect(found.organization).toMatchObject({ managementAccount: payments, policies: [] });
    expect(found.calls).toEqual(['DescribeOrganization']);
  });

  const refusals: [string, Record<string, string>][] = [
    ['a member that may only describe it', { ListRoots: accessDenied, ListAccounts: accessDenied }],
    ['a member that may ask nothing', { '*': accessDenied }],
  ];
  test.each(refusals)('%s: nobody knows which accounts there are', async (_name, refuse) => {
    const found = await discovered({ ...nested, identity: payments, refuse });
    expect(found).toMatchObject({ ...alone, accountListComplete: false });
    expect(found.organization.policies).toEqual(unread('organizations:ListRoots', 'denied'));
    expect(gapNames(found)).toEqual(expect.arrayContaining(['organizations:ListAccounts denied']));
    expect(found.calls).toEqual(['DescribeOrganization', 'ListRoots', 'ListAccounts']);
  });

  test('an organisation that names no root is a gap', async () => {
    const found = await discovered({ identity: payments, noRoot: true, refuse: { ListAccounts: accessDenied } });
    expect(found).toMatchObject({ ...alone, accountListComplete: false });
    expect(gapNames(found)).toEqual(['organizations:ListAccounts denied', 'organizations:ListRoots failed']);
  });
});

test('policies of every enabled type with their content and targets', async () => {
  const policyTypes = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY', 'TAG_POLICY', 'SOME_NEWER_POLICY'];
  const policies = Object.fromEntries(policyTypes.map((type) => [type, [`${type.toLowerCase()}-1`]]));
  const found = await discovered({ ...nested, policyTypes, policies });
  expect(found.organization.policies).toEqual(
    policyTypes.map((type) =>
      expect.objectContaining({
        type,
        content: `{"of":"p-${type.toLowerCase()}-1"}`,
        targets: [rootId],
      }),
    ),
  );
});

const states: [object, string][] = [
  [{ State: 'ACTIVE' }, 'ACTIVE'],
  [{ State: 'PENDING_ACTIVATION' }, 'ACTIVE'],
  [{ State: 'SUSPENDED' }, 'SUSPENDED'],
  [{ State: 'PENDING_CLOSURE' }, 'PENDING_CLOSURE'],
  [{ State: 'CLOSED', Status: 'SUSPENDED' }, 'CLOSED'],
  [{ Status: 'SUSPENDED' }, 'SUSPENDED'],
  [{}, 'ACTIVE'],
];
test.each(states)('an account that Organizations calls %j is %s', async (said, status) => {
  const found = await discovered({ accounts: [payments], details: { [payments]: said } });
  expect(found.accounts[0]?.status).toBe(status);
});

test.each(hostileTexts())('names are kept as they are: $kind, $name', async ({ text }) => {
  const found = await discovered({
    units: [{ id: 'ou-1', name: text, accounts: [payments] }],
    details: { [payments]: { Name: text, tags: { owner: text, ['__proto__']: 'polluted' } } },
  });
  expect(found.accounts[0]).toMatchObject({ name: text, ouPath: `/${text}`, ouIds: [rootId, 'ou-1'] });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

describe('tags', () => {
  const details = { [payments]: { tags: { Team: 'payments', env: 'production' } } };

  test('are read before the discovery ends when that was asked for', async () => {
    const { dependencies, calls } = await scripted({ ...nested, details });
    const found = await discover({ ...dependencies, withTags: true });
    await dependencies.aws.close();
    expect(found.accounts.find((one) => one.id === payments)).toMatchObject({
      tags: { Team: 'payments', env: 'production' },
      context: { owner: 'payments', environment: 'production' },
    });
    expect(calls.filter((call) => call.startsWith('ListTagsForResource'))).toHaveLength(4);
  });

  test('that are refused are unread, with one gap', async () => {
    const { dependencies } = await scripted({ ...nested, details, refuse: { ListTagsForResource: accessDenied } });
    const found = await discover({ ...dependencies, withTags: true });
    await dependencies.aws.close();
    const denied = unread('organizations:ListTagsForResource', 'denied');
    expect(found.accounts.map((one) => one.tags)).toEqual([denied, denied, denied, denied]);
    expect(gapNames(found)).toEqual(['organizations:ListTagsForResource denied']);
  });
});

test('ends when it is told to, with the reason', async () => {
  const stop = new AbortController();
  const { dependencies, calls } = await scripted({
    ...nested,
    onCall: (operation) => {
      if (operation === 'ListAccounts') stop.abort(new Error('interrupted'));
    },
  });
  await expect(discover({ ...dependencies, signal: stop.signal })).rejects.toThrow('interrupted');
  await dependencies.aws.close();
  expect(calls).not.toContain('ListDelegatedAdministrators');
});
