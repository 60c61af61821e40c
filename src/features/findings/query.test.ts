import { afterAll, beforeAll, expect, test } from 'vitest';
import { findingStates } from '../../domain/finding.ts';
import type { Severity } from '../../domain/severity.ts';
import { type TestStore, testStore } from '../../platform/store/testing.ts';
import type { FindingFilter, StoredFinding } from './contract.ts';
import { countFindings, findingHistory, listFindings, streamFindings } from './query.ts';
import { account, check, commitAlone, organization, scope, verdict } from './testing.ts';

let store: TestStore;
const everything = { organization };
const other = '444455556666';

beforeAll(async () => {
  store = await testStore();
  const checks = [
    check('s3-logs', { severity: 'low' }),
    check('s3-public', { severity: 'critical' }),
    check('s3control-block', { severity: 'high' }),
  ];
  await commitAlone(store, scope(1, [verdict('a', 'fail'), verdict('old', 'fail')], { checks }));
  await commitAlone(
    store,
    scope(
      2,
      [
        verdict('a', 'fail', { reason: '100% of _objects_ are readable' }),
        ...Array.from({ length: 7 }, (_, n) =>
          verdict(`p${n}`, 'fail', { check: 's3-public', region: n < 3 ? 'eu-west-1' : 'us-east-1' }),
        ),
      ],
      { checks },
    ),
  );
  await commitAlone(
    store,
    scope(
      2,
      [verdict('x', 'manual', { check: 's3control-block', resourceType: 'AWS::S3::AccountPublicAccessBlock' })],
      { account: other, checks },
    ),
  );
  await commitAlone(store, scope(3, [verdict('foreign', 'fail')], { organization: 'o-another' }));
});
afterAll(async () => await store.close());

const ids = (findings: readonly StoredFinding[]): string[] => findings.map((one) => one.id.slice(3)).sort();

