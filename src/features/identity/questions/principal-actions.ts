// All actions that a principal can call on resources of its own account, and what each of its limits takes away.

import { canonicalAction } from '../../../domain/iam/actions.ts';
import { actionNumber, sortedActions } from '../actions/action-index.ts';
import { addAll, countBits, keepAll, members, removeAll, removeBit, type Bitset } from '../actions/bitset.ts';
import { isWildcardOnly } from '../actions/resource-types.ts';
import { actionRules } from '../compiled/action-rules.ts';
import { compilePolicies, noCompiledPolicies, type CompiledPolicies } from '../compiled/compiled-policies.ts';
import { ActionAnalysis, type EffectiveActions } from '../compiled/effective-actions.ts';
import { PolicyLibrary } from '../compiled/library.ts';
import type { ControlLevel } from '../evidence/control-levels.ts';
import type { SourcePolicy } from '../evidence/source-policy.ts';
import { documentOf } from '../evidence/source-policy.ts';
import type { ContextInput } from '../policy/context.ts';
import { parsePolicy } from '../policy/parse.ts';
import { noPolicies } from '../policy/policies.ts';
import { accountOf, isInAccount, type Principal } from '../policy/principal.ts';

/** Everything that a principal brings to a question about all actions. */
export interface PrincipalLayers {
  readonly principal: Principal;
  readonly identity: readonly SourcePolicy[];
  readonly permissionsBoundary: SourcePolicy | undefined;
  readonly serviceControl: readonly ControlLevel[];
  readonly inManagementAccount: boolean;
  readonly context: ContextInput;
}

export interface Limit {
  /** The policy's name. */
  readonly policy: string;
  readonly arn: string | null;
  readonly kind: 'service-control' | 'permissions-boundary';
  readonly attachedTo: string;
  /** Actions that would be possible without it, and are not with it. */
  readonly removed: Bitset;
  /** Actions that it leaves, on fewer resources or under more conditions. */
  readonly narrowed: Bitset;
}

export interface PrincipalActions {
  /** On every resource and without conditions, or on some resources or under conditions. */
  readonly effective: OwnActions;
  /** What the identity policies alone would give. */
  readonly granted: EffectiveActions;
  readonly limits: readonly Limit[];
}

let wildcardOnly: Bitset | undefined;

/** The actions that have no resource: they are allowed on `*` or not at all. */
function actionsWithoutResource(size: number): Bitset {
  if (wildcardOnly?.length === size) return wildcardOnly;
  wildcardOnly = new Uint32Array(size);
  for (const [number, action] of sortedActions().entries()) {
    if (isWildcardOnly(action) === true)
      wildcardOnly[number >>> 5] = (wildcardOnly[number >>> 5] ?? 0) | (1 << (number & 31));
  }
  return wildcardOnly;
}

/** All actions of a principal on resources of its own account. */
export interface OwnActions extends EffectiveActions {
  /** Of the conditional ones: those on keys and roles that nothing but the policy of the key or role can stop. */
  readonly leftToResource: Bitset;
}

/**
 * Calls that carry an assertion or token of an identity provider and no credentials: users, roles and root users do not
 * make them, whatever their policies say. Whom they let in is up to the trust policies of roles.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export const callsWithoutCredentials: readonly string[] = ['sts:assumerolewithsaml', 'sts:assumerolewithwebidentity'];

function removeUncalled(principal: Principal, ...sets: readonly Bitset[]): void {
  if (!isInAccount(principal)) return;
  for (const action of callsWithoutCredentials) {
    const number = actionNumber(action);
    if (number !== undefined) for (const set of sets) removeBit(set, number);
  }
}

/** Asks for all actions of any number of principals, with different layers in force. */
export class PrincipalAnalysis {
  readonly #any = new ActionAnalysis({ resources: '*' });
  readonly #none = new ActionAnalysis({ resources: '*', withoutResource: true });
  readonly #library = new PolicyLibrary();
  readonly #lists = new Map<string, CompiledPolicies['identity']>();

