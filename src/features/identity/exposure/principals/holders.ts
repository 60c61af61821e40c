// Users and roles of one account with everything that decides what they may do: all their policies, those of their
// groups, and their boundary.

import { isUnread } from '../../../../domain/evidence.ts';
import type { Resource } from '../../../../domain/resource.ts';
import type { AttachedPolicy, InlinePolicy } from '../../../../domain/resources/iam.ts';
import type { PolicyDocument, PolicyKind } from '../../policy/document.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { type RolePrincipal, type UserPrincipal, parsePrincipal } from '../../policy/principal.ts';
import { type ContextValues, principalTagContext } from '../../questions/known-context.ts';

export interface IamEvidence {
  readonly users: readonly Resource<'AWS::IAM::User'>[];
  readonly roles: readonly Resource<'AWS::IAM::Role'>[];
  readonly groups: readonly Resource<'AWS::IAM::Group'>[];
  readonly policies: readonly Resource<'AWS::IAM::Policy'>[];
}

export interface HeldPolicy {
  readonly document: PolicyDocument;
  /** Undefined for inline policies. */
  readonly arn: string | undefined;
  /** True for policies that the account can change. */
  readonly editable: boolean;
  /** True when it is the holder's own, and not a group's. */
  readonly own: boolean;
}

/** A user, a role, or a group asked as if it were a user. */
export interface Holder {
  readonly arn: string;
  readonly name: string;
  readonly type: 'user' | 'role' | 'group';
  readonly principal: UserPrincipal | RolePrincipal;
  readonly policies: readonly HeldPolicy[];
  readonly boundary: PolicyDocument | undefined;
  /** Roles only. */
  readonly trust: PolicyDocument | undefined;
  /** ARNs of the groups of a user. */
  readonly groups: readonly string[];
  readonly hasInstanceProfile: boolean;
  /** What its requests carry: its tags. */
  readonly context: ContextValues;
  /** Why something of it is not known, as sentences. */
  readonly faults: readonly string[];
  /** True when a policy or group is not in the evidence: what is there may be denied by what is not. */
  readonly lacking: boolean;
}

export interface Holders {
  /** Without service-linked roles, which AWS manages and nobody can change or pass. */
  readonly principals: readonly Holder[];
  readonly groups: readonly Holder[];
}

interface Attaching {
  readonly inlinePolicies: readonly InlinePolicy[];
  readonly attachedPolicies: readonly AttachedPolicy[];
}

/** Puts the holders of an account together. A policy or group that is not in the evidence is a fault of its holders. */
export function holdersOf(evidence: IamEvidence): Holders {
  const shelf = new Shelf(evidence.policies);
  const groups = new Map(evidence.groups.map((group) => [group.name, group]));
  const principals: Holder[] = [];
  for (const user of evidence.users) {
    const part = new Part(shelf);
    part.attach(user.config, true, '');
    for (const name of user.config.groups) {
      const group = groups.get(name);
      if (group === undefined) part.lack(`The group ${name}`);
      else part.attach(group.config, false, ` of group ${name}`);
    }
    const arns = user.config.groups.flatMap((name) => groups.get(name)?.arn ?? []);
    principals.push(part.holder(user, 'user', { groups: arns }));
  }
  for (const role of evidence.roles) {
    if (role.config.path.startsWith('/aws-service-role/')) continue;
    const part = new Part(shelf);
    part.attach(role.config, true, '');
    const trust = part.read(role.config.trustPolicy, 'its trust policy', 'trust');
    principals.push(
      part.holder(role, 'role', { trust, hasInstanceProfile: role.config.instanceProfileArns.length > 0 }),
    );
  }
  const groupHolders = evidence.groups.map((group) => {
    const part = new Part(shelf);
    part.attach(group.config, true, '');
    return part.holder(group, 'group', {});
  });
  return { principals, groups: groupHolders };
}

