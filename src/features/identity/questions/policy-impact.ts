// What a changed policy means for principals: each one's actions with the old and with the new version, all else equal.

import { addAll, isEmptySet, removeAll, type Bitset } from '../actions/bitset.ts';
import { actionNames, type PrincipalAnalysis, type PrincipalLayers } from './principal-actions.ts';

export interface Impact {
  /** Actions that are possible now and were not. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  /** Possible before and after, now on every resource and without conditions. */
  readonly widened: readonly string[];
  /** Possible before and after, now on some resources or under conditions only. */
  readonly narrowed: readonly string[];
}

/** Undefined where nothing changes for the principal. */
export function impactOf(
  analysis: PrincipalAnalysis,
  before: PrincipalLayers,
  after: PrincipalLayers,
): Impact | undefined {
  const [old, fresh] = [analysis.effective(before), analysis.effective(after)];
  const possible = (one: typeof old): Bitset => {
    const all = one.allowed.slice();
    addAll(all, one.conditional);
    return all;
  };
  const gained = without(possible(fresh), possible(old));
  const lost = without(possible(old), possible(fresh));
  const widened = without(without(fresh.allowed, old.allowed), gained);
  const narrowed = without(without(old.allowed, fresh.allowed), lost);
  if ([gained, lost, widened, narrowed].every(isEmptySet)) return undefined;
  return {
    gained: actionNames(gained),
    lost: actionNames(lost),
    widened: actionNames(widened),
    narrowed: actionNames(narrowed),
  };
}

function without(set: Bitset, other: Bitset): Bitset {
  const rest = set.slice();
  removeAll(rest, other);
  return rest;
}
