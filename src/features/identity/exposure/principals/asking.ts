// What one holder may do, all its policies, its boundary and the service control policies of its account together.

import { createContext } from '../../policy/context.ts';
import { evaluate } from '../../policy/evaluate.ts';
import type { PolicyDocument } from '../../policy/document.ts';
import { noPolicies } from '../../policy/policies.ts';
import { type CompiledStatement, statementsOf } from '../../policy/statement.ts';
import type { ContextValues } from '../../questions/known-context.ts';
import { gainUnder } from '../gainful.ts';
import type { Holder } from './holders.ts';

/** One action that is allowed, and by what. */
export interface Grant {
  readonly action: string;
  readonly resource: string;
  /** Empty for none. */
  readonly condition: string;
  /** Statements of the holder's policies that allow it, in words. */
  readonly statements: readonly string[];
}

/** What holds for every holder of the account. */
export interface Around {
  readonly partition: string;
  readonly account: string;
  /** From the root down to the account; empty where none apply or none could be read. */
  readonly serviceControl: readonly (readonly PolicyDocument[])[];
  readonly isManagement: boolean;
  readonly context: ContextValues;
}

/** Stands for a name that nobody chose. */
export const filler = 'q7x1v';
const mostResources = 20;

export class Asking {
  readonly holder: Holder;
  readonly #around: Around;
  readonly #identity: readonly PolicyDocument[];
  readonly #boundary: PolicyDocument | undefined;
  readonly #allows: readonly CompiledStatement[];
  readonly #spoken = new Map<string, readonly CompiledStatement[]>();
  #administrator: boolean | undefined;

  /** @param but what to leave out of account */
  constructor(holder: Holder, around: Around, but: { boundary?: boolean; policies?: readonly PolicyDocument[] } = {}) {
    this.holder = holder;
    this.#around = around;
    this.#identity = holder.policies
      .map(({ document }) => document)
      .filter((one) => but.policies?.includes(one) !== true);
    this.#boundary = but.boundary === true ? undefined : holder.boundary;
    this.#allows = this.#identity.flatMap(statementsOf).filter(({ statement }) => statement.effect === 'Allow');
  }

  /** Whether any statement speaks of the action: without one there is nothing to ask. */
  speaksOf(action: string): boolean {
    return this.#speaking(action).length > 0;
  }

  #speaking(action: string): readonly CompiledStatement[] {
    let statements = this.#spoken.get(action);
    if (statements === undefined) {
      const name = action.toLowerCase();
      statements = this.#allows.filter(({ matchesAction }) => matchesAction(name));
      this.#spoken.set(action, statements);
    }
    return statements;
  }

  /** Whether any statement could allow it: much quicker than to decide it. */
  #couldDo(action: string, arn: string): boolean {
    return this.#speaking(action).some(({ matchesResource }) => matchesResource({ arn }, nothingKnown) !== false);
  }

  /**
   * Whether the action is allowed on the resource, or can be.
   * @param more what the request carries, and the trust policy of a role that is to be assumed
   */
  may(
    action: string,
    resource: string,
    more: { values?: ContextValues; trust?: PolicyDocument | undefined } = {},
  ): Grant | undefined {
    const named = more.trust !== undefined && admitsByName(more.trust, this.holder.arn);
    if (!named && !this.#couldDo(action, resource)) return undefined;
    const { serviceControl, isManagement, context, account } = this.#around;
    const { principal, context: tags } = this.holder;
    const answer = evaluate(
      {
        principal,
        action,
        resource,
        resourceAccount: account,
        context: { values: { ...context, ...tags, ...more.values }, complete: false },
      },
      {
        ...noPolicies,
        identity: this.#identity,
        permissionsBoundary: this.#boundary,
        serviceControl,
        principalInManagementAccount: isManagement,
        resourceInManagementAccount: isManagement,
        resource: more.trust,
      },
    );
    const condition = gainUnder(answer.decision, answer.condition);
    if (condition === undefined) return undefined;
    const own = new Set(this.#identity.map(({ name }) => name));
    const statements = answer.statements
      .filter(({ policy, effect }) => effect === 'Allow' && own.has(policy))
      .map(({ policy, sid, place }) => `${sid ?? ordinal(place)} of ${policy}`);
    return { action, resource, condition, statements: [...new Set(statements)] };
  }

  /** Whether the action is allowed on something: of any name, or of one that the holder's own policies name. */
  mayAnywhere(action: string): Grant | undefined {
    let found: Grant | undefined;
    for (const resource of this.#resourcesFor(action)) {
      const grant = this.may(action, resource);
      if (grant?.condition === '') return grant;
      found ??= grant;
    }
    return found;
  }

  /** Whether it may do everything, IAM included: PowerUserAccess and its like may not. */
  get isAdministrator(): boolean {
    const { partition, account } = this.#around;
    // No service has the first action: whoever may do it may do everything that no statement names.
    this.#administrator ??=
      this.speaksOf(anything) &&
      this.may(anything, '*') !== undefined &&
      this.may('iam:PutRolePolicy', `arn:${partition}:iam::${account}:role/${filler}`) !== undefined;
    return this.#administrator;
  }

  #resourcesFor(action: string): readonly string[] {
    const service = action.slice(0, action.indexOf(':'));
    const named = this.#speaking(action)
      .filter(({ statement }) => statement.resources?.not === false)
      .flatMap(({ statement }) => statement.resources?.patterns ?? [])
      .filter((pattern) => new RegExp(`^arn:[^:]*:(?:${service}|\\*):`).test(pattern))
      .map((pattern) => pattern.replaceAll(/\$\{[^}]*\}|\*/g, filler).replaceAll('?', 'q'));
    return [...new Set(['*', ...named])].slice(0, mostResources);
  }
}

const anything = 'vedette:AnythingAtAll';
const nothingKnown = createContext({ values: {}, complete: false });

/** Whom a trust policy of the same account names needs no permission of its own. */
function admitsByName(trust: PolicyDocument, arn: string): boolean {
  return trust.statements.some(
    ({ effect, principals }) =>
      effect === 'Allow' &&
      (principals?.not === true ||
        principals?.entries.some((entry) => entry.kind === 'everyone' || entry.value === arn) === true),
  );
}

/** `/Statement/1` as `statement 2`. */
function ordinal(place: string): string {
  const index = /^\/Statement\/(\d+)/.exec(place)?.[1];
  return index === undefined ? 'the statement' : `statement ${Number(index) + 1}`;
}
