// The actions of a statement as a set over all actions of AWS, cut to the words that are not zero: most statements
// speak of one or two services. Sets are interned by their element, so equal elements share one set.

import { actionNumber, universeSize } from '../actions/action-index.ts';
import { addAll, fullSet, removeAll, wordsFor, type Bitset } from '../actions/bitset.ts';
import { actionMatches, actionsMatching, matchingCost } from '../actions/match-actions.ts';
import type { ActionElement } from '../policy/document.ts';

export interface ActionSet {
  readonly element: ActionElement;
  /** False when working the set out would take too long: then `words` are those of every action, any of which it may hold. */
  readonly exact: boolean;
  /** The first word held. */
  readonly from: number;
  /** The words from there on; all others are zero. */
  readonly words: Bitset;
}

/** True when the set holds the action, listed or not. Case is ignored. */
export function setHolds(set: ActionSet, action: string, number = actionNumber(action)): boolean {
  if (number !== undefined && set.exact) return holdsNumber(set, number);
  return set.element.patterns.some((pattern) => actionMatches(pattern, action)) !== set.element.not;
}

/** True when an exact set holds the listed action of that number. */
export function holdsNumber(set: ActionSet, number: number): boolean {
  const word = (number >>> 5) - set.from;
  return word >= 0 && word < set.words.length && ((set.words[word]! >>> (number & 31)) & 1) === 1;
}

/** Adds the set's members to a set over the whole universe. */
export function addActions(target: Bitset, set: ActionSet): void {
  const { words, from } = set;
  for (let i = 0; i < words.length; i += 1) target[from + i] = target[from + i]! | words[i]!;
}

/**
 * How many comparisons of a pattern with an action the sets of one document may take: well above a second's worth. AWS's
 * own size limits keep real documents a thousand times below it.
 */
export interface Allowance {
  comparisons: number;
}

export function newAllowance(): Allowance {
  return { comparisons: 10_000_000 };
}

/** Makes and keeps action sets. */
export class ActionSets {
  readonly #byElement = new Map<string, ActionSet>();

  /**
   * The set of an element; the same object for elements with the same patterns in any order.
   *
   * @param allowance of the document, which is used up
   */
  of(element: ActionElement, allowance: Allowance = newAllowance()): ActionSet {
    const patterns = [...new Set(element.patterns.map((pattern) => pattern.toLowerCase()))].sort();
    const key = `${element.not ? '!' : ''}${patterns.join(' ')}`;
    const known = this.#byElement.get(key);
    if (known !== undefined) return known;
    const cost = patterns.reduce((sum, pattern) => sum + matchingCost(pattern), 0);
    if (cost > allowance.comparisons) return { element, exact: false, from: 0, words: fullSet(universeSize()) };
    allowance.comparisons -= cost;
    const set: ActionSet = { element, exact: true, ...cut(expand(element.not, patterns)) };
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
