// Policy documents interned: the same text is parsed once, equal parts of different documents are compiled once, and
// the work of every later question is proportional to what is distinct.

import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../domain/json.ts';
import type { PolicyDocument, PolicyKind, Statement } from '../policy/document.ts';
import { parsePolicy } from '../policy/parse.ts';
import { ActionSets, newAllowance, type Allowance } from './action-set.ts';
import { ConditionProgram } from './condition-program.ts';
import { differsByPrincipal, type CompiledDocument, type CompiledStatement } from './compiled-document.ts';
import { isReversible, withoutAccount } from './own-account.ts';
import { PrincipalMatcher } from './principal-matcher.ts';
import { ResourceSet } from './resource-set.ts';

/** A text longer than this is known by its hash alone. */
const longText = 4096;

export class PolicyLibrary {
  readonly documents: CompiledDocument[] = [];
  readonly #byText = new Map<string, Map<string, CompiledDocument>>();
  readonly #actions = new ActionSets();
  readonly #resources = new Map<string, ResourceSet>();
  readonly #conditions = new Map<string, ConditionProgram>();
  readonly #principals = new Map<string, PrincipalMatcher>();

  /**
   * The compiled document of a policy's text. Never throws: a document that cannot be read denies everything.
   *
   * @param account the account that the policy belongs to; left out for policies of the organisation
   */
  intern(text: string, kind: PolicyKind, account?: string): CompiledDocument {
    const abstracted = account === undefined ? undefined : withoutAccount(text, account);
    if (abstracted !== undefined) {
      const known = this.#find(abstracted, kind, true);
      if (known !== undefined) return known;
      if (isReversible(abstracted)) return this.#keep(abstracted, kind, true);
    }
    return this.#find(text, kind, false) ?? this.#keep(text, kind, false);
  }

  #find(text: string, kind: PolicyKind, abstracted: boolean): CompiledDocument | undefined {
    return this.#byText.get(shelfOf(kind, abstracted))?.get(keyOf(text));
  }

  #keep(text: string, kind: PolicyKind, abstracted: boolean): CompiledDocument {
    const document = this.#compile(parsePolicy(text, { name: kind, kind }), abstracted);
    const shelf = this.#byText.get(shelfOf(kind, abstracted)) ?? new Map<string, CompiledDocument>();
    this.#byText.set(shelfOf(kind, abstracted), shelf);
    shelf.set(keyOf(text), document);
    return document;
  }

  /** Compiles a document that is parsed already; it is not abstracted and not shared with others of its text. */
  add(source: PolicyDocument): CompiledDocument {
    return this.#compile(source, false);
  }

  /** How many distinct parts the documents are made of. */
  get sizes(): { documents: number; actionSets: number; resourceSets: number; conditionPrograms: number } {
    return {
      documents: this.documents.length,
      actionSets: this.#actions.size,
      resourceSets: this.#resources.size,
      conditionPrograms: this.#conditions.size,
    };
  }

  #compile(source: PolicyDocument, abstracted: boolean): CompiledDocument {
    const allowance = newAllowance();
    const statements = source.statements
      .filter((statement) => statement.effect === 'Deny' || statement.sound)
      .map((statement) => this.#compileStatement(statement, source.variables, abstracted, allowance));
    const ofPrincipal = differsByPrincipal(statements);
    const document = { id: this.documents.length, source, abstracted, statements, ofPrincipal };
    this.documents.push(document);
    return document;
  }

  #compileStatement(
    statement: Statement,
    variables: boolean,
    abstracted: boolean,
    allowance: Allowance,
  ): CompiledStatement {
    const { effect, resources, principals, conditions } = statement;
    const mode = `${effect}${variables ? 'V' : ''}${abstracted ? 'A' : ''}`;
    return {
      statement,
      deny: effect === 'Deny',
      actions: this.#actions.of(statement.actions, allowance),
      resources:
        resources &&
        interned(
          this.#resources,
          `${mode}${resources.not ? '!' : ''}${resources.patterns.join('\n')}`,
          () => new ResourceSet(resources, variables, effect, abstracted),
        ),
      principals:
        principals &&
        interned(
          this.#principals,
          `${mode}${canonicalJson(principals)}`,
          () => new PrincipalMatcher(principals, abstracted),
        ),
      conditions:
        conditions.length === 0
          ? undefined
          : interned(
              this.#conditions,
              `${mode}${canonicalJson(conditions.map((condition) => ({ ...condition, place: undefined })))}`,
              () => new ConditionProgram(conditions, variables, abstracted),
            ),
    };
  }
}

function shelfOf(kind: PolicyKind, abstracted: boolean): string {
  return `${kind} ${String(abstracted)}`;
}

function keyOf(text: string): string {
  return text.length > longText ? `${text.length} ${createHash('sha256').update(text).digest('base64')}` : text;
}

function interned<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
