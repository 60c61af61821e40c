import { DatabaseError } from 'pg';
import { describe, expect, test } from 'vitest';
import { VedetteError } from '../../domain/errors.ts';
import { databaseError, explainStoreError } from './failures.ts';

function database(code: string, message = 'could not extend file "base/5/16466"'): DatabaseError {
  const error = new DatabaseError(message, message.length, 'error');
  error.code = code;
  error.severity = 'ERROR';
  return error;
}
const broken = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
const embedded = { dataDir: '/data', external: false, full: false };
const external = { dataDir: '/data', external: true, full: false };
const gaveUp = { ...embedded, full: true };

test('a connection that breaks while the store is opened', () => {
  const told = databaseError('in /data', new Error('Client has encountered a connection error and is not queryable'));
  expect(told.message).toBe('The database in /data cannot be used: the connection to it was lost.');
  expect(told.hint).toContain('Repeat the command');
});

describe('an error of the store in the midst of work', () => {
  test.each<[string, unknown, typeof embedded, string, string[]]>([
    ['a full disk', database('53100'), embedded, 'data-folder', ['/data', 'disk is full', 'same command again']],
    ['a full disk elsewhere', database('53100'), external, 'store-unavailable', ['DATABASE_URL', 'Free space']],
    ['a server that was killed', database('57P01', 'terminating connection'), embedded, 'store-unavailable', ['/data']],
    ['a connection that broke', broken, embedded, 'store-unavailable', ['/data', 'went away', 'same command again']],
    ['a server that gave up on a full disk', broken, gaveUp, 'data-folder', ['/data', 'disk is full', 'Free space']],
    ['a connection that broke elsewhere', broken, external, 'store-unavailable', ['DATABASE_URL', 'was lost']],
    [
      'what the driver says without a code',
      new Error('Connection terminated unexpectedly'),
      external,
      'store-unavailable',
      ['was lost', 'same command again'],
    ],
  ])('%s', (_name, error, place, code, words) => {
    const told = explainStoreError(error, place) as VedetteError;
    expect(told).toMatchObject({ code, cause: error });
    const text = `${told.message} ${told.hint ?? ''}`;
    expect(words.filter((word) => !text.includes(word))).toEqual([]);
    expect(text.includes('DATABASE_URL')).toBe(place.external);
  });

  test.each([
    ['wrong SQL', database('42601', 'syntax error')],
    ['a broken constraint', database('23505', 'duplicate key')],
    ['something else', new TypeError('x is not a function')],
    ['what is explained already', new VedetteError('store-newer', 'The data is newer.')],
  ])('%s stays as it is', (_name, error) => {
    expect(explainStoreError(error, embedded)).toBe(error);
  });
});
