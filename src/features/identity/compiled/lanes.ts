// Three-valued sets of actions: what is certainly in the set, and what possibly is.

import { universeSize } from '../actions/action-index.ts';
import { addAll, fullSet, wordsFor, type Bitset } from '../actions/bitset.ts';
import { addActions, type ActionSet } from './action-set.ts';
import { maybe, no, type Tri } from './tri.ts';

/** `certain` is part of `possible`, and the same array where nothing is open. Sets are shared: never change them. */
export interface Lanes {
  readonly certain: Bitset;
  readonly possible: Bitset;
  /** Every action there is, listed or not, certainly. */
  readonly full: boolean;
  /** The words of `possible` that are not zero, where they are few. */
  readonly words: Uint16Array | undefined;
}

export type Lane = 'certain' | 'possible';

export function emptyActions(): Bitset {
  return new Uint32Array(wordsFor(universeSize()));
}

/** Collects action sets, each held certainly or perhaps. */
export class LanesBuilder {
  #certain: Bitset | undefined;
  #open: Bitset | undefined;

  /** @param within adds only these actions */
  add(actions: ActionSet, held: Tri, within?: Bitset): void {
    if (held === no) return;
    const target = held === maybe ? (this.#open ??= emptyActions()) : (this.#certain ??= emptyActions());
    if (within === undefined) return addActions(target, actions);
    const { words, from } = actions;
    for (let i = 0; i < words.length; i += 1) target[from + i] = target[from + i]! | (words[i]! & within[from + i]!);
  }

  addLanes(lanes: Lanes | undefined): void {
    if (lanes === undefined) return;
    addAll((this.#certain ??= emptyActions()), lanes.certain);
    if (lanes.possible !== lanes.certain) addAll((this.#open ??= emptyActions()), lanes.possible);
  }

  /** Undefined when nothing was added. */
  build(): Lanes | undefined {
    if (this.#certain === undefined && this.#open === undefined) return undefined;
    const certain = this.#certain ?? emptyActions();
    const possible = this.#open ?? certain;
    if (possible !== certain) addAll(possible, certain);
    return { certain, possible, full: isFull(certain), words: wordsOf(possible) };
  }
}

/** The union; a single one is returned as it is, and undefined stands for the empty set. */
export function unionOf(lanes: readonly (Lanes | undefined)[]): Lanes | undefined {
  const spoken = lanes.filter((one) => one !== undefined);
  if (spoken.length <= 1) return spoken[0];
  const builder = new LanesBuilder();
  for (const one of spoken) builder.addLanes(one);
  return builder.build();
}

const everything = fullSet(universeSize());
const nothing = emptyActions();

/**
 * What is in every set of `keep` and in none of `drop`, in one pass for up to four of each.
 *
 * @param words the only words that can be anything but zero, where they are known to be few
 * @returns a new set
 */
export function intersect(keep: readonly Bitset[], drop: readonly Bitset[], words?: Uint16Array): Bitset {
  const result = new Uint32Array(nothing.length);
  const [a = everything, b = everything, c = everything, d = everything] = keep;
  const [p = nothing, q = nothing, r = nothing, s = nothing] = drop;
  if (words === undefined) {
    for (let i = 0; i < result.length; i += 1) {
      result[i] = a[i]! & b[i]! & c[i]! & d[i]! & ~(p[i]! | q[i]! | r[i]! | s[i]!);
    }
  } else {
    for (let at = 0; at < words.length; at += 1) {
      const i = words[at]!;
      result[i] = a[i]! & b[i]! & c[i]! & d[i]! & ~(p[i]! | q[i]! | r[i]! | s[i]!);
    }
  }
  if (keep.length <= 4 && drop.length <= 4) return result;
  return intersect([result, ...keep.slice(4)], drop.slice(4), words);
}

function isFull(set: Bitset): boolean {
  for (let i = 0; i < set.length; i += 1) if (set[i] !== everything[i]) return false;
  return true;
}

const scratch = new Uint16Array(nothing.length);

/** Where most words are zero, looking at the others only is worth the detour. */
function wordsOf(set: Bitset): Uint16Array | undefined {
  let count = 0;
  for (let i = 0; i < set.length; i += 1) {
    if (set[i] === 0) continue;
    scratch[count] = i;
    count += 1;
  }
  return count * 2 > set.length ? undefined : scratch.slice(0, count);
}