  /** All actions of a principal with everything that limits it. */
  effective(layers: PrincipalLayers): OwnActions {
    const { principal, context, permissionsBoundary } = layers;
    const account = accountOf(principal) ?? '';
    return this.actions(principal, context, {
      ...noCompiledPolicies,
      identity: this.#listOf(layers.identity, account),
      permissionsBoundary:
        permissionsBoundary && this.#library.intern(permissionsBoundary.text, 'permissions-boundary', account),
      serviceControl: layers.serviceControl.map((level) => this.#listOf(level.policies)),
      principalInManagementAccount: layers.inManagementAccount,
    });
  }

  /** The same list of documents is the same array, which the engine works out once. */
  #listOf(sources: readonly SourcePolicy[], account?: string): CompiledPolicies['identity'] {
    const documents = sources.map((source) => this.#library.intern(source.text, source.kind, account));
    const key = documents.map((document) => document.id).join(' ');
    const known = this.#lists.get(key);
    if (known === undefined) this.#lists.set(key, documents);
    return known ?? documents;
  }

  /** All actions under the given policies. */
  actions(principal: Principal, context: ContextInput, policies: CompiledPolicies): OwnActions {
    const any = this.#any.effectiveActions(principal, policies, context);
    const none = this.#none.effectiveActions(principal, policies, context);
    const without = actionsWithoutResource(any.allowed.length);
    const left = this.#leftToOthers(principal, policies, context);
    const merge = (withResource: Bitset, withoutResource: Bitset): Bitset => {
      const merged = withResource.slice();
      removeAll(merged, without);
      const rest = withoutResource.slice();
      keepAll(rest, without);
      addAll(merged, rest);
      return merged;
    };
    const allowed = merge(any.allowed, none.allowed);
    const conditional = merge(any.conditional, none.conditional);
    const { whole, partly } = left;
    for (const set of [whole, partly]) addAll(conditional, set);
    removeAll(allowed, conditional);
    removeUncalled(principal, allowed, conditional, whole);
    return { allowed, conditional, leftToResource: whole };
  }

  /**
   * What its own policies give of the actions on keys and roles, whose policies must allow it as well or leave it to the
   * account, as they do by naming it: wholly, or on some resources and under conditions.
   */
  #leftToOthers(
    principal: Principal,
    policies: CompiledPolicies,
    context: ContextInput,
  ): { whole: Bitset; partly: Bitset } {
    const { roleAssumption, kms } = actionRules();
    const others = roleAssumption.slice();
    addAll(others, kms);
    removeAll(others, actionsWithoutResource(others.length));
    const account = accountOf(principal) ?? '';
    const statement = { Effect: 'Allow', Principal: { AWS: account }, Action: '*', Resource: '*' };
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    const resource = this.#library.intern(text, 'resource', account);
    const given = this.#any.effectiveActions(principal, { ...policies, resource }, context);
    const [whole, partly] = [given.allowed.slice(), given.conditional.slice()];
    keepAll(whole, others);
    keepAll(partly, others);
    return { whole, partly };
  }
}

const fullAccess = parsePolicy(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  { name: 'FullAWSAccess', kind: 'service-control' },
);

/** All actions of a principal, with and without its limits. Pure. */
export function principalActions(layers: PrincipalLayers): PrincipalActions {
  const analysis = new PrincipalAnalysis();
  const ask = (policies: CompiledPolicies): OwnActions => analysis.actions(layers.principal, layers.context, policies);
  const library = new PolicyLibrary();
  const base = compilePolicies(library, {
    ...noPolicies,
    identity: layers.identity.map(documentOf),
    principalInManagementAccount: layers.inManagementAccount,
  });
  const boundary = layers.permissionsBoundary && library.add(documentOf(layers.permissionsBoundary));
  const levels = layers.serviceControl.map((level) => ({
    ...level,
    documents: level.policies.map((source) => ({ source, document: library.add(documentOf(source)) })),
  }));
  const full = library.add(fullAccess);
  const granted = ask(base);
  const serviceControl = levels.map((level) => level.documents.map(({ document }) => document));
  const effective = ask({ ...base, permissionsBoundary: boundary, serviceControl });
  const limits: Limit[] = [];
  const add = (about: Omit<Limit, 'removed' | 'narrowed'>, policies: CompiledPolicies): void => {
    const loss = lossOf(granted, ask(policies));
    if (countBits(loss.removed) + countBits(loss.narrowed) > 0) limits.push({ ...about, ...loss });
  };
  if (boundary !== undefined && layers.permissionsBoundary !== undefined) {
    const { name, arn, attachedTo } = layers.permissionsBoundary;
    const about = { policy: name, arn: arn ?? null, kind: 'permissions-boundary', attachedTo } as const;
    add(about, { ...base, permissionsBoundary: boundary });
  }
  for (const { place, documents } of levels) {
    for (const { source, document } of documents) {
      if (!document.statements.some((statement) => statement.deny)) continue;
      const about = {
        policy: source.name,
        arn: source.arn ?? null,
        kind: 'service-control',
        attachedTo: place,
      } as const;
      add(about, { ...base, serviceControl: [[full, document]] });
    }
    // What no policy of the level allows.
    const allowing = documents.filter(({ document }) => document.statements.some((statement) => !statement.deny));
    const names = allowing.map(({ source }) => source.name).join(' and ');
    const about = {
      policy: names === '' ? 'no policy that allows' : names,
      arn: null,
      kind: 'service-control',
    } as const;
    const allows = library.add({
      ...fullAccess,
      statements: allowing.flatMap(({ document }) =>
        document.source.statements.filter(({ effect }) => effect === 'Allow'),
      ),
    });
    add({ ...about, attachedTo: place }, { ...base, serviceControl: [[allows]] });
  }
  return { effective, granted, limits };
}

function lossOf(before: EffectiveActions, after: EffectiveActions): { removed: Bitset; narrowed: Bitset } {
  const removed = before.allowed.slice();
  addAll(removed, before.conditional);
  removeAll(removed, after.allowed);
  removeAll(removed, after.conditional);
  const narrowed = before.allowed.slice();
  keepAll(narrowed, after.conditional);
  return { removed, narrowed };
}

/** The actions of a set as AWS writes them, sorted; the bit of unlisted actions aside. */
export function actionNames(set: Bitset): readonly string[] {
  const sorted = sortedActions();
  const names: string[] = [];
  for (const number of members(set)) {
    const name = sorted[number];
    if (name !== undefined) names.push(canonicalAction(name) ?? name);
  }
  return names;
}
