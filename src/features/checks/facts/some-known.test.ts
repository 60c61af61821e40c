import { expect, test } from 'vitest';
import { known, type Unread, unread } from '../../../domain/evidence.ts';
import { someKnown } from './some-known.ts';

const closed = (operation: string): Unread => unread(operation, 'denied');
const find = (values: readonly (boolean | Unread)[]) => someKnown(values, (value) => known(value));

test('one that is known to do decides', () => {
  expect(find([false, closed('a:B'), true])).toBe(true);
});

test('none that does, and all known', () => {
  expect(find([false, false])).toBeUndefined();
  expect(find([])).toBeUndefined();
});

test('one that might, and none that does', () => {
  const parts = [closed('a:B'), closed('c:D')];
  expect(() => find([false, ...parts])).toThrow(expect.objectContaining({ parts }));
});

test('a defect stays a defect', () => {
  expect(() =>
    someKnown([1], () => {
      throw new RangeError('odd');
    }),
  ).toThrow(RangeError);
});
