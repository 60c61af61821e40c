// Which users and roles of an account can get more than they have, and how: by IAM itself, by handing a stronger role
// to a service, or by becoming somebody who can. Decided by the policy engine, for each holder with all its policies.

import { serviceControlLevels } from '../control-levels.ts';
import type { Account, Organization } from '../../../../domain/account.ts';
import { principalContext } from '../../questions/known-context.ts';
import { type Around, Asking, type Grant } from './asking.ts';
import { type Holder, type IamEvidence, holdersOf } from './holders.ts';
import { type IdentityRow, identityRows } from './identity-rows.ts';
import { passedRoleRows } from './passed-roles.ts';
import { type Candidate, type Raises, type Strong, Targets } from './targets.ts';

/** One way to more permissions. */
export interface EscalationWay {
  readonly id: string;
  /** The ARN of what is gained: the holder's own when it widens itself. */
  readonly gained: string;
  /** True when what is gained is administrator already, and not only on a way to it. */
  readonly administrator: boolean;
  readonly grants: readonly Grant[];
  /** What the evidence does not say, as it follows "if". */
  readonly given: string | undefined;
}

export interface HolderEscalation {
  /** It may do everything already. */
  readonly administrator: boolean;
  readonly ways: readonly EscalationWay[];
  /** What of its own policies is not known, as sentences. */
  readonly faults: readonly string[];
  /** Why there may be more ways than were found, as a sentence. */
  readonly unsure: string | undefined;
}

export interface AccountEscalations {
  /** By ARN; service-linked roles are left out. */
  readonly holders: ReadonlyMap<string, HolderEscalation>;
  /** False when service control policies may apply that could not be read: none was then taken into account. */
  readonly controlsKnown: boolean;
}

const mostWays = 12;
const assume = 'sts:AssumeRole';
const never: Raises = () => false;

/**
 * The ways of every user and role of an account. Left out are those that need a resource which carries a role already
 * (a function, an instance, a stack), because those lie in regions.
 */
export function accountEscalations(
  evidence: IamEvidence,
  account: Account,
  partition: string,
  organization: Organization | undefined,
): AccountEscalations {
  const controls = serviceControlLevels(organization, account);
  const around: Around = {
    partition,
    account: account.id,
    serviceControl: controls ?? [],
    isManagement: account.isManagement,
    context: organization === undefined ? {} : principalContext(organization, account),
  };
  const search = new Search(evidence, around);
  return { holders: search.run(), controlsKnown: controls !== undefined };
}

class Search {
  readonly #holders: ReturnType<typeof holdersOf>;
  readonly #around: Around;
  readonly #targets: Targets;
  readonly #asking: ReadonlyMap<string, Asking>;
  readonly #administrators: ReadonlySet<string>;

