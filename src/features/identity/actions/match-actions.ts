// Which actions an Action pattern covers, as a set over all actions of AWS. The literal start of a pattern is a range of
// the sorted actions, found by binary search; only what follows an inner wildcard is matched one by one.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html

import { lowerBound, sortedActions, universeSize, unlistedAction, unlistedBit } from './action-index.ts';
import { addBit, addRange, wordsFor, type Bitset } from './bitset.ts';
import { literalPrefix, matchesWildcard } from './wildcard.ts';

/** Patterns kept: beyond it the oldest go, so that hostile policies cannot fill the memory (2.8 kB each). */
const memoLimit = 16_384;
const memo = new Map<string, Bitset>();

/**
 * The set of all listed actions that the pattern covers (`s3:Get*`, `*`, `ec2:*Volume`), and the bit of unlisted ones
 * when it covers any action whatever. Case is ignored.
 * The set is shared: callers must not change it.
 */
export function actionsMatching(pattern: string): Bitset {
  const folded = pattern.toLowerCase();
  const known = memo.get(folded);
  if (known !== undefined) return known;
  const set = match(folded);
  if (memo.size >= memoLimit) memo.delete(memo.keys().next().value ?? '');
  memo.set(folded, set);
  return set;
}

/** How many actions have to be looked at one by one to match a pattern: none for names and for `prefix*`. */
export function matchingCost(pattern: string): number {
  const folded = pattern.toLowerCase();
  const prefix = literalPrefix(folded);
  if (memo.has(folded) || /^\*?$/.test(folded.slice(prefix.length))) return 0;
  return lowerBound(`${prefix}\uffff`) - lowerBound(prefix);
}

/** True when an Action pattern covers an action, known to AWS or not. Case is ignored. */
export function actionMatches(pattern: string, action: string): boolean {
  return matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
}

function match(pattern: string): Bitset {
  const set = new Uint32Array(wordsFor(universeSize()));
  const prefix = literalPrefix(pattern);
  const sorted = sortedActions();
  const from = lowerBound(prefix);
  if (prefix === pattern) {
    if (sorted[from] === pattern) addBit(set, from);
    return set;
  }
  if (matchesWildcard(pattern, unlistedAction)) addBit(set, unlistedBit());
  const to = lowerBound(`${prefix}\uffff`);
  const rest = pattern.slice(prefix.length);
  if (/^\*+$/.test(rest)) return addRange(set, from, to);
  for (let i = from; i < to; i += 1) {
    if (matchesWildcard(rest, sorted[i]!, prefix.length)) addBit(set, i);
  }
  return set;
}
