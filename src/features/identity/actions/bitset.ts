// Sets of small integers as 32-bit words. All sets of one universe have the same number of words.

export type Bitset = Uint32Array;

/** The number of words that hold `size` bits. */
export function wordsFor(size: number): number {
  return (size + 31) >>> 5;
}

/** The set of all integers from 0 up to `size`, without stray bits in the last word. */
export function fullSet(size: number): Bitset {
  return addRange(new Uint32Array(wordsFor(size)), 0, size);
}

export function hasBit(set: Bitset, bit: number): boolean {
  return (((set[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
}

export function addBit(set: Bitset, bit: number): void {
  set[bit >>> 5] = (set[bit >>> 5] ?? 0) | (1 << (bit & 31));
}

export function removeBit(set: Bitset, bit: number): void {
  set[bit >>> 5] = (set[bit >>> 5] ?? 0) & ~(1 << (bit & 31));
}

/** Adds `from` … `to - 1` to the set, and returns it. */
export function addRange(set: Bitset, from: number, to: number): Bitset {
  if (from >= to) return set;
  const first = from >>> 5;
  const last = (to - 1) >>> 5;
  const head = -1 << (from & 31);
  const tail = -1 >>> (31 - ((to - 1) & 31));
  if (first === last) {
    set[first] = (set[first] ?? 0) | (head & tail);
    return set;
  }
  set[first] = (set[first] ?? 0) | head;
  set.fill(0xffffffff, first + 1, last);
  set[last] = (set[last] ?? 0) | tail;
  return set;
}

/** Adds all of `other` to `set`. */
export function addAll(set: Bitset, other: Bitset): void {
  for (let i = 0; i < set.length; i += 1) set[i] = set[i]! | other[i]!;
}

/** Keeps in `set` what `other` has too. */
export function keepAll(set: Bitset, other: Bitset): void {
  for (let i = 0; i < set.length; i += 1) set[i] = set[i]! & other[i]!;
}

/** Removes all of `other` from `set`. */
export function removeAll(set: Bitset, other: Bitset): void {
  for (let i = 0; i < set.length; i += 1) set[i] = set[i]! & ~other[i]!;
}

export function isEmptySet(set: Bitset): boolean {
  for (let i = 0; i < set.length; i += 1) if (set[i] !== 0) return false;
  return true;
}

export function sameSet(a: Bitset, b: Bitset): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** The number of members. */
export function countBits(set: Bitset): number {
  let count = 0;
  for (let i = 0; i < set.length; i += 1) {
    let word = set[i]!;
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += (((word + (word >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
}

/** The members in ascending order. */
export function* members(set: Bitset): Generator<number> {
  for (let i = 0; i < set.length; i += 1) {
    let word = set[i]!;
    while (word !== 0) {
      const lowest = word & -word;
      yield (i << 5) + (31 - Math.clz32(lowest));
      word ^= lowest;
    }
  }
}
