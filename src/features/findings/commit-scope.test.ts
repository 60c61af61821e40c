import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestStore, testStore } from '../../platform/store/testing.ts';
import type { JudgedScope } from './contract.ts';
import { commitScope } from './commit-scope.ts';
import { scanDelta } from './deltas.ts';
import { endFindings } from './end-account.ts';
import { countFindings, findingHistory, listFindings } from './query.ts';
import { createSuppressions } from './suppressions.ts';
import { account, check, commitAlone, organization, scope, time, verdict } from './testing.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(async () => await store.close());
beforeEach(async () => {
  await store.pool.query('truncate finding, finding_transition, verdict_count, scope_judged, suppression');
});

const everything = { organization };

async function commit(...scopes: JudgedScope[]): Promise<void> {
  for (const one of scopes) await commitAlone(store, one);
}

async function states(): Promise<Record<string, string>> {
  const { findings } = await listFindings(store, everything);
  return Object.fromEntries(findings.map((one) => [one.id, one.state]));
}

async function dump(): Promise<unknown> {
  const tables = ['finding', 'finding_transition', 'verdict_count', 'scope_judged'];
  return await Promise.all(
    tables.map(async (table) => {
      const { rows } = await store.pool.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from ${table} t`,
      );
      return rows
        .map(({ row: { id, ...rest } }) => JSON.stringify(table === 'finding' ? { id, ...rest } : rest))
        .sort();
    }),
  );
}

describe('committing a scope', () => {
  test('writes findings, their transitions, counts and the mark', async () => {
    const judged = scope(1, [
      verdict('a', 'fail'),
      verdict('b', 'pass'),
      verdict('c', 'unknown'),
      verdict('d', 'manual'),
    ]);
    const { written, transitions } = await commitAlone(store, judged);
    expect(written).toBe(true);
    expect(transitions.map((one) => [one.finding, one.cause])).toEqual([
      ['vf-a', 'first-seen'],
      ['vf-d', 'first-seen'],
    ]);
    expect(await states()).toEqual({ 'vf-a': 'new', 'vf-d': 'new' });
    const { rows } = await store.pool.query('select * from verdict_count');
    expect(rows).toEqual([
      expect.objectContaining({
        check_id: 's3-logs',
        pass: 1,
        fail: 1,
        manual: 1,
        unknown: 1,
        not_applicable: 0,
        complete: true,
      }),
    ]);
  });

  test('a check without a subject has no count when it read all, and one when it did not', async () => {
    await commit(scope(1, [], { checks: [check('s3-logs'), check('s3-tls', { complete: false })] }));
    const { rows } = await store.pool.query('select check_id, complete, unknown from verdict_count');
    expect(rows).toEqual([{ check_id: 's3-tls', complete: false, unknown: 0 }]);
  });

  test('repeated, it writes nothing more', async () => {
    const judged = scope(1, [verdict('a', 'fail')]);
    await commit(judged);
    const before = await dump();
    expect(await commitAlone(store, judged)).toEqual({ written: false, transitions: [] });
    expect(await dump()).toEqual(before);
  });

  test('two processes at once write it once', async () => {
    const judged = scope(
      1,
      Array.from({ length: 50 }, (_, n) => verdict(`bucket-${n}`, 'fail')),
    );
    const written = await Promise.all([
      commitAlone(store, judged),
      commitAlone(store, judged),
      commitAlone(store, judged),
    ]);
    expect(written.filter((one) => one.written)).toHaveLength(1);
    const { rows } = await store.pool.query('select count(*) as n from finding_transition');
    expect(rows).toEqual([{ n: 50 }]);
  });

  test('a transaction that fails later leaves nothing', async () => {
    const lost = store.transaction(async (client) => {
      await commitScope(client, scope(1, [verdict('a', 'fail')]));
      throw new Error('The lease was lost.');
    });
    await expect(lost).rejects.toThrow('The lease was lost.');
    expect(await dump()).toEqual([[], [], [], []]);
  });

  test('resolves by pass and by absence, and reopens', async () => {
    await commit(scope(1, [verdict('a', 'fail'), verdict('b', 'fail')]), scope(2, [verdict('a', 'pass')]));
    expect(await states()).toEqual({ 'vf-a': 'resolved', 'vf-b': 'resolved' });
    await commit(scope(3, [verdict('a', 'fail')]), scope(4, [verdict('a', 'fail')]));
    expect(await states()).toEqual({ 'vf-a': 'open', 'vf-b': 'resolved' });
    const history = await findingHistory(store, everything, 'vf-a');
    expect(history.map((one) => [one.from, one.to, one.cause, one.scan])).toEqual([
      [null, 'new', 'first-seen', 'scan-1'],
      ['new', 'resolved', 'passed', 'scan-2'],
      ['resolved', 'reopened', 'failed-again', 'scan-3'],
      ['reopened', 'open', 'seen-again', 'scan-4'],
    ]);
    expect((await findingHistory(store, everything, 'vf-b')).at(-1)?.cause).toBe('absent');
  });

  const powerless: readonly [string, Partial<JudgedScope>][] = [
    ['a gap', { checks: [check('s3-logs', { complete: false })] }],
    ['a filtered scan', { scan: { id: 'scan-2', startedAt: time(2), complete: false } }],
    ['an older scan', { scan: { id: 'scan-0', startedAt: time(0), complete: true } }],
    ['a scan without the check', { checks: [check('s3-tls')] }],
    ['a scan of another region', { region: 'eu-west-1' }],
    ['a scan of another account', { account: '444455556666' }],
    ['a scan of another organisation', { organization: 'o-another' }],
  ];
  test.each(powerless)('%s resolves nothing', async (_, changes) => {
    await commit(scope(1, [verdict('a', 'fail'), verdict('b', 'fail')]));
    const pass = changes.account === undefined && changes.organization === undefined ? [verdict('a', 'pass')] : [];
    await commit(scope(2, pass, changes));
    expect(await states()).toEqual({ 'vf-a': 'new', 'vf-b': 'new' });
    const { rows } = await store.pool.query("select * from finding_transition where to_state = 'resolved'");
    expect(rows).toEqual([]);
  });

  test('an older scan that ends later opens nothing that the newer one knows to be gone', async () => {
    await commit(scope(2, []), scope(1, [verdict('a', 'fail')], { judgedAt: time(3) }));
    expect(await states()).toEqual({});
    await commit(
      scope(3, [], { checks: [check('s3-tls')] }),
      scope(2, [verdict('a', 'fail')], { scan: { id: 'scan-2b', startedAt: time(2, 11), complete: true } }),
    );
    expect(await states()).toEqual({ 'vf-a': 'new' });
  });

  test('a changed check is the cause of what it opens and closes', async () => {
    const changed = [check('s3-logs', { rule: 'r2' })];
    await commit(
      scope(1, [verdict('a', 'fail'), verdict('b', 'pass')]),
      scope(2, [verdict('a', 'pass'), verdict('b', 'fail')], { checks: changed }),
    );
    expect(await scanDelta(store, everything, 'scan-2')).toEqual({
      new: 0,
      reopened: 0,
      resolved: 0,
      stillOpen: 0,
      ended: 0,
      muted: 0,
      ruleChanged: 2,
    });
    await commit(scope(3, [verdict('a', 'fail'), verdict('b', 'fail')], { checks: changed }));
    expect(await scanDelta(store, everything, 'scan-3')).toMatchObject({ reopened: 1, stillOpen: 1, ruleChanged: 0 });
  });

  test('what was judged elsewhere, or not wholly, says nothing of a scope', async () => {
    const changed = [check('s3-logs', { rule: 'r2' })];
    const partly = [check('s3-logs', { complete: false })];
    await commit(
      scope(1, [], { region: 'eu-west-1' }),
      scope(1, [], { account: '444455556666' }),
      scope(1, [], { checks: partly }),
    );
    await commit(scope(2, [verdict('a', 'fail')], { checks: changed }));
    expect((await findingHistory(store, everything, 'vf-a'))[0]?.cause).toBe('first-seen');
    await commit(
      scope(5, [], { region: 'eu-west-1' }),
      scope(5, [], { checks: partly }),
      scope(3, [verdict('b', 'fail')]),
    );
    expect((await states())['vf-b']).toBe('new');
  });

  test('takes text that no database takes', async () => {
    const hostile = 'NUL \0, lone \ud800, "quote" \\u0000 \u202e';
    await commit(
      scope(1, [verdict('a', 'fail', { title: hostile, reason: hostile, resource: `arn:aws:s3:::${hostile}` })]),
    );
    const { findings } = await listFindings(store, everything);
    expect(findings[0]).toMatchObject({ title: 'NUL \ufffd, lone \ufffd, "quote" \\u0000 \u202e' });
  });

  test('a suppression mutes what it matches as it is found, and lets go when it ends', async () => {
    const rule = { all: [{ resource: { matches: 'test-.*' } }, { not: { tag: { key: 'stage', value: 'prod' } } }] };
    await createSuppressions(store, organization, [{ owner: 'ana', reason: 'test data', expiresAt: time(3), rule }], {
      actor: 'ana',
      at: time(0),
    });
    const verdicts = [
      verdict('test-1', 'fail', { tags: {} }),
      verdict('test-2', 'fail', { tags: { stage: 'prod' } }),
      verdict('test-3', 'fail'),
      verdict('real', 'fail', { tags: {} }),
    ];
    await commit(scope(1, verdicts));
    expect(await states()).toEqual({ 'vf-test-1': 'muted', 'vf-test-2': 'new', 'vf-test-3': 'new', 'vf-real': 'new' });
    expect(await scanDelta(store, everything, 'scan-1')).toMatchObject({ new: 3, muted: 1 });
    await commit(scope(2, verdicts));
    expect((await states())['vf-test-1']).toBe('muted');
    await commit(scope(4, verdicts));
    expect((await states())['vf-test-1']).toBe('open');
    expect((await findingHistory(store, everything, 'vf-test-1')).map((one) => one.cause)).toEqual([
      'first-seen',
      'muted',
      'mute-expired',
    ]);
  });

  test('an account that left ends its findings, and only its own', async () => {
    const other = verdict('z', 'fail', { findingId: 'vf-other' });
    await commit(
      scope(1, [verdict('a', 'fail'), verdict('b', 'fail')]),
      scope(2, [verdict('a', 'pass'), verdict('b', 'fail')]),
    );
    await commit(scope(2, [other], { account: '444455556666' }));
    const left = { organization, account, cause: 'account-left', at: time(3), scan: 'scan-3' } as const;
    expect(await store.transaction(async (client) => await endFindings(client, left))).toBe(1);
    expect(await store.transaction(async (client) => await endFindings(client, left))).toBe(0);
    expect(await states()).toEqual({ 'vf-a': 'resolved', 'vf-b': 'ended', 'vf-other': 'new' });
    expect(await scanDelta(store, everything, 'scan-3')).toMatchObject({ ended: 1, resolved: 0 });
    expect((await countFindings(store, everything)).byState).toMatchObject({ ended: 1, resolved: 1, new: 1 });
  });

  test('interrupted anywhere and repeated, it ends as an undisturbed run does', async () => {
    const scopes = [
      scope(1, [verdict('a', 'fail'), verdict('b', 'fail')]),
      scope(2, [verdict('a', 'pass'), verdict('b', 'fail'), verdict('c', 'fail')]),
    ];
    await commit(...scopes);
    const undisturbed = await dump();
    await store.pool.query('truncate finding, finding_transition, verdict_count, scope_judged');
    for (const judged of scopes) {
      const killed = store.transaction(async (client) => {
        await commitScope(client, judged);
        throw new Error('killed');
      });
      await expect(killed).rejects.toThrow('killed');
      await commit(judged, judged);
    }
    expect(await dump()).toEqual(undisturbed);
  });
});