/** Managed policies, each parsed once for all who have it. */
class Shelf {
  readonly #policies: ReadonlyMap<string, Resource<'AWS::IAM::Policy'>>;
  readonly #parsed = new Map<string, PolicyDocument>();

  constructor(policies: IamEvidence['policies']) {
    this.#policies = new Map(policies.map((policy) => [policy.arn, policy]));
  }

  find(arn: string, kind: PolicyKind): { document: PolicyDocument; awsManaged: boolean } | undefined {
    const policy = this.#policies.get(arn);
    if (policy === undefined) return undefined;
    const key = `${kind} ${arn}`;
    let document = this.#parsed.get(key);
    if (document === undefined) {
      document = parsePolicy(policy.config.document, { name: `policy ${policy.name}`, kind });
      this.#parsed.set(key, document);
    }
    return { document, awsManaged: policy.config.awsManaged };
  }
}

type Owner = Resource<'AWS::IAM::User'> | Resource<'AWS::IAM::Role'> | Resource<'AWS::IAM::Group'>;

class Part {
  readonly #shelf: Shelf;
  readonly #policies: HeldPolicy[] = [];
  readonly #faults: string[] = [];
  #lacking = false;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  read(text: string, name: string, kind: PolicyKind): PolicyDocument {
    return this.#checked(parsePolicy(text, { name, kind }));
  }

  attach({ inlinePolicies, attachedPolicies }: Attaching, own: boolean, of: string): void {
    for (const { name, document } of inlinePolicies) {
      const parsed = this.read(document, `inline policy ${name}${of}`, 'identity');
      this.#policies.push({ document: parsed, arn: undefined, editable: false, own });
    }
    for (const { arn } of attachedPolicies) {
      const found = this.#managed(arn, 'identity');
      if (found !== undefined) {
        this.#policies.push({ document: found.document, arn, editable: !found.awsManaged, own });
      }
    }
  }

  holder(
    { arn, name, config, tags }: Owner,
    type: Holder['type'],
    more: Partial<Pick<Holder, 'trust' | 'groups' | 'hasInstanceProfile'>>,
  ): Holder {
    const limit = 'permissionsBoundaryArn' in config ? config.permissionsBoundaryArn : null;
    const boundary = limit === null ? undefined : this.#managed(limit, 'permissions-boundary')?.document;
    const documents = this.#policies.map(({ document }) => document);
    const known = isUnread(tags) || type === 'group' ? undefined : tags;
    const asking = type === 'role' ? 'role' : 'user';
    return {
      arn,
      name,
      type,
      principal: principalOf(arn),
      policies: this.#policies,
      boundary,
      trust: undefined,
      groups: [],
      hasInstanceProfile: false,
      context: principalTagContext(asking, known, boundary === undefined ? documents : [...documents, boundary]),
      faults: this.#faults,
      lacking: this.#lacking,
      ...more,
    };
  }

  lack(what: string): void {
    this.#lacking = true;
    this.#faults.push(`${what} is not in the evidence.`);
  }

  #managed(arn: string, kind: PolicyKind): ReturnType<Shelf['find']> {
    const found = this.#shelf.find(arn, kind);
    if (found === undefined) this.lack(`The policy ${arn}`);
    else this.#checked(found.document);
    return found;
  }

  #checked(document: PolicyDocument): PolicyDocument {
    const fault = document.problems.find(({ severity }) => severity === 'error');
    if (fault !== undefined) this.#faults.push(`The ${document.name} cannot be read in full: ${fault.message}`);
    return document;
  }
}

/** A group stands for a user of no particular name who is in it. */
function principalOf(arn: string): Holder['principal'] {
  const principal = parsePrincipal(arn.replace(/:group\/.*$/, ':user/somebody'));
  if (principal?.kind !== 'user' && principal?.kind !== 'role') throw new Error(`${arn} is no user, role or group.`);
  return principal;
}
