// What compiled documents of one kind say about a request: the fast counterpart of policy/judge.ts.

import type { RequestContext } from '../policy/context.ts';
import type { Principal } from '../policy/principal.ts';
import { setHolds } from './action-set.ts';
import type { CompiledDocument, CompiledStatement } from './compiled-document.ts';
import type { Reach } from './principal-matcher.ts';
import { both, either, no, yes, type Tri } from './tri.ts';

/** A request as compiled documents see it. */
export interface Question {
  readonly principal: Principal;
  /** In lower case. */
  readonly action: string;
  /** Its number among the listed actions; undefined for an action that AWS does not list. */
  readonly actionNumber: number | undefined;
  /** The resource's ARN, or `*`. */
  readonly arn: string;
  readonly context: RequestContext;
  readonly hasBoundary: boolean;
}

/** What documents say: an allow by each way of naming the requester, and a deny. */
export interface Findings extends Reach {
  deny: Tri;
}

export function noFindings(): Findings {
  return { direct: no, role: no, account: no, deny: no };
}

/** The allow of findings, however the requester was named. */
export function allowOf(findings: Reach): Tri {
  return either(findings.direct, either(findings.role, findings.account));
}

/**
 * Judges documents of one kind together: any may allow, any may deny.
 *
 * @param account the account that the documents belong to
 */
export function judgeCompiled(documents: readonly CompiledDocument[], account: string, question: Question): Findings {
  const findings = noFindings();
  for (const document of documents) {
    for (const statement of document.statements) {
      if (coversAction(statement, question)) judgeStatement(statement, account, question, findings);
    }
  }
  return findings;
}

export function coversAction(statement: CompiledStatement, question: Question): boolean {
  return setHolds(statement.actions, question.action, question.actionNumber);
}

/** Adds to the findings what one statement says, given that it covers the action. */
function judgeStatement(statement: CompiledStatement, account: string, question: Question, findings: Findings): void {
  const who = statement.principals?.match(question, account);
  if (statement.principals !== undefined && who === undefined) return;
  const applies = appliesTo(statement, account, question);
  if (statement.deny) {
    const named = who === undefined ? yes : allowOf(who);
    findings.deny = either(findings.deny, both(applies, named));
  } else if (who === undefined) {
    findings.direct = either(findings.direct, applies);
  } else {
    findings.direct = either(findings.direct, both(applies, who.direct));
    findings.role = either(findings.role, both(applies, who.role));
    findings.account = either(findings.account, both(applies, who.account));
  }
}

/** Whether resource and conditions of the statement hold. */
function appliesTo(statement: CompiledStatement, account: string, question: Question): Tri {
  const { resources, conditions } = statement;
  const resource = resources === undefined ? yes : resources.covers(question.arn, account, question.context);
  if (resource === no || conditions === undefined) return resource;
  return both(resource, conditions.holds(account, question.context));
}
