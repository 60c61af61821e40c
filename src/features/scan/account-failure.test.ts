import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { VedetteError } from '../../domain/errors.ts';
import { type TestStore, testStore } from '../../platform/store/testing.ts';
import { isStoreError } from '../../platform/store/failures.ts';
import { failureGap } from './account-failure.ts';

const coded = (code: string): Error => Object.assign(new Error(code), { code });
const cases: [string, unknown, boolean][] = [
  [
    'an error of the database',
    Object.assign(new DatabaseError('disk full', 10, 'error'), { severity: 'ERROR', code: '53100' }),
    true,
  ],
  ['a lost connection', new Error('Connection terminated unexpectedly'), true],
  ['a connection that was refused', coded('ECONNREFUSED'), true],
  ['a broken pipe', coded('EPIPE'), true],
  ['a pool that was closed', new Error('Cannot use a pool after calling end on the pool'), true],
  ['our own error of the store', new VedetteError('store-unavailable', 'gone', { hint: '' }), true],
  ['our own error of access', new VedetteError('assume-role-refused', 'refused', { hint: '' }), false],
  ['a bug', new TypeError('x is not a function'), false],
  ['an error of AWS', Object.assign(new Error('no'), { name: 'AccessDeniedException' }), false],
  ['no error at all', 'text', false],
  ['nothing', undefined, false],
];
test.each(cases)('%s', (_name, error, expected) => {
  expect(isStoreError(error)).toBe(expected);
});

test('what a real database throws is an error of the store', async () => {
  const store: TestStore = await testStore();
  const refused: unknown = await store.pool.query('select * from no_such_table').catch((error: unknown) => error);
  await store.close();
  const closed: unknown = await store.pool.query('select 1').catch((error: unknown) => error);
  expect([isStoreError(refused), isStoreError(closed)]).toEqual([true, true]);
});

test('the gap of a failure is bounded', () => {
  expect(failureGap(new Error('x'.repeat(10_000))).detail).toHaveLength(500);
  expect(failureGap('odd')).toMatchObject({ service: '*', action: '*', reason: 'failed' });
});