  constructor(evidence: IamEvidence, around: Around) {
    this.#holders = holdersOf(evidence);
    this.#around = around;
    const { principals, groups } = this.#holders;
    this.#asking = new Map([...principals, ...groups].map((holder) => [holder.arn, new Asking(holder, around)]));
    this.#administrators = new Set(
      [...this.#asking.values()].flatMap((asking) =>
        !asking.holder.lacking && asking.isAdministrator ? [asking.holder.arn] : [],
      ),
    );
    this.#targets = new Targets(principals, around);
  }

  run(): ReadonlyMap<string, HolderEscalation> {
    const { principals } = this.#holders;
    const found = new Map<string, readonly EscalationWay[]>();
    let strong = this.#strong((arn) => this.#administrators.has(arn));
    let fresh: readonly Holder[];
    do {
      const before = new Set(found.keys());
      for (const holder of principals) {
        if (holder.lacking || this.#administrators.has(holder.arn) || found.has(holder.arn)) continue;
        const ways = this.#waysOf(holder, strong);
        if (ways.length > 0) found.set(holder.arn, ways);
      }
      fresh = principals.filter(({ arn }) => found.has(arn) && !before.has(arn));
      // Whoever becomes one of these can get everything, too; the others are asked for them alone.
      strong = this.#strong((arn) => fresh.some((holder) => holder.arn === arn));
    } while (fresh.length > 0);
    const open = principals.filter(({ arn }) => !this.#administrators.has(arn) && !found.has(arn));
    const doubtful = this.#strong((arn) => open.some((holder) => holder.arn === arn && holder.faults.length > 0));
    return new Map(
      principals.map((holder) => {
        const administrator = this.#administrators.has(holder.arn);
        const ways = found.get(holder.arn) ?? [];
        const settled = administrator || ways.length > 0;
        const unsure = settled ? undefined : this.#doubt(holder, doubtful);
        return [holder.arn, { administrator, ways, faults: holder.faults, unsure }];
      }),
    );
  }

  /** What is not known of the holder, or of somebody whom it can become. */
  #doubt(holder: Holder, doubtful: Strong): string | undefined {
    if (holder.faults[0] !== undefined) return holder.faults[0];
    const [way] = this.#waysOf(holder, doubtful);
    if (way === undefined) return undefined;
    const reached = [...doubtful.users, ...doubtful.roles].find(({ arn }) => arn === way.gained);
    return reached === undefined
      ? undefined
      : `It can become ${reached.name}, of which not all is known: ${reached.faults[0]}`;
  }

  #strong(is: (arn: string) => boolean): Strong {
    const { principals, groups } = this.#holders;
    const chosen = principals.filter(({ arn }) => is(arn));
    return {
      groups: groups.filter(({ arn }) => is(arn)),
      users: chosen.filter(({ type }) => type === 'user'),
      roles: chosen.filter(({ type }) => type === 'role'),
    };
  }

  #waysOf(holder: Holder, strong: Strong): readonly EscalationWay[] {
    const asking = this.#asking.get(holder.arn) ?? new Asking(holder, this.#around);
    const raises: Raises = (without) => {
      const wider = new Asking(holder, this.#around, without);
      if (wider.isAdministrator) return true;
      const bare = without.boundary === true ? { ...holder, boundary: undefined } : holder;
      return this.#identityWays(wider, bare, { groups: [], users: [], roles: [] }, never).length > 0;
    };
    const ways = [...this.#identityWays(asking, holder, strong, raises), ...this.#passedWays(asking, strong)];
    return ways.filter((way) => !ways.some((other) => other !== way && holdsMore(way, other))).slice(0, mostWays);
  }

  #identityWays(asking: Asking, holder: Holder, strong: Strong, raises: Raises): EscalationWay[] {
    return identityRows.flatMap((row): EscalationWay[] => {
      if (row.actor !== undefined && row.actor !== holder.type) return [];
      if (!row.needs.every(([action]) => action === assume || asking.speaksOf(action))) return [];
      for (const candidate of this.#targets.of(row.target, holder, strong, raises)) {
        const grants = grantsOn(asking, row, candidate);
        if (grants !== undefined) return [this.#way(row.id, candidate.gained, grants, row.given)];
      }
      return [];
    });
  }

  #passedWays(asking: Asking, { roles }: Strong): EscalationWay[] {
    const pass = 'iam:PassRole';
    if (roles.length === 0 || !asking.speaksOf(pass)) return [];
    const passing = new Map<string, Grant | undefined>();
    const passedTo = (role: Holder, service: string): Grant | undefined => {
      const key = `${service} ${role.arn}`;
      if (!passing.has(key))
        passing.set(key, asking.may(pass, role.arn, { values: { 'iam:PassedToService': [service] } }));
      return passing.get(key);
    };
    return passedRoleRows.flatMap((row): EscalationWay[] => {
      if (!row.actions.every((action) => asking.speaksOf(action))) return [];
      for (const role of roles) {
        if (role.arn === asking.holder.arn || (row.profile === true && !role.hasInstanceProfile)) continue;
        for (const service of row.services) {
          const passed = this.#targets.admits(role, service) ? passedTo(role, service) : undefined;
          const others = passed === undefined ? [] : row.actions.map((action) => asking.mayAnywhere(action));
          const grants = [passed, ...others].filter((grant) => grant !== undefined);
          if (grants.length === row.actions.length + 1) {
            return [this.#way(row.id, role, grants, row.given === undefined ? undefined : `there is ${row.given}`)];
          }
        }
      }
      return [];
    });
  }

  #way(id: string, gained: Holder, grants: readonly Grant[], given: string | undefined): EscalationWay {
    return { id, gained: gained.arn, administrator: this.#administrators.has(gained.arn), grants, given };
  }
}

function grantsOn(
  asking: Asking,
  { needs }: IdentityRow,
  { resource, gained }: Candidate,
): readonly Grant[] | undefined {
  const grants: Grant[] = [];
  for (const [action, on] of needs) {
    const trust = action === assume ? gained.trust : undefined;
    const grant = asking.may(action, on === 'role' ? gained.arn : resource, { trust });
    if (grant === undefined) return undefined;
    grants.push(grant);
  }
  return grants;
}

/** True when a way needs all that another needs for the same gain, and more. */
function holdsMore(way: EscalationWay, other: EscalationWay): boolean {
  const actions = new Set(way.grants.map(({ action }) => action));
  return (
    way.gained === other.gained &&
    other.grants.length < way.grants.length &&
    other.grants.every(({ action }) => actions.has(action))
  );
}
