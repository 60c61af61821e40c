// Random choices that a seed repeats.

export interface Random {
  /** A number from 0 up to, not including, `below`. */
  below(below: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Between `least` and `most` members, each drawn on its own. */
  some<T>(list: readonly T[], least: number, most: number): T[];
}

/** A generator of 32-bit numbers (sfc32 by Chris Doty-Humphrey, public domain, as in PractRand). */
export function seededRandom(seed: number): Random {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, seed | 0, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i += 1) next();
  const below = (limit: number): number => Math.floor((next() / 0x1_0000_0000) * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  return {
    below,
    chance: (probability) => next() / 0x1_0000_0000 < probability,
    pick,
    some: (list, least, most) => Array.from({ length: least + below(most - least + 1) }, () => pick(list)),
  };
}
