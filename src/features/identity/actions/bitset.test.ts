import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addAll,
  addBit,
  addRange,
  countBits,
  fullSet,
  hasBit,
  isEmptySet,
  keepAll,
  members,
  removeAll,
  sameSet,
  wordsFor,
  type Bitset,
} from './bitset.ts';

const size = 100;
const numbers = fc.uniqueArray(fc.nat({ max: size - 1 }));

function bitsetOf(values: readonly number[]): Bitset {
  const set = new Uint32Array(wordsFor(size));
  for (const value of values) addBit(set, value);
  return set;
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((x, y) => x - y);
}

test('operations agree with those of Set', () => {
  fc.assert(
    fc.property(numbers, numbers, (left, right) => {
      const a = new Set(left);
      const b = new Set(right);
      const apply = (operation: (set: Bitset, other: Bitset) => void): number[] => {
        const set = bitsetOf(left);
        operation(set, bitsetOf(right));
        return [...members(set)];
      };
      expect(apply(addAll)).toEqual(ascending([...left, ...right]));
      expect(apply(keepAll)).toEqual(ascending(left.filter((bit) => b.has(bit))));
      expect(apply(removeAll)).toEqual(ascending(left.filter((bit) => !b.has(bit))));
      expect(countBits(bitsetOf(left))).toBe(a.size);
      expect(isEmptySet(bitsetOf(left))).toBe(a.size === 0);
      expect(sameSet(bitsetOf(left), bitsetOf(right))).toBe(a.size === b.size && left.every((bit) => b.has(bit)));
      expect(left.every((bit) => hasBit(bitsetOf(left), bit))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('a range holds its ends and nothing beside them', () => {
  fc.assert(
    fc.property(fc.nat({ max: size }), fc.nat({ max: size }), (from, to) => {
      const expected = Array.from({ length: size }, (_, i) => i).filter((i) => i >= from && i < to);
      expect([...members(addRange(bitsetOf([]), from, to))]).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test('sets of different sizes differ, and a full set has no stray bits', () => {
  expect([0, 1, 31, 32, 33, 64].map((n) => countBits(fullSet(n)))).toEqual([0, 1, 31, 32, 33, 64]);
  expect(sameSet(fullSet(32), fullSet(64))).toBe(false);
  expect(hasBit(fullSet(32), 40)).toBe(false);
});
