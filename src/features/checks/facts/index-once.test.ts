import { expect, test } from 'vitest';
import { indexOnce } from './index-once.ts';

test('an index is built once for each list, and anew for another or a longer one', () => {
  let built = 0;
  const sizeOf = indexOnce((items: readonly string[]) => {
    built += 1;
    return new Set(items);
  });
  const list = ['a', 'b'];
  expect(sizeOf(list).size).toBe(2);
  expect(sizeOf(list)).toBe(sizeOf(list));
  expect(built).toBe(1);
  expect(sizeOf(['a']).size).toBe(1);
  expect(built).toBe(2);
  list.push('c');
  expect(sizeOf(list).size).toBe(3);
});
