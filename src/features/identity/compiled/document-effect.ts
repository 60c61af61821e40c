// What documents say about all actions at once, on a family of resources.

import type { Bitset } from '../actions/bitset.ts';
import type { RequestContext } from '../policy/context.ts';
import type { Principal } from '../policy/principal.ts';
import type { CompiledDocument, CompiledStatement } from './library.ts';
import { LanesBuilder, type Lanes } from './lanes.ts';
import { both, no, yes, type Tri } from './tri.ts';

/** Findings about all actions: like `Findings`, with sets in place of single answers; undefined is the empty set. */
export interface SetFindings {
  readonly direct: Lanes | undefined;
  readonly role: Lanes | undefined;
  readonly account: Lanes | undefined;
  readonly deny: Lanes | undefined;
}

export interface SetQuestion {
  readonly principal: Principal;
  readonly hasBoundary: boolean;
  /** True when resources are one resource (or the `*` of an action that has none), false when they are a pattern. */
  readonly single: boolean;
  /** Parts of the question, each for some of the actions; together they speak of every action. */
  readonly parts: readonly QuestionPart[];
  /** True when all parts have the same resources. */
  readonly uniform: boolean;
}

export interface QuestionPart {
  readonly actions: Bitset;
  readonly context: RequestContext;
  /** An ARN, `*`, or a pattern of ARNs. */
  readonly resources: string;
}

/** True when what the document says depends on neither the principal nor the request's context. */
export function isSteady(document: CompiledDocument): boolean {
  return document.statements.every(
    ({ principals, conditions, resources }) =>
      principals === undefined && conditions === undefined && resources?.contextual !== true,
  );
}

/** True when it does not depend on the account either. */
export function isUniversal(document: CompiledDocument): boolean {
  return (
    !document.abstracted ||
    document.statements.every(
      ({ principals, conditions, resources }) =>
        principals?.universal !== false && conditions?.universal !== false && resources?.universal !== false,
    )
  );
}

/** What one document says. */
export function effectOf(document: CompiledDocument, account: string, question: SetQuestion): SetFindings {
  const found = {
    direct: new LanesBuilder(),
    role: new LanesBuilder(),
    account: new LanesBuilder(),
    deny: new LanesBuilder(),
  };
  for (const statement of document.statements) {
    if (statement.actions.words.length === 0) continue;
    const { conditions, resources } = statement;
    const parted = conditions !== undefined || resources?.contextual === true || (resources && !question.uniform);
    for (const part of question.parts) {
      const who = statement.principals?.match({ ...question, context: part.context }, account);
      if (statement.principals === undefined || who !== undefined) {
        const held = holds(statement, account, question.single, part);
        const within = parted ? part.actions : undefined;
        const all = [who?.direct ?? yes, who?.role ?? no, who?.account ?? no] as const;
        if (statement.deny) {
          found.deny.add(statement.actions, both(held, Math.max(...all) as Tri), within);
        } else {
          found.direct.add(statement.actions, both(held, all[0]), within);
          found.role.add(statement.actions, both(held, all[1]), within);
          found.account.add(statement.actions, both(held, all[2]), within);
        }
      }
      // Who is named does not depend on the action.
      if (!parted) break;
    }
  }
  return {
    direct: found.direct.build(),
    role: found.role.build(),
    account: found.account.build(),
    deny: found.deny.build(),
  };
}

function holds(statement: CompiledStatement, account: string, single: boolean, part: QuestionPart): Tri {
  const { resources, conditions } = statement;
  const { context } = part;
  const covered =
    resources === undefined
      ? yes
      : single
        ? resources.covers(part.resources, account, context)
        : resources.coversFamily(part.resources, account, context);
  if (covered === no || conditions === undefined) return covered;
  return both(covered, conditions.holds(account, context));
}

/** The findings of several documents together. */
export function mergeFindings(findings: readonly SetFindings[]): SetFindings {
  const [only] = findings;
  if (only !== undefined && findings.length === 1) return only;
  const merge = (part: keyof SetFindings): Lanes | undefined => {
    const spoken = findings.filter((one) => one[part] !== undefined);
    if (spoken.length <= 1) return spoken[0]?.[part];
    const builder = new LanesBuilder();
    for (const one of spoken) builder.addLanes(one[part]);
    return builder.build();
  };
  return { direct: merge('direct'), role: merge('role'), account: merge('account'), deny: merge('deny') };
}
