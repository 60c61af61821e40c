// Sets of permissions with which somebody can get more than he was given. Public catalogues of such ways name them
// alike; the ids are those of https://pathfinding.cloud where it has one, else begin with `x-`.

import table from './escalation-sets.json' with { type: 'json' };
import { actionNumber } from '../actions/action-index.ts';
import { hasBit, type Bitset } from '../actions/bitset.ts';

export interface EscalationSet {
  readonly id: string;
  readonly category: string;
  readonly actions: readonly string[];
}

/** What each category means, as the end of "with these permissions the principal can …". */
export const categoryWords: Readonly<Record<string, string>> = {
  'new-passrole': 'hand a stronger role to something that it creates, and act with that role',
  'existing-passrole': 'act through something that already carries a stronger role',
  'principal-access': 'take over a stronger user or role',
  'self-escalation': 'widen its own permissions',
};

/** The sets that a set of actions holds whole, those aside that hold a smaller one of the list. */
export function escalationsWithin(actions: Bitset): readonly EscalationSet[] {
  const held = (table as readonly EscalationSet[]).filter((set) =>
    set.actions.every((action) => {
      const number = actionNumber(action);
      return number !== undefined && hasBit(actions, number);
    }),
  );
  return held.filter(
    (set) =>
      !held.some(
        (other) =>
          other !== set &&
          other.actions.length < set.actions.length &&
          other.actions.every((action) => set.actions.includes(action)),
      ),
  );
}
