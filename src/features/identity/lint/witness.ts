// Finds a request that a statement applies to. It is only a candidate until the engine's own parts agree.

import type { PolicyDocument, Statement } from '../policy/document.ts';
import { createContext } from '../policy/context.ts';
import { filledKeys } from '../policy/fill-context.ts';
import { parsePrincipal } from '../policy/principal.ts';
import { statementsOf } from '../policy/statement.ts';
import type { Question } from './contract.ts';
import {
  foreignAccount,
  sampleAccount,
  sampleActions,
  samplePrincipal,
  sampleResources,
  sampleText,
  satisfying,
  variablesOf,
} from './samples.ts';

export interface WitnessOptions {
  /** The action; else any that the statement names. */
  readonly action?: string;
  readonly resource?: string;
  /** Added to what satisfies the conditions; an empty list makes a key absent. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/**
 * A request that the statement applies to; undefined when none was found.
 *
 * @param statement one of the document's
 */
export function witness(
  document: PolicyDocument,
  statement: Statement,
  options: WitnessOptions = {},
): Question | undefined {
  for (const question of candidates(document, statement, options))
    if (applies(document, statement, question)) return question;
  return undefined;
}

/** True when action, resource and conditions of a statement fit the request; who asks is left aside. */
export function applies(document: PolicyDocument, statement: Statement, question: Question): boolean {
  const compiled = statementsOf(document)[document.statements.indexOf(statement)];
  const principal = parsePrincipal(question.principal, question.sessionName);
  if (compiled === undefined || principal === undefined) return false;
  const action = question.action.toLowerCase();
  const { resource, resourceAccount = sampleAccount } = question;
  const filled = filledKeys(principal, action, resource, resourceAccount, true);
  const context = createContext({ values: question.context, complete: true }, filled);
  return (
    compiled.matchesAction(action) &&
    compiled.matchesResource({ arn: resource }, context) === true &&
    compiled.conditions(context) === true
  );
}

function* candidates(document: PolicyDocument, statement: Statement, options: WitnessOptions): Iterable<Question> {
  const actions = options.action === undefined ? sampleActions(statement.actions, 12) : [options.action];
  const principal = principalOf(document, statement);
  for (const action of actions) {
    for (const resource of options.resource === undefined ? resourcesOf(statement, action) : [options.resource]) {
      const resourceAccount = accountFor(resource);
      yield {
        principal,
        sessionName: 'example',
        action,
        resource,
        resourceAccount,
        context: contextOf(statement, options),
      };
    }
  }
}

/** Somebody the statement speaks of; for policies of principals, a role. */
function principalOf(document: PolicyDocument, statement: Statement): string {
  const texts = JSON.stringify([statement.resources, statement.conditions]).toLowerCase();
  if (texts.includes('aws:username')) return `arn:aws:iam::${sampleAccount}:user/alice`;
  const { principals } = statement;
  const outside = document.kind === 'resource' || document.kind === 'trust';
  const entry = principals?.entries.find((one) => one.kind !== 'CanonicalUser');
  if (entry === undefined || entry.kind === 'everyone' || principals?.not === true) {
    return outside ? `arn:aws:iam::${foreignAccount}:role/example` : samplePrincipal;
  }
  if ('value' in entry && entry.kind === 'AWS' && (/^\d{12}$/.test(entry.value) || entry.value.endsWith(':root'))) {
    const account = /\d{12}/.exec(entry.value)?.[0] ?? foreignAccount;
    return `arn:aws:iam::${account}:role/example`;
  }
  return 'value' in entry ? entry.value : samplePrincipal;
}

function* resourcesOf(statement: Statement, action: string): Iterable<string> {
  const { resources } = statement;
  const usual = sampleResources(action);
  if (resources !== undefined && !resources.not) {
    for (const pattern of resources.patterns.slice(0, 8)) if (pattern !== '*') yield sampleText(pattern);
  }
  yield* usual.slice(0, 4);
  yield '*';
}

function accountFor(resource: string): string {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1] ?? sampleAccount;
}

function contextOf(statement: Statement, options: WitnessOptions): Record<string, readonly string[]> {
  const context: Record<string, readonly string[]> = Object.create(null) as Record<string, readonly string[]>;
  const texts = [...(statement.resources?.patterns ?? []), ...statement.conditions.flatMap(({ values }) => values)];
  for (const [key, value] of texts.flatMap(variablesOf)) context[key] = [value];
  for (const condition of statement.conditions) {
    const value = satisfying(condition);
    const negated = /Not/.test(condition.operator);
    if (value !== undefined && !(negated && condition.key in context)) context[condition.key] = [value];
  }
  return { ...context, ...options.context };
}
