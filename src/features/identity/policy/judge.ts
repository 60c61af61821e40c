// What a set of policies of one kind says about a request: an allow and a deny, each true, false or a residue, and
// the statements that spoke.

import type { RequestContext } from './context.ts';
import type { PolicyDocument, Statement } from './document.ts';
import { matchNotPrincipals, matchPrincipals } from './match-principal.ts';
import type { GrantReach, PrincipalMatch } from './match-principal.ts';
import type { Principal } from './principal.ts';
import { statementsOf } from './statement.ts';
import type { CompiledStatement, ResourceTarget } from './statement.ts';
import { all, any } from './truth.ts';
import type { Truth } from './truth.ts';

/** A request as the layers see it. */
export interface Asked {
  readonly principal: Principal;
  /** In lower case. */
  readonly action: string;
  readonly target: ResourceTarget;
  readonly context: RequestContext;
  readonly hasBoundary: boolean;
}

/** A statement that applies, certainly (true) or under a condition. */
export interface Hit {
  readonly document: PolicyDocument;
  readonly statement: Statement;
  readonly truth: Truth;
  /** True where an Allow names the requester's account alone, which leaves the rest to his identity policies. */
  readonly delegates: boolean;
}

export interface Verdict {
  readonly allow: Truth;
  readonly deny: Truth;
  readonly allows: readonly Hit[];
  readonly denies: readonly Hit[];
  /** `allow`, by how the requester is named; without Principal elements all of it is `direct`. */
  readonly reach: Readonly<Record<GrantReach, Truth>>;
}

const nothing: Verdict = {
  allow: false,
  deny: false,
  allows: [],
  denies: [],
  reach: { direct: false, role: false, account: false },
};

/** Judges documents of one kind together: any may allow, any may deny. */
export function judge(documents: readonly PolicyDocument[], asked: Asked): Verdict {
  if (documents.length === 0) return nothing;
  const allows: Hit[] = [];
  const denies: Hit[] = [];
  const reach: Record<GrantReach, Truth[]> = { direct: [], role: [], account: [] };
  for (const document of documents) {
    for (const compiled of statementsOf(document)) {
      const { statement } = compiled;
      const allowing = statement.effect === 'Allow';
      // A malformed Allow grants nothing.
      if ((allowing && !statement.sound) || !compiled.matchesAction(asked.action)) continue;
      const matches = applies(compiled, asked);
      if (matches.length === 0) continue;
      const truth = any(matches.map((match) => match.truth));
      const delegates = allowing && matches.every((match) => match.reach === 'account');
      (allowing ? allows : denies).push({ document, statement, truth, delegates });
      if (allowing) for (const match of matches) reach[match.reach].push(match.truth);
    }
  }
  return {
    allow: any(allows.map((hit) => hit.truth)),
    deny: any(denies.map((hit) => hit.truth)),
    allows,
    denies,
    reach: { direct: any(reach.direct), role: any(reach.role), account: any(reach.account) },
  };
}

/** How the statement reaches the requester, once its resources and conditions are taken into account. */
function applies(compiled: CompiledStatement, asked: Asked): readonly PrincipalMatch[] {
  const resource = compiled.matchesResource(asked.target, asked.context);
  if (resource === false) return [];
  const who = namedBy(compiled.statement, asked);
  if (who.length === 0) return [];
  const conditions = compiled.conditions(asked.context);
  if (conditions === false) return [];
  if (resource === true && conditions === true) return who;
  return who
    .map(({ reach, truth }) => ({ reach, truth: all([truth, resource, conditions]) }))
    .filter(({ truth }) => truth !== false);
}

const everyone: readonly PrincipalMatch[] = [{ reach: 'direct', truth: true }];

function namedBy(statement: Statement, asked: Asked): readonly PrincipalMatch[] {
  const { principals } = statement;
  if (principals === undefined) return everyone;
  if (!principals.not) return matchPrincipals(principals.entries, asked.principal, asked.context);
  const truth = matchNotPrincipals(principals, asked.principal, asked.context, asked.hasBoundary);
  return truth === false ? [] : [{ reach: 'direct', truth }];
}
