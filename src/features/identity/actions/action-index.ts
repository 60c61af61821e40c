// All actions of AWS in one sorted array: an action's number is its place in it. The numbers belong to one version of
// the generated table and are never stored.

import { iamServices, serviceActions } from '../../../domain/iam/actions.ts';

interface ActionIndex {
  /** Lower case, sorted by code unit. */
  sorted: readonly string[];
  numbers: ReadonlyMap<string, number>;
}

let index: ActionIndex | undefined;

function build(): ActionIndex {
  const sorted: string[] = [];
  for (const service of iamServices()) {
    for (const name of serviceActions(service)?.names ?? []) sorted.push(`${service}:${name.toLowerCase()}`);
  }
  return { sorted, numbers: new Map(sorted.map((action, i) => [action, i])) };
}

function loaded(): ActionIndex {
  index ??= build();
  return index;
}

/** All actions in lower case, sorted by code unit: the universe of action sets. */
export function sortedActions(): readonly string[] {
  return loaded().sorted;
}

/** How many actions AWS lists. */
export function actionCount(): number {
  return loaded().sorted.length;
}

/**
 * The size of action sets: every action that AWS lists, and one more bit for "an action that no table lists yet". That
 * bit is in every set that is open towards the future, such as that of `*` or of a NotAction.
 */
export function universeSize(): number {
  return actionCount() + 1;
}

/** The place of the bit that stands for actions which AWS does not list. */
export function unlistedBit(): number {
  return actionCount();
}

/** The name behind that bit: only patterns made of wildcards cover it. */
export const unlistedAction = 'unlisted service:unlisted action';

/** The number of an action; undefined when AWS does not list it. Case is ignored. */
export function actionNumber(action: string): number | undefined {
  const { numbers } = loaded();
  return numbers.get(action) ?? numbers.get(action.toLowerCase());
}

/** The first place in the sorted actions that is not before `text` (lower case). */
export function lowerBound(text: string): number {
  const { sorted } = loaded();
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
