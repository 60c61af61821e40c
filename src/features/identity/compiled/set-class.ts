// What is worked out about all actions once for all principals that have account, kind and context in common.

import { createContext, type ContextInput, type RequestContext } from '../policy/context.ts';
import { filledKeys } from '../policy/fill-context.ts';
import { targetOf } from '../policy/judge-resource.ts';
import type { Principal } from '../policy/principal.ts';
import { actionRules, type ContextGroup } from './action-rules.ts';
import { combineGuards, type Guards, type ResourceKinds } from './combine-sets.ts';
import type { CompiledPolicies } from './compiled-policies.ts';
import type { ConditionProgram } from './condition-program.ts';
import { effectOf, type Holds, type SetFindings, type SetQuestion } from './document-effect.ts';
import type { CompiledDocument, CompiledStatement } from './compiled-document.ts';
import { underServiceControl } from './scope.ts';
import { both, no, yes, type Tri } from './tri.ts';

/** The resources that an analysis is about. */
export interface ResourceScope {
  readonly resources: string;
  readonly resourceAccount: string | undefined;
  /** True when they are one resource, or the `*` of actions that have none. */
  readonly single: boolean;
  readonly kinds: ResourceKinds;
}

/** Makes the question of one principal, once it is needed. */
export type Asker = () => SetQuestion;

/** What lists of documents say to a class, the last answers of an analysis: some kilobytes each, so they are few. */
export type FindingsMemo = Map<object, { members: SetClass; account: string; findings: SetFindings }>;
const mostFindings = 1024;

export class SetClass {
  readonly #scope: ResourceScope;
  readonly #context: ContextInput;
  readonly #memo: FindingsMemo;
  /** The resources in each part of the question. */
  readonly #targets: readonly string[];
  readonly #uniform: boolean;
  /** Whether conditions hold, by part, for those that say the same to the whole class. */
  readonly #held = new Map<ConditionProgram, { account: string; parts: (Tri | undefined)[] }>();
  #guards: { of: CompiledPolicies; guards: Guards } | undefined;

  /** @param principal one of the class */
  constructor(scope: ResourceScope, principal: Principal, context: ContextInput, memo: FindingsMemo) {
    this.#scope = scope;
    this.#context = context;
    this.#memo = memo;
    this.#targets = actionRules().contexts.map(({ action }) =>
      scope.single ? targetOf({ principal, action, resource: scope.resources, context }).arn : scope.resources,
    );
    this.#uniform = new Set(this.#targets).size === 1;
  }

  /** The question of one principal. */
  questionOf(principal: Principal, hasBoundary: boolean): SetQuestion {
    const contexts = actionRules().contexts.map((group) => this.#contextOf(group, principal));
    return { principal, hasBoundary, contexts };
  }

  /**
   * What documents of one account say together.
   *
   * @param key tells the documents from others: the list that holds them, or the only one
   */
  judge(key: object, documents: readonly CompiledDocument[], account: string, asker: Asker): SetFindings {
    const known = this.#memo.get(key);
    if (known?.members === this && known.account === account) return known.findings;
    const parts = actionRules().contexts.map((group) => group.actions);
    const holds: Holds = (statement, part) => this.#holds(statement, part, account, asker);
    const findings = effectOf(documents, account, parts, this.#uniform, holds, asker);
    if (!documents.some((document) => document.ofPrincipal)) {
      if (this.#memo.size >= mostFindings) this.#memo.clear();
      this.#memo.set(key, { members: this, account, findings });
    }
    return findings;
  }

  /** SCPs, RCPs and the policy of a VPC endpoint together. */
  guards(policies: CompiledPolicies, principal: Principal, asker: Asker): Guards {
    const { serviceControl, resourceControl, vpcEndpoint } = policies;
    if (this.#guards !== undefined && sameGuards(this.#guards.of, policies)) return this.#guards.guards;
    const linked = principal.kind === 'role' && principal.serviceLinked;
    const scps = underServiceControl(principal, policies.principalInManagementAccount) ? serviceControl : [];
    const rcps = policies.resourceInManagementAccount || linked ? [] : resourceControl;
    const ends = vpcEndpoint === undefined ? [] : [[vpcEndpoint]];
    const judge = (level: readonly CompiledDocument[]): SetFindings => this.judge(level, level, '', asker);
    const guards = combineGuards([...scps, ...ends].map(judge), rcps.map(judge), this.#scope.kinds.managedKeys);
    const documents = [...scps, ...ends, ...rcps].flat();
    if (!documents.some((document) => document.ofPrincipal)) this.#guards = { of: policies, guards };
    return guards;
  }

  #holds({ resources, conditions }: CompiledStatement, part: number, account: string, asker: Asker): Tri {
    const target = this.#targets[part] ?? '';
    let covered: Tri = yes;
    if (resources !== undefined) {
      const context = resources.contextual ? asker().contexts[part]! : noContext;
      covered = this.#scope.single
        ? resources.covers(target, account, context)
        : resources.coversFamily(target, account, context);
    }
    if (covered === no || conditions === undefined) return covered;
    return both(covered, this.#conditionsHold(conditions, part, account, asker));
  }

  #conditionsHold(program: ConditionProgram, part: number, account: string, asker: Asker): Tri {
    if (program.ofPrincipal) return program.holds(account, asker().contexts[part]!);
    let known = this.#held.get(program);
    if (known?.account !== account) this.#held.set(program, (known = { account, parts: [] }));
    return (known.parts[part] ??= program.holds(account, asker().contexts[part]!));
  }

  /** The context of requests for the actions that carry the same keys. */
  #contextOf({ action, keys }: ContextGroup, principal: Principal): RequestContext {
    const { resources, resourceAccount, single } = this.#scope;
    const filled = filledKeys(principal, action, resources, resourceAccount, this.#context.complete);
    // What a pattern leaves open about the resources is not absent.
    if (!single) for (const key of keys) if (!filled.has(key)) filled.set(key, { state: 'unknown' });
    return createContext(this.#context, filled);
  }
}

const noContext = createContext({ values: {}, complete: false });

function sameGuards(a: CompiledPolicies, b: CompiledPolicies): boolean {
  return (
    a.serviceControl === b.serviceControl &&
    a.resourceControl === b.resourceControl &&
    a.vpcEndpoint === b.vpcEndpoint &&
    a.principalInManagementAccount === b.principalInManagementAccount &&
    a.resourceInManagementAccount === b.resourceInManagementAccount
  );
}
