// The Resource or NotResource of a statement, compiled once for all statements that have the same.

import type { RequestContext } from '../policy/context.ts';
import type { Effect, ResourceElement } from '../policy/document.ts';
import { parseTemplate, resolveTemplate, type Template } from '../policy/variables.ts';
import { anyOne, anyRun, compileWildcards, type Matcher, type Token } from '../policy/wildcards.ts';
import { ownAccount, withAccount } from './own-account.ts';
import { relationOf, type Relation } from './pattern-relation.ts';
import { either, maybe, no, opposite, yes, type Tri } from './tri.ts';

/** A pattern with what can be prepared without knowing the account, the request or its context. */
interface CompiledPattern {
  readonly text: string;
  /** The pattern names the account that the document belongs to. */
  readonly ofAccount: boolean;
  /** There when the pattern holds policy variables. */
  readonly template: Template | undefined;
  /** There when neither account nor variables are left to fill in. */
  readonly matcher: Matcher | undefined;
}

export class ResourceSet {
  readonly id: number;
  /** True when the answer does not depend on the account that the document belongs to. */
  readonly universal: boolean;
  /** True when the answer depends on the request's context. */
  readonly contextual: boolean;
  readonly #not: boolean;
  readonly #allow: boolean;
  readonly #patterns: readonly CompiledPattern[];

  /** @param abstracted whether the stand-in for the own account was put into the document */
  constructor(id: number, element: ResourceElement, variables: boolean, effect: Effect, abstracted: boolean) {
    this.id = id;
    this.#not = element.not;
    this.#allow = effect === 'Allow';
    this.#patterns = element.patterns.map((text) => compilePattern(text, variables, abstracted));
    this.universal = !this.#patterns.some((pattern) => pattern.ofAccount);
    this.contextual = this.#patterns.some((pattern) => pattern.template !== undefined);
  }

  /** Whether the element covers the resource, in a document of the account. */
  covers(arn: string, account: string, context: RequestContext): Tri {
    let found: Tri = no;
    for (const pattern of this.#patterns) {
      const matches = matchPattern(pattern, arn, account, context);
      // A variable without a value excludes nothing, which would widen an Allow: AWS calls such a statement invalid.
      if (matches === undefined) {
        if (this.#not && this.#allow) return no;
        continue;
      }
      found = either(found, matches);
      if (found === yes) break;
    }
    return this.#not ? opposite(found) : found;
  }

  /** Whether the element covers all resources of a family: `maybe` when only some of them, or when it cannot be told. */
  coversFamily(family: string, account: string, context: RequestContext): Tri {
    let found: Tri = no;
    for (const pattern of this.#patterns) {
      const relation = relatePattern(pattern, family, account, context);
      if (relation === undefined) {
        if (this.#not && this.#allow) return no;
        continue;
      }
      found = either(found, relation);
    }
    return this.#not ? opposite(found) : found;
  }
}

function compilePattern(text: string, variables: boolean, abstracted: boolean): CompiledPattern {
  const ofAccount = abstracted && text.includes(ownAccount);
  const template = parseTemplate(text, variables);
  if (template.tokens === undefined) return { text, ofAccount, template, matcher: undefined };
  return { text, ofAccount, template: undefined, matcher: ofAccount ? undefined : compileWildcards(template.tokens) };
}

/** Undefined when a variable of the pattern has no value in this request. */
function matchPattern(
  pattern: CompiledPattern,
  arn: string,
  account: string,
  context: RequestContext,
): Tri | undefined {
  if (pattern.matcher !== undefined) return pattern.matcher(arn) ? yes : no;
  const resolved = resolve(pattern, account, context);
  if (resolved === undefined) return undefined;
  if (!compileWildcards(resolved.tokens)(arn)) return no;
  return resolved.certain ? yes : maybe;
}

const relations: Readonly<Record<Relation, Tri>> = { all: yes, some: maybe, none: no };

function relatePattern(
  pattern: CompiledPattern,
  family: string,
  account: string,
  context: RequestContext,
): Tri | undefined {
  const resolved = resolve(pattern, account, context);
  if (resolved === undefined) return undefined;
  // Wildcard characters that a variable brought in are plain text; read as wildcards they can only cover more.
  const literal = resolved.tokens.every((token) => typeof token !== 'string' || !/[*?]/.test(token));
  const relation = relations[relationOf(patternText(resolved.tokens), family)];
  return relation === yes && !(resolved.certain && literal) ? maybe : relation;
}

function resolve(
  pattern: CompiledPattern,
  account: string,
  context: RequestContext,
): { tokens: readonly Token[]; certain: boolean } | undefined {
  const { template } = pattern;
  if (template !== undefined && !pattern.ofAccount) return fill(template, context);
  return fill(parseTemplate(withAccount(pattern.text, account), template !== undefined), context);
}

function fill(template: Template, context: RequestContext): { tokens: readonly Token[]; certain: boolean } | undefined {
  const resolved = resolveTemplate(template, (key) => context.get(key), anyRun);
  return resolved.state === 'absent' ? undefined : { tokens: resolved.tokens, certain: resolved.state === 'known' };
}

function patternText(tokens: readonly Token[]): string {
  return tokens.map((token) => (token === anyRun ? '*' : token === anyOne ? '?' : token)).join('');
}
