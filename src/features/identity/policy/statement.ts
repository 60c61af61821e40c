// A statement compiled once and asked many times.

import { compileCondition } from './conditions/evaluate-condition.ts';
import type { CompiledCondition } from './conditions/evaluate-condition.ts';
import { classOfKey } from './context.ts';
import type { RequestContext } from './context.ts';
import type { PolicyDocument, ResourceElement, Statement } from './document.ts';
import { all, any, not, test } from './truth.ts';
import type { Truth } from './truth.ts';
import { parseTemplate, presenceOf, resolveTemplate } from './variables.ts';
import type { Template } from './variables.ts';
import { anyRun, compileWildcards, tokenise } from './wildcards.ts';
import type { Matcher } from './wildcards.ts';

/** How a resource pattern is compared; services whose policies know several names of one resource bring their own. */
export interface ResourceTarget {
  /** The resource's ARN, or `*` for an action without one. */
  readonly arn: string;
  /** Rewrites a pattern before it is compared; undefined leaves it as it is. */
  readonly rewrite?: (pattern: string) => string;
}

export interface CompiledStatement {
  readonly statement: Statement;
  /** @param action in lower case */
  matchesAction(action: string): boolean;
  matchesResource(target: ResourceTarget, context: RequestContext): Truth;
  conditions(context: RequestContext): Truth;
}

const compiled = new WeakMap<PolicyDocument, readonly CompiledStatement[]>();

/** The statements of a document, compiled at the first call and kept as long as the document is. */
export function statementsOf(document: PolicyDocument): readonly CompiledStatement[] {
  let statements = compiled.get(document);
  if (statements === undefined) {
    statements = document.statements.map((statement) => compileStatement(statement, document.variables));
    compiled.set(document, statements);
  }
  return statements;
}

function compileStatement(statement: Statement, variables: boolean): CompiledStatement {
  const { actions, resources } = statement;
  const actionMatchers = actions.patterns.map((pattern) => compileWildcards(tokenise(pattern.toLowerCase())));
  const patterns = resources?.patterns.map((pattern) => new ResourcePattern(pattern, variables)) ?? [];
  let conditions: readonly CompiledCondition[] | undefined;
  return {
    statement,
    matchesAction: (action) => actionMatchers.some((matches) => matches(action)) !== actions.not,
    matchesResource: (target, context) =>
      resources === undefined || matchResources(statement, resources, patterns, target, context),
    conditions: (context) => {
      conditions ??= statement.conditions.map((one) => compileCondition(one, variables));
      return all(lazily(conditions, context));
    },
  };
}

function* lazily(conditions: readonly CompiledCondition[], context: RequestContext): Iterable<Truth> {
  for (const condition of conditions) yield condition.evaluate(context);
}

function matchResources(
  statement: Statement,
  element: ResourceElement,
  patterns: readonly ResourcePattern[],
  target: ResourceTarget,
  context: RequestContext,
): Truth {
  const matches = any(patterns.map((pattern) => pattern.matches(target, context)));
  if (!element.not) return matches;
  // A variable without a value excludes nothing, which would widen an Allow: AWS calls such a statement invalid.
  const valid = statement.effect === 'Deny' || all(patterns.map((pattern) => pattern.valid(context)));
  return all([not(matches), valid]);
}

class ResourcePattern {
  readonly #pattern: string;
  readonly #variables: boolean;
  readonly #template: Template;
  readonly #matcher: Matcher | undefined;

  constructor(pattern: string, variables: boolean) {
    this.#pattern = pattern;
    this.#variables = variables;
    this.#template = parseTemplate(pattern, variables);
    const { tokens } = this.#template;
    this.#matcher = tokens === undefined ? undefined : compileWildcards(tokens);
  }

  /** A pattern with a variable that has no value matches nothing. */
  matches(target: ResourceTarget, context: RequestContext): Truth {
    if (this.#matcher !== undefined && target.rewrite === undefined) return this.#matcher(target.arn);
    const pattern = target.rewrite?.(this.#pattern) ?? this.#pattern;
    const template = pattern === this.#pattern ? this.#template : parseTemplate(pattern, this.#variables);
    const resolved = resolveTemplate(template, (key) => context.get(key), anyRun);
    if (resolved.state === 'absent') return false;
    const matches = compileWildcards(resolved.tokens)(target.arn);
    if (resolved.state === 'known' || !matches) return matches;
    const [key = ''] = resolved.keys;
    return test(key, classOfKey(key), 'names the resource in', [pattern]);
  }

  /** Whether all variables of the pattern have a value. */
  valid(context: RequestContext): Truth {
    return presenceOf(resolveTemplate(this.#template, (key) => context.get(key), anyRun));
  }
}
