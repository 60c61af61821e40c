import { expect, test } from 'vitest';
import type { AccountContext } from '../../domain/account.ts';
import { type ContextRules, contextOf, defaultContextRules } from './context.ts';

const id = '111122223333';
const rules = (changes: Partial<ContextRules>): ContextRules => ({ ...defaultContextRules, ...changes });
const units: ContextRules['units'] = [
  { path: '/Workloads', context: { owner: 'platform', criticality: 'medium' } },
  { path: '/Workloads/Production/', context: { environment: 'production', criticality: 'high' } },
];

const cases: [string, string, Record<string, string>, ContextRules, AccountContext][] = [
  ['nothing is known', '/', {}, defaultContextRules, {}],
  [
    'tags, whatever their case',
    '/',
    { OWNER: 'a', Env: 'prod', Tier: '1', 'Data-Class': 'pii' },
    defaultContextRules,
    { owner: 'a', environment: 'prod', criticality: '1', dataClass: 'pii' },
  ],
  ['the key that is wanted most wins', '/', { team: 'b', owner: 'a' }, defaultContextRules, { owner: 'a' }],
  ['an empty tag says nothing', '/', { owner: '', team: 'b' }, defaultContextRules, { owner: 'b' }],
  [
    'tags of the settings replace the usual ones',
    '/',
    { owner: 'a', 'cost-centre': 'c' },
    rules({ tags: { owner: ['Cost-Centre'] } }),
    { owner: 'c' },
  ],
  ['a rule for an OU', '/Workloads', {}, rules({ units }), { owner: 'platform', criticality: 'medium' }],
  [
    'the longest path wins, member by member',
    '/Workloads/Production/Payments',
    {},
    rules({ units }),
    { owner: 'platform', environment: 'production', criticality: 'high' },
  ],
  ['a path is no prefix of another name', '/Workloads2', {}, rules({ units }), {}],
  [
    'tags stand before OU rules',
    '/Workloads',
    { criticality: 'low' },
    rules({ units }),
    { owner: 'platform', criticality: 'low' },
  ],
  [
    'the file stands before all',
    '/Workloads',
    { owner: 'a' },
    rules({ units, accounts: { [id]: { owner: 'file' } } }),
    { owner: 'file', criticality: 'medium' },
  ],
  [
    'another account of the file does not count',
    '/',
    {},
    rules({ accounts: { '444455556666': { owner: 'file' } } }),
    {},
  ],
  ['a place that is not known has no OU rule', '?', {}, rules({ units }), {}],
];
test.each(cases)('%s', (_name, ouPath, tags, given, expected) => {
  expect(contextOf(id, ouPath, tags, given)).toEqual(expected);
});

test('the rules are left as they are', () => {
  const given = rules({ units: structuredClone(units) });
  contextOf(id, '/Workloads/Production', { owner: 'a' }, given);
  expect(given.units).toEqual(units);
});

test('an account named like a member of every object has no context of its own', () => {
  expect(contextOf('constructor', '/', {}, defaultContextRules)).toEqual({});
});
