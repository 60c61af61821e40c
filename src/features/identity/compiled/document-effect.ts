// What documents say about all actions at once, on a family of resources.

import type { Bitset } from '../actions/bitset.ts';
import type { RequestContext } from '../policy/context.ts';
import type { Principal } from '../policy/principal.ts';
import type { CompiledDocument, CompiledStatement } from './compiled-document.ts';
import { LanesBuilder, unionOf, type Lanes } from './lanes.ts';
import { both, maybe, type Tri } from './tri.ts';

/** Findings about all actions: like `Findings`, with sets in place of single answers; undefined is the empty set. */
export interface SetFindings {
  /** The three ways of naming the principal together. */
  readonly allow: Lanes | undefined;
  readonly direct: Lanes | undefined;
  readonly role: Lanes | undefined;
  readonly account: Lanes | undefined;
  readonly deny: Lanes | undefined;
}

export interface SetQuestion {
  readonly principal: Principal;
  readonly hasBoundary: boolean;
  /** The contexts of the parts of the question. */
  readonly contexts: readonly RequestContext[];
}

/** Tells whether resources and conditions of a statement hold in one part of the question. */
export type Holds = (statement: CompiledStatement, part: number) => Tri;

/**
 * What documents of one account say together.
 *
 * @param parts the actions of each part of the question; together they are all actions
 * @param uniform whether all parts have the same resources
 * @param asker makes the whole question, for statements that name principals
 */
export function effectOf(
  documents: readonly CompiledDocument[],
  account: string,
  parts: readonly Bitset[],
  uniform: boolean,
  holds: Holds,
  asker: () => SetQuestion,
): SetFindings {
  const found = {
    direct: new LanesBuilder(),
    role: new LanesBuilder(),
    account: new LanesBuilder(),
    deny: new LanesBuilder(),
  };
  for (const document of documents) {
    for (const statement of document.statements) {
      const { actions, principals, conditions, resources, deny } = statement;
      const who = principals && reachOf(statement, account, asker());
      if (principals !== undefined && who === undefined) continue;
      const parted = conditions !== undefined || (resources !== undefined && (resources.contextual || !uniform));
      for (let part = 0; part < (parted ? parts.length : 1); part += 1) {
        const held = actions.exact ? holds(statement, part) : both(holds(statement, part), maybe);
        const within = parted ? parts[part] : undefined;
        if (who === undefined) (deny ? found.deny : found.direct).add(actions, held, within);
        else if (deny) found.deny.add(actions, both(held, Math.max(who.direct, who.role, who.account) as Tri), within);
        else {
          found.direct.add(actions, both(held, who.direct), within);
          found.role.add(actions, both(held, who.role), within);
          found.account.add(actions, both(held, who.account), within);
        }
      }
    }
  }
  const [direct, role, ofAccount] = [found.direct.build(), found.role.build(), found.account.build()];
  return { allow: unionOf([direct, role, ofAccount]), direct, role, account: ofAccount, deny: found.deny.build() };
}

/** Who is named does not depend on the action, so any part's context will do. */
function reachOf(statement: CompiledStatement, account: string, question: SetQuestion) {
  const context = question.contexts[0];
  return context && statement.principals?.match({ ...question, context }, account);
}
