// Three-valued sets of actions: what is certainly in the set, and what possibly is.

import { universeSize } from '../actions/action-index.ts';
import { addAll, countBits, wordsFor, type Bitset } from '../actions/bitset.ts';
import { addActions, type ActionSet } from './action-set.ts';
import { maybe, no, type Tri } from './tri.ts';

/** `certain` is part of `possible`, and the same array where nothing is open. Sets are shared: never change them. */
export interface Lanes {
  readonly certain: Bitset;
  readonly possible: Bitset;
  /** Every action there is, listed or not, certainly. */
  readonly full: boolean;
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
    if (this.#open === undefined) return { certain, possible: certain, full: isFull(certain) };
    const possible = this.#open;
    addAll(possible, certain);
    return { certain, possible, full: isFull(certain) };
  }
}

function isFull(set: Bitset): boolean {
  return countBits(set) === universeSize();
}
