// All actions of a principal at once: what each layer says as sets, and the sets put together.

import { addBit, removeAll, removeBit, type Bitset } from '../actions/bitset.ts';
import { matchesWildcard } from '../actions/wildcard.ts';
import type { ContextInput } from '../policy/context.ts';
import { accountOf, isInAccount, type Principal } from '../policy/principal.ts';
import { actionRules } from './action-rules.ts';
import { combineLane, lanesDiffer, requiredActions, type ResourceKinds, type SetLayers } from './combine-sets.ts';
import type { CompiledPolicies } from './compiled-policies.ts';
import type { SetQuestion } from './document-effect.ts';
import { emptyActions } from './lanes.ts';
import { relationOfNames, type Relation } from './pattern-relation.ts';
import { needsPatch, patchResourceSpecials } from './resource-specials.ts';
import { hasPolicies } from './scope.ts';
import { SetClass, type FindingsMemo, type ResourceScope } from './set-class.ts';

export interface EffectiveActions {
  /** Allowed on every resource asked about, whatever is unknown. Numbers as in `sortedActions`. */
  readonly allowed: Bitset;
  /** Allowed under conditions that could not be decided, or on some of the resources only. */
  readonly conditional: Bitset;
}

export interface ResourceQuestion {
  /** An ARN, a pattern of ARNs such as `arn:aws:s3:::reports/*`, or `*` for any resource whatever. */
  readonly resources: string;
  /** The account that owns them; left out, that of the principal. */
  readonly resourceAccount?: string | undefined;
  /** Reads `*` as the resource of actions that have none, instead of as any resource. */
  readonly withoutResource?: boolean;
}

/**
 * Asks for all actions of many principals on the same resources. What is the same for all principals of an account is
 * worked out once for them; the documents of principals are put together again for each, but for those asked last.
 */
export class ActionAnalysis {
  readonly #question: ResourceQuestion;
  readonly #single: boolean;
  readonly #kinds: ResourceKinds;
  readonly #required: SetLayers['required'];
  readonly #memo: FindingsMemo = new Map();
  readonly #classes = new Map<string, SetClass>();

  constructor(question: ResourceQuestion) {
    this.#question = question;
    this.#single = question.withoutResource === true || !/[*?]/.test(question.resources);
    this.#kinds = {
      keys: this.#relation('key/*'),
      keysOrAliases: this.#relation('key/*', 'alias/*'),
      managedKeys: this.#relation('alias/aws/*'),
    };
    this.#required = requiredActions(this.#kinds);
  }

  /**
   * The actions that the principal may call.
   *
   * @param context what is known about the requests; keys that are not named count as unknown unless it is complete
   */
  effectiveActions(principal: Principal, policies: CompiledPolicies, context: ContextInput): EffectiveActions {
    const layers = this.#layersOf(principal, policies, this.#classOf(principal, context));
    const allowed = combineLane(layers, 'certain', []);
    const { resources, resourceAccount = accountOf(principal) } = this.#question;
    if (needsPatch(policies, resources, this.#single)) {
      const conditional = combineLane(layers, 'possible', []);
      const request = { principal, resource: resources, resourceAccount, context };
      patchResourceSpecials(request, this.#single, policies, allowed, conditional);
      removeAll(conditional, allowed);
      return settled(principal, allowed, conditional);
    }
    const conditional = lanesDiffer(layers) ? combineLane(layers, 'possible', [allowed]) : emptyActions();
    return settled(principal, allowed, conditional);
  }

  #layersOf(principal: Principal, policies: CompiledPolicies, members: SetClass): SetLayers {
    const account = accountOf(principal) ?? '';
    const { resourceAccount = account } = this.#question;
    const { permissionsBoundary, resource } = policies;
    let question: SetQuestion | undefined;
    const hasBoundary = permissionsBoundary !== undefined && principal.kind !== 'root';
    const asker = (): SetQuestion => (question ??= members.questionOf(principal, hasBoundary));
    const own = hasPolicies(principal);
    const session = own && principal.kind !== 'user' ? policies.session : [];
    // A federated user has what his session policies give him; without one, nothing.
    const limited = session.length > 0 || principal.kind === 'federated-user';
    return {
      principal,
      sameAccount: isInAccount(principal) && account === resourceAccount,
      kinds: this.#kinds,
      required: this.#required,
      identity: own ? members.judge(policies.identity, policies.identity, account, asker) : undefined,
      boundary:
        own && permissionsBoundary
          ? members.judge(permissionsBoundary, [permissionsBoundary], account, asker)
          : undefined,
      session: limited ? members.judge(session, session, account, asker) : undefined,
      resource: resource && members.judge(resource, [resource], resourceAccount, asker),
      guards: members.guards(policies, principal, asker),
    };
  }

  #classOf(principal: Principal, context: ContextInput): SetClass {
    const key = `${classKey(principal)} ${JSON.stringify(context)}`;
    let found = this.#classes.get(key);
    if (found === undefined) {
      const { resources, resourceAccount = accountOf(principal) } = this.#question;
      const scope: ResourceScope = { resources, resourceAccount, single: this.#single, kinds: this.#kinds };
      this.#classes.set(key, (found = new SetClass(scope, principal, context, this.#memo)));
    }
    return found;
  }

  /** How the resources relate to those whose ARNs end in one of the patterns. */
  #relation(...endings: readonly string[]): Relation {
    const { resources } = this.#question;
    if (this.#single) {
      return endings.some((ending) => matchesWildcard(`arn:*:*:*:*:${ending}`, resources)) ? 'all' : 'none';
    }
    const relations = endings.map((ending) => relationOfNames(ending, resources));
    if (relations.includes('all')) return 'all';
    return relations.includes('some') ? 'some' : 'none';
  }
}

/** What is given or refused to the kind of principal whatever policies say. */
function settled(principal: Principal, allowed: Bitset, conditional: Bitset): EffectiveActions {
  const { free, refused } = actionRules().callers[principal.kind];
  for (const number of free) addBit(allowed, number);
  for (const number of free) removeBit(conditional, number);
  for (const number of refused) removeBit(allowed, number);
  for (const number of refused) removeBit(conditional, number);
  return { allowed, conditional };
}

/** Principals with the same key differ only in what `CompiledDocument.ofPrincipal` tells of. */
function classKey(principal: Principal): string {
  if (principal.kind !== 'user' && principal.kind !== 'role') return JSON.stringify(principal);
  const linked = principal.kind === 'role' && principal.serviceLinked;
  return `${principal.kind}${linked ? ' linked' : ''} ${principal.partition} ${principal.account}`;
}
