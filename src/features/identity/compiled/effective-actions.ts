// All actions of a principal at once: what each layer says as sets, and the sets put together.

import { addAll, removeAll, type Bitset } from '../actions/bitset.ts';
import { matchesWildcard } from '../actions/wildcard.ts';
import { createContext, type ContextInput } from '../policy/context.ts';
import { filledKeys } from '../policy/fill-context.ts';
import { targetOf } from '../policy/judge-resource.ts';
import { accountOf, isInAccount, type Principal } from '../policy/principal.ts';
import { actionRules, type ContextGroup } from './action-rules.ts';
import { combineLane, isOpen, type SetLayers } from './combine-sets.ts';
import type { CompiledPolicies } from './compiled-policies.ts';
import { effectOf, isSteady, isUniversal, mergeFindings } from './document-effect.ts';
import type { QuestionPart, SetFindings, SetQuestion } from './document-effect.ts';
import type { CompiledDocument } from './library.ts';
import { relationOf, type Relation } from './pattern-relation.ts';
import { patchResourceSpecials } from './resource-specials.ts';
import { hasPolicies, underServiceControl } from './scope.ts';

export interface EffectiveActions {
  /** Allowed on every resource asked about, whatever is unknown. Numbers as in `sortedActions`. */
  readonly allowed: Bitset;
  /** Allowed under conditions that could not be decided, or on some of the resources only. */
  readonly conditional: Bitset;
}

export interface ResourceQuestion {
  /** An ARN, a pattern of ARNs such as `arn:aws:s3:::reports/*`, or `*` for any resource whatever. */
  readonly resources: string;
  /** The account that owns them, where it is known and one. */
  readonly resourceAccount?: string | undefined;
  /** Reads `*` as the resource of actions that have none, instead of as any resource. */
  readonly withoutResource?: boolean;
}

/**
 * Asks for all actions of many principals on the same resources. What policies say without regard to the principal is
 * worked out once for each distinct document, and once for each list of documents that is passed as the same array.
 */
export class ActionAnalysis {
  readonly #question: ResourceQuestion;
  readonly #single: boolean;
  readonly #effects = new Map<string, SetFindings>();
  readonly #layers = new WeakMap<readonly CompiledDocument[], Map<string, SetFindings>>();

  constructor(question: ResourceQuestion) {
    this.#question = question;
    this.#single = question.withoutResource === true || !/[*?]/.test(question.resources);
  }

