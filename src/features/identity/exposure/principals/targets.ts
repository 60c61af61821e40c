// What the ways of the tables can lead to in one account: found once for all holders.

import type { PolicyDocument } from '../../policy/document.ts';
import { evaluate } from '../../policy/evaluate.ts';
import { noPolicies } from '../../policy/policies.ts';
import { type Around, Asking } from './asking.ts';
import { gainUnder } from '../gainful.ts';
import type { HeldPolicy, Holder } from './holders.ts';
import type { Target } from './identity-rows.ts';

/** One thing that a way can lead to. */
export interface Candidate {
  /** What the action is allowed on. */
  readonly resource: string;
  /** Who is gained: the holder itself, or somebody else. */
  readonly gained: Holder;
}

/** Sets of holders as they are known so far. */
export interface Strong {
  readonly groups: readonly Holder[];
  readonly users: readonly Holder[];
  readonly roles: readonly Holder[];
}

export class Targets {
  readonly #around: Around;
  readonly #users: readonly Holder[];
  readonly #roles: readonly Holder[];
  readonly #policies: readonly Candidate[];
  readonly #bounded: readonly Holder[];
  /** By boundary: what it leaves is taken to be the same for all who have it. */
  readonly #limits = new Map<PolicyDocument, boolean>();
  readonly #admitted = new Map<string, boolean>();

  constructor(principals: readonly Holder[], around: Around) {
    this.#around = around;
    const free = principals.filter((holder) => !this.isLimited(holder));
    this.#users = free.filter(({ type }) => type === 'user');
    this.#roles = free.filter(({ type }) => type === 'role');
    this.#policies = this.#roles.flatMap((gained) =>
      gained.policies.filter(isEditable).map(({ arn }) => ({ resource: arn, gained })),
    );
    this.#bounded = principals.filter(
      (holder) =>
        holder.type === 'role' &&
        this.isLimited(holder) &&
        new Asking(holder, around, { boundary: true }).isAdministrator,
    );
  }

  /** Whether a boundary keeps the holder from what its policies may come to say. */
  isLimited(holder: Holder): boolean {
    const { boundary } = holder;
    if (boundary === undefined) return false;
    let limits = this.#limits.get(boundary);
    if (limits === undefined) {
      const alone: HeldPolicy = { document: boundary, arn: undefined, editable: false, own: true };
      limits = !new Asking({ ...holder, policies: [alone], boundary: undefined }, this.#around).isAdministrator;
      this.#limits.set(boundary, limits);
    }
    return limits;
  }

  /** Whether a role's trust policy lets a service assume it. */
  admits(role: Holder, service: string): boolean {
    const key = `${service} ${role.arn}`;
    const known = this.#admitted.get(key);
    if (known !== undefined) return known;
    const { decision, condition } = evaluate(
      {
        principal: { kind: 'service', name: service },
        action: 'sts:AssumeRole',
        resource: role.arn,
        resourceAccount: this.#around.account,
        context: { values: {}, complete: false },
      },
      { ...noPolicies, resource: role.trust },
    );
    const admitted = role.trust !== undefined && gainUnder(decision, condition) !== undefined;
    this.#admitted.set(key, admitted);
    return admitted;
  }

  /**
   * What a way of the holder can lead to.
   * @param raises whether the holder, with what is left out, can get everything
   */
  of(target: Target, holder: Holder, strong: Strong, raises: Raises): readonly Candidate[] {
    const others = (list: readonly Holder[]): readonly Candidate[] =>
      list.filter(({ arn }) => arn !== holder.arn).map((gained) => ({ resource: gained.arn, gained }));
    const itself = (holds: boolean): readonly Candidate[] => (holds ? [{ resource: holder.arn, gained: holder }] : []);
    switch (target) {
      case 'self':
        return itself(!this.isLimited(holder));
      case 'own-policy':
        if (this.isLimited(holder)) return [];
        return holder.policies.filter(isEditable).map(({ arn }) => ({ resource: arn, gained: holder }));
      case 'own-group':
        return this.isLimited(holder) ? [] : holder.groups.map((resource) => ({ resource, gained: holder }));
      case 'bounded-self':
        return itself(this.isLimited(holder) && raises({ boundary: true }));
      case 'denied-inline':
        return itself(this.#isDeniedBy(holder, raises, ({ arn, own }) => own && arn === undefined));
      case 'denied-attached':
        return itself(this.#isDeniedBy(holder, raises, ({ arn, own }) => own && arn !== undefined));
      case 'strong-group':
        if (this.isLimited(holder)) return [];
        return others(strong.groups).filter(({ resource }) => !holder.groups.includes(resource));
      case 'strong-user':
        return others(strong.users);
      case 'strong-role':
        return others(strong.roles);
      case 'user':
        return others(this.#users);
      case 'role':
        return others(this.#roles);
      case 'policy-of-role':
        return this.#policies.filter(({ gained }) => gained.arn !== holder.arn);
      case 'bounded-role':
        return others(this.#bounded);
    }
  }

  #isDeniedBy(holder: Holder, raises: Raises, which: (policy: HeldPolicy) => boolean): boolean {
    const policies = holder.policies
      .filter((policy) => which(policy) && policy.document.statements.some(({ effect }) => effect === 'Deny'))
      .map(({ document }) => document);
    return policies.length > 0 && raises({ policies });
  }
}

/** Whether the holder could get everything without its boundary, or without some of its policies. */
export type Raises = (without: ConstructorParameters<typeof Asking>[2] & {}) => boolean;

function isEditable(policy: HeldPolicy): policy is HeldPolicy & { arn: string } {
  return policy.editable && policy.arn !== undefined;
}
