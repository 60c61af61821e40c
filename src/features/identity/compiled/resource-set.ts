// The Resource or NotResource of a statement, compiled once for all statements that have the same.

import type { RequestContext } from '../policy/context.ts';
import type { Effect, ResourceElement } from '../policy/document.ts';
import { parseTemplate, presenceOf, resolveTemplate, type Resolved, type Template } from '../policy/variables.ts';
import { anyOne, anyRun, compileWildcards, type Matcher, type Token } from '../policy/wildcards.ts';
import { ownAccount, withAccount } from './own-account.ts';
import { relationOf, type Relation } from './pattern-relation.ts';
import { both, either, maybe, no, opposite, triOf, yes, type Tri } from './tri.ts';

/** A pattern with what can be prepared without knowing the account, the request or its context. */
interface CompiledPattern {
  readonly text: string;
  /** The pattern names the account that the document belongs to. */
  readonly ofAccount: boolean;
  readonly variables: boolean;
  readonly template: Template;
  /** There when neither account nor variables are left to fill in. */
  readonly matcher: Matcher | undefined;
}

/** How a pattern whose account and variables are filled in relates to the resources asked about. */
type Compare = (pattern: CompiledPattern, resolved: Extract<Resolved, { tokens: unknown }>) => Tri;

export class ResourceSet {
  /** True when the answer does not depend on the account that the document belongs to. */
  readonly universal: boolean;
  /** True when the answer depends on the request's context. */
  readonly contextual: boolean;
  readonly #not: boolean;
  readonly #allow: boolean;
  readonly #patterns: readonly CompiledPattern[];
  /** The last answer that depends on neither account nor context. */
  #last: { family: string; held: Tri } | undefined;

  /** @param abstracted whether the stand-in for the own account was put into the document */
  constructor(element: ResourceElement, variables: boolean, effect: Effect, abstracted: boolean) {
    this.#not = element.not;
    this.#allow = effect === 'Allow';
    this.#patterns = element.patterns.map((text) => compilePattern(text, variables, abstracted));
    this.universal = !this.#patterns.some((pattern) => pattern.ofAccount);
    this.contextual = this.#patterns.some((pattern) => pattern.template.tokens === undefined);
  }

  /** Whether the element covers the resource, in a document of the account. */
  covers(arn: string, account: string, context: RequestContext): Tri {
    return this.#judge(account, context, (pattern, { tokens }) => {
      // A pattern with the account's id in it can only match where the ARN has the id too.
      if (pattern.ofAccount && !arn.includes(account)) return no;
      const matches = pattern.matcher ?? compileWildcards(tokens);
      return matches(arn) ? yes : no;
    });
  }

  /** Whether the element covers all resources of a family: `maybe` when only some of them, or when it cannot be told. */
  coversFamily(family: string, account: string, context: RequestContext): Tri {
    const lasting = this.universal && !this.contextual;
    if (lasting && this.#last?.family === family) return this.#last.held;
    const held = this.#relate(family, account, context);
    if (lasting) this.#last = { family, held };
    return held;
  }

  #relate(family: string, account: string, context: RequestContext): Tri {
    return this.#judge(account, context, (_pattern, { tokens }) => {
      // Wildcard characters that a variable brought in are plain text; read as wildcards they can only cover more.
      const literal = tokens.every((token) => typeof token !== 'string' || !/[*?]/.test(token));
      const relation = relations[relationOf(patternText(tokens), family)];
      return literal || relation === no ? relation : maybe;
    });
  }

  #judge(account: string, context: RequestContext, compare: Compare): Tri {
    let found: Tri = no;
    let valid: Tri = yes;
    for (const pattern of this.#patterns) {
      const resolved = resolve(pattern, account, context);
      valid = both(valid, triOf(presenceOf(resolved)));
      // A variable without a value names nothing.
      if (resolved.state === 'absent') continue;
      const held = compare(pattern, resolved);
      found = either(found, resolved.state === 'known' ? held : both(held, maybe));
      if (found === yes) break;
    }
    if (!this.#not) return found;
    // In a NotResource it would exclude nothing, which would widen an Allow: AWS calls such a statement invalid.
    return this.#allow ? both(opposite(found), valid) : opposite(found);
  }
}

const relations: Readonly<Record<Relation, Tri>> = { all: yes, some: maybe, none: no };

function compilePattern(text: string, variables: boolean, abstracted: boolean): CompiledPattern {
  const ofAccount = abstracted && text.includes(ownAccount);
  const template = parseTemplate(text, variables);
  const matcher = template.tokens === undefined || ofAccount ? undefined : compileWildcards(template.tokens);
  return { text, ofAccount, variables, template, matcher };
}

function resolve(pattern: CompiledPattern, account: string, context: RequestContext): Resolved {
  const { template, ofAccount, text, variables } = pattern;
  const own = ofAccount ? parseTemplate(withAccount(text, account), variables) : template;
  return resolveTemplate(own, (key) => context.get(key), anyRun);
}

function patternText(tokens: readonly Token[]): string {
  return tokens.map((token) => (token === anyRun ? '*' : token === anyOne ? '?' : token)).join('');
}