const filters: readonly [string, FindingFilter, string[]][] = [
  ['nothing', {}, ['a', 'old', 'p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'x']],
  ['severity', { severities: ['high', 'low'] }, ['a', 'old', 'x']],
  ['account', { accounts: [other] }, ['x']],
  ['region', { regions: ['us-east-1'] }, ['p3', 'p4', 'p5', 'p6']],
  ['check', { checks: ['s3-logs'] }, ['a', 'old']],
  ['service', { services: ['s3'] }, ['a', 'old', 'p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6']],
  ['state', { states: ['resolved'] }, ['old']],
  ['resource', { resource: 'arn:aws:s3:::p1' }, ['p1']],
  ['text with the signs of patterns', { text: '100% of _OBJECTS_' }, ['a']],
  ['text that is no pattern', { text: '%' }, ['a']],
  ['id', { ids: ['vf-a', 'vf-x'] }, ['a', 'x']],
  ['beginning of an id', { idPrefix: 'vf-p' }, ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6']],
  ['beginning that is no pattern', { idPrefix: 'vf-%' }, []],
  ['kind and source', { kinds: ['posture'], sources: ['guardduty'] }, []],
  ['an empty list', { accounts: [] }, []],
  ['fields together', { checks: ['s3-public'], regions: ['eu-west-1'], accounts: [account] }, ['p0', 'p1', 'p2']],
];
test.each(filters)('filters by %s', async (_, filter, expected) => {
  expect(ids((await listFindings(store, everything, filter)).findings)).toEqual(expected);
  expect((await countFindings(store, everything, filter)).total).toBe(expected.length);
});

test('another organisation, and accounts outside the scope of the caller, are not there', async () => {
  expect(ids((await listFindings(store, { organization: 'o-another' })).findings)).toEqual(['foreign']);
  const scoped = { organization, accounts: [other] };
  expect(ids((await listFindings(store, scoped)).findings)).toEqual(['x']);
  expect(ids((await listFindings(store, scoped, { accounts: [account] })).findings)).toEqual([]);
  expect(await findingHistory(store, scoped, 'vf-a')).toEqual([]);
  expect(await findingHistory(store, scoped, 'vf-x')).toHaveLength(1);
});

test.each([1, 2, 3, 7, 100])('pages of %i show every finding once, most urgent first', async (limit) => {
  const seen: StoredFinding[] = [];
  let after: string | undefined;
  let pages = 0;
  do {
    const page = await listFindings(store, everything, {}, { limit, after });
    expect(page.findings.length).toBeLessThanOrEqual(limit);
    seen.push(...page.findings);
    after = page.next;
    pages += 1;
  } while (after !== undefined);
  expect(pages).toBe(Math.ceil(10 / limit));
  expect(seen).toHaveLength(10);
  expect(new Set(ids(seen)).size).toBe(10);
  expect(seen.map((one) => one.severity)).toEqual([...Array<Severity>(7).fill('critical'), 'high', 'low', 'low']);
  // Of what is equally grave, what is new comes before what was there and what is over; then what has one cause.
  const order = seen.map(({ state, check: name, region, id }) => [state, name, region, id.slice(3)].join(' '));
  expect(order).toEqual([
    'new s3-public eu-west-1 p0',
    'new s3-public eu-west-1 p1',
    'new s3-public eu-west-1 p2',
    'new s3-public us-east-1 p3',
    'new s3-public us-east-1 p4',
    'new s3-public us-east-1 p5',
    'new s3-public us-east-1 p6',
    expect.stringMatching(/^new s3control-block .* x$/),
    expect.stringMatching(/^open s3-logs .* a$/),
    expect.stringMatching(/^resolved s3-logs .* old$/),
  ]);
});

test('streams all', async () => {
  const seen: StoredFinding[] = [];
  for await (const finding of streamFindings(store, everything, { checks: ['s3-public'] })) seen.push(finding);
  expect(seen).toHaveLength(7);
});

test.each([1, 3, 7, 20])('streams %i at most', async (limit) => {
  const seen: string[] = [];
  for await (const { id } of streamFindings(store, everything, { checks: ['s3-public'] }, limit)) seen.push(id);
  expect(seen).toEqual(['vf-p0', 'vf-p1', 'vf-p2', 'vf-p3', 'vf-p4', 'vf-p5', 'vf-p6'].slice(0, limit));
});

test.each(['', 'x', 'W10', Buffer.from('[1,"check",2,"region","id"]').toString('base64url')])(
  'refuses the page marker %j',
  async (after) => {
    await expect(listFindings(store, everything, {}, { after })).rejects.toThrow('The page marker is not valid.');
  },
);

test('counts by severity, state and account', async () => {
  const counts = await countFindings(store, everything);
  expect(counts.bySeverity).toEqual({ critical: 7, high: 1, medium: 0, low: 2, info: 0 });
  expect(counts.byState).toEqual({ new: 8, open: 1, resolved: 1, reopened: 0, muted: 0, ended: 0 });
  expect([...counts.byAccount]).toEqual([
    [account, { critical: 7, high: 0, medium: 0, low: 2, info: 0 }],
    [other, { critical: 0, high: 1, medium: 0, low: 0, info: 0 }],
  ]);
});

test('of one severity every state is listed, what needs somebody first', async () => {
  const order = ['new', 'reopened', 'open', 'muted', 'resolved', 'ended'] as const;
  expect([...order].sort()).toEqual([...findingStates].sort());
  // Against the order of their ids.
  for (const [n, state] of order.toReversed().entries())
    await store.pool.query('update finding set state = $2 where id = $1', [`vf-p${n}`, state]);
  const seen: StoredFinding[] = [];
  for await (const one of streamFindings(store, everything, { idPrefix: 'vf-p' })) seen.push(one);
  expect(seen.map(({ id, state }) => `${id.slice(3)} ${state}`)).toEqual([
    'p5 new',
    'p6 new',
    'p4 reopened',
    'p3 open',
    'p2 muted',
    'p1 resolved',
    'p0 ended',
  ]);
});