  /**
   * The actions that the principal may call.
   *
   * @param context what is known about the requests; keys that are not named count as unknown unless it is complete
   */
  effectiveActions(principal: Principal, policies: CompiledPolicies, context: ContextInput): EffectiveActions {
    const account = accountOf(principal);
    const { resources } = this.#question;
    const resourceAccount = this.#question.resourceAccount ?? account;
    const parts = actionRules().contexts.map((group) => this.#part(group, principal, context, resourceAccount));
    const question: SetQuestion = {
      principal,
      hasBoundary: policies.permissionsBoundary !== undefined && principal.kind !== 'root',
      single: this.#single,
      parts,
      uniform: parts.every((part) => part.resources === parts[0]?.resources),
    };
    const layers = this.#layersOf(principal, policies, question, resourceAccount);
    const allowed = combineLane(layers, 'certain');
    const conditional = isOpen(layers) ? combineLane(layers, 'possible') : allowed.slice();
    const request = { principal, resource: resources, resourceAccount, context };
    patchResourceSpecials(request, this.#single, policies, allowed, conditional);
    if (isInAccount(principal)) {
      addAll(allowed, actionRules().free);
      addAll(conditional, actionRules().free);
    }
    removeAll(conditional, allowed);
    return { allowed, conditional };
  }

  /** The question for the actions whose requests carry the same keys. */
  #part(
    { action, actions, keys }: ContextGroup,
    principal: Principal,
    context: ContextInput,
    resourceAccount: string | undefined,
  ): QuestionPart {
    const { resources } = this.#question;
    const filled = filledKeys(principal, action, resources, resourceAccount, context.complete);
    // What the pattern leaves open about the resources is not absent.
    if (!this.#single) for (const key of keys) if (!filled.has(key)) filled.set(key, { state: 'unknown' });
    const { arn } = this.#single ? targetOf({ principal, action, resource: resources, context }) : { arn: resources };
    return { actions, context: createContext(context, filled), resources: arn };
  }

  #layersOf(
    principal: Principal,
    policies: CompiledPolicies,
    question: SetQuestion,
    resourceAccount: string | undefined,
  ): SetLayers {
    const account = accountOf(principal) ?? '';
    const judge = (documents: readonly CompiledDocument[], owner: string): SetFindings =>
      this.#judge(documents, owner, question);
    const own = hasPolicies(principal);
    const session = own && principal.kind !== 'user' ? policies.session : [];
    const limited = session.length > 0 || principal.kind === 'federated-user';
    const serviceControl = underServiceControl(principal, policies.principalInManagementAccount);
    const resourceControl =
      !policies.resourceInManagementAccount && !(principal.kind === 'role' && principal.serviceLinked);
    return {
      principal,
      sameAccount: isInAccount(principal) && account === resourceAccount,
      keys: this.#relation('key/*'),
      keysOrAliases: this.#relation('key/*', 'alias/*'),
      managedKeys: this.#relation('alias/aws/*'),
      identity: own ? judge(policies.identity, account) : undefined,
      boundary: own && policies.permissionsBoundary ? judge([policies.permissionsBoundary], account) : undefined,
      session: limited ? judge(session, account) : undefined,
      resource: policies.resource && judge([policies.resource], resourceAccount ?? ''),
      guards: [
        ...(serviceControl ? policies.serviceControl : []).map((level) => judge(level, '')),
        ...(policies.vpcEndpoint ? [judge([policies.vpcEndpoint], '')] : []),
      ],
      denies: (resourceControl ? policies.resourceControl : []).map((level) => judge(level, '')),
    };
  }

  /** How the resources relate to those whose ARNs end in one of the patterns. */
  #relation(...endings: readonly string[]): Relation {
    const { resources } = this.#question;
    const patterns = endings.map((ending) => `arn:*:*:*:*:${ending}`);
    if (this.#single) return patterns.some((pattern) => matchesWildcard(pattern, resources)) ? 'all' : 'none';
    const relations = patterns.map((pattern) => relationOf(pattern, resources));
    if (relations.includes('all')) return 'all';
    return relations.includes('some') ? 'some' : 'none';
  }

  /** What documents say together, remembered where it does not depend on the principal. */
  #judge(documents: readonly CompiledDocument[], account: string, question: SetQuestion): SetFindings {
    let known = this.#layers.get(documents);
    const owner = `${account} ${partitionOf(question.principal)}`;
    const found = known?.get(owner);
    if (found !== undefined) return found;
    const findings = mergeFindings(documents.map((document) => this.#effect(document, account, question)));
    if (documents.every(isSteady)) {
      if (known === undefined) this.#layers.set(documents, (known = new Map()));
      known.set(owner, findings);
    }
    return findings;
  }

  #effect(document: CompiledDocument, account: string, question: SetQuestion): SetFindings {
    if (!isSteady(document)) return effectOf(document, account, question);
    const key = `${document.id} ${isUniversal(document) ? '' : account} ${partitionOf(question.principal)}`;
    const known = this.#effects.get(key);
    if (known !== undefined) return known;
    const effect = effectOf(document, account, question);
    this.#effects.set(key, effect);
    return effect;
  }
}

/** The partition decides by which ARN S3 knows actions without a resource. */
function partitionOf(principal: Principal): string {
  return 'partition' in principal ? principal.partition : 'aws';
}
