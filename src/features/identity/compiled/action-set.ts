// The actions of a statement as a set over all actions of AWS, cut to the words that are not zero: most statements
// speak of one or two services. Sets are interned by their element, so equal elements share one set.

import { actionNumber, universeSize } from '../actions/action-index.ts';
import { addAll, fullSet, removeAll, wordsFor, type Bitset } from '../actions/bitset.ts';
import { actionMatches, actionsMatching } from '../actions/match-actions.ts';
import type { ActionElement } from '../policy/document.ts';

export interface ActionSet {
  readonly element: ActionElement;
  /** The first word held. */
  readonly from: number;
  /** The words from there on; all others are zero. */
  readonly words: Bitset;
}

/** True when the set holds the action, listed or not. Case is ignored. */
export function setHolds(set: ActionSet, action: string, number = actionNumber(action)): boolean {
  if (number !== undefined) return holdsNumber(set, number);
  return set.element.patterns.some((pattern) => actionMatches(pattern, action)) !== set.element.not;
}

/** True when the set holds the listed action of that number. */
export function holdsNumber(set: ActionSet, number: number): boolean {
  const word = (number >>> 5) - set.from;
  return word >= 0 && word < set.words.length && ((set.words[word]! >>> (number & 31)) & 1) === 1;
}

/** Adds the set's members to a set over the whole universe. */
export function addActions(target: Bitset, set: ActionSet): void {
  const { words, from } = set;
  for (let i = 0; i < words.length; i += 1) target[from + i] = target[from + i]! | words[i]!;
}

/** Makes and keeps action sets. */
export class ActionSets {
  readonly #byElement = new Map<string, ActionSet>();

  /** The set of an element; the same object for elements with the same patterns in any order. */
  of(element: ActionElement): ActionSet {
    const patterns = [...new Set(element.patterns.map((pattern) => pattern.toLowerCase()))].sort();
    const key = `${element.not ? '!' : ''}${patterns.join(' ')}`;
    const known = this.#byElement.get(key);
    if (known !== undefined) return known;
    const set: ActionSet = { element, ...cut(expand(element.not, patterns)) };
    this.#byElement.set(key, set);
    return set;
  }

  get size(): number {
    return this.#byElement.size;
  }
}

function expand(not: boolean, patterns: readonly string[]): Bitset {
  const covered = new Uint32Array(wordsFor(universeSize()));
  for (const pattern of patterns) addAll(covered, actionsMatching(pattern));
  if (!not) return covered;
  const rest = fullSet(universeSize());
  removeAll(rest, covered);
  return rest;
}

function cut(words: Bitset): { from: number; words: Bitset } {
  let from = 0;
  let to = words.length;
  while (from < to && words[from] === 0) from += 1;
  while (to > from && words[to - 1] === 0) to -= 1;
  return { from, words: words.slice(from, to) };
}
