// All principals of an organisation with their policies, held compactly: documents are interned, and principals with the
// same documents share one entry. A million principals take some hundred megabytes, most of it their names.

import { VedetteError } from '../../../domain/errors.ts';
import { parsePrincipal, type AccountPrincipal, type Principal } from '../policy/principal.ts';
import type { CompiledDocument, PolicyLibrary } from './library.ts';

export interface AccountInput {
  readonly id: string;
  /** Texts of the SCPs by level, from the root of the organisation down; no level where SCPs do not apply. */
  readonly serviceControl: readonly (readonly string[])[];
  readonly resourceControl: readonly (readonly string[])[];
  readonly isManagement: boolean;
  /** False where the account's policies could not be read: nothing is said about its principals. */
  readonly readable: boolean;
  /** Keys that all requests of the account's principals carry, such as `aws:PrincipalOrgID`. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

export interface PrincipalInput {
  /** The ARN of a user or a role. */
  readonly arn: string;
  /** Texts of the identity policies, those of groups included. */
  readonly identity: readonly string[];
  readonly permissionsBoundary?: string;
  /** Its tags, where they are known. */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface Account {
  readonly id: string;
  readonly isManagement: boolean;
  readonly readable: boolean;
  readonly context: Readonly<Record<string, readonly string[]>>;
  readonly serviceControl: readonly (readonly CompiledDocument[])[];
  readonly resourceControl: readonly (readonly CompiledDocument[])[];
  /** The account's principals are those from `first` up to, not including, `end`. */
  readonly first: number;
  readonly end: number;
}

/** The documents of principals that have the same. */
export interface Attachments {
  readonly id: number;
  readonly identity: readonly CompiledDocument[];
  readonly permissionsBoundary: CompiledDocument | undefined;
}

export type PrincipalKind = 'user' | 'role' | 'service-linked-role';
export const principalKinds: readonly PrincipalKind[] = ['user', 'role', 'service-linked-role'];

export class PolicyOrganisation {
  readonly library: PolicyLibrary;
  readonly accounts: Account[] = [];
  readonly attachments: Attachments[] = [];
  readonly #byDocuments = new Map<string, Attachments>();
  readonly #arns: string[] = [];
  readonly #tags = new Map<number, Readonly<Record<string, string>>>();
  #attached = new Uint32Array(1024);
  #kinds = new Uint8Array(1024);

  constructor(library: PolicyLibrary) {
    this.library = library;
  }

  /**
   * Adds an account with all its users and roles.
   *
   * @throws VedetteError when a principal is not a user or role of the account
   */
  addAccount(input: AccountInput, principals: Iterable<PrincipalInput>): void {
    const first = this.#arns.length;
    for (const principal of principals) this.#addPrincipal(principal, input.id);
    const { id, isManagement, readable, context } = input;
    const levels = (texts: AccountInput['serviceControl'], kind: 'service-control' | 'resource-control') =>
      texts.map((level) => level.map((text) => this.library.intern(text, kind)));
    this.accounts.push({
      id,
      isManagement,
      readable,
      context,
      serviceControl: levels(input.serviceControl, 'service-control'),
      resourceControl: levels(input.resourceControl, 'resource-control'),
      first,
      end: this.#arns.length,
    });
  }

  /** How many principals there are. */
  get size(): number {
    return this.#arns.length;
  }

  arnOf(principal: number): string {
    return this.#arns[principal] ?? '';
  }

  kindOf(principal: number): PrincipalKind {
    return principalKinds[this.#kinds[principal] ?? 0] ?? 'user';
  }

  attachmentsOf(principal: number): Attachments {
    return this.attachments[this.#attached[principal] ?? 0]!;
  }

  tagsOf(principal: number): Readonly<Record<string, string>> | undefined {
    return this.#tags.get(principal);
  }

  #addPrincipal(input: PrincipalInput, account: string): void {
    const kind = kindOf(parsePrincipal(input.arn), account);
    if (kind === undefined) {
      throw new VedetteError('not-a-principal', `${input.arn} is not a user or role of account ${account}.`, {
        place: { account },
      });
    }
    const number = this.#arns.length;
    if (number >= this.#kinds.length) this.#grow();
    this.#arns.push(input.arn);
    this.#kinds[number] = principalKinds.indexOf(kind);
    this.#attached[number] = this.#attach(input, account).id;
    if (input.tags !== undefined && Object.keys(input.tags).length > 0) this.#tags.set(number, input.tags);
  }

  #attach(input: PrincipalInput, account: string): Attachments {
    const { library } = this;
    const identity = input.identity.map((text) => library.intern(text, 'identity', account));
    const boundary = input.permissionsBoundary;
    const limit = boundary === undefined ? undefined : library.intern(boundary, 'permissions-boundary', account);
    const ids = identity.map((document) => document.id).sort((a, b) => a - b);
    const key = `${ids.join(' ')}/${limit?.id ?? ''}`;
    const known = this.#byDocuments.get(key);
    if (known !== undefined) return known;
    const made: Attachments = { id: this.attachments.length, identity, permissionsBoundary: limit };
    this.attachments.push(made);
    this.#byDocuments.set(key, made);
    return made;
  }

  #grow(): void {
    const size = this.#kinds.length * 2;
    const [attached, kinds] = [new Uint32Array(size), new Uint8Array(size)];
    attached.set(this.#attached);
    kinds.set(this.#kinds);
    [this.#attached, this.#kinds] = [attached, kinds];
  }
}

function kindOf(principal: Principal | undefined, account: string): PrincipalKind | undefined {
  if (principal?.kind !== 'user' && principal?.kind !== 'role') return undefined;
  if (principal.account !== account) return undefined;
  return principal.kind === 'role' && principal.serviceLinked ? 'service-linked-role' : principal.kind;
}

/** Somebody of the account of whom nothing is known but the kind: no policy can name him. */
export function anyPrincipal(kind: PrincipalKind, account: string, partition: string): AccountPrincipal {
  const name = '\u0000';
  if (kind === 'user') return { kind, partition, account, name, arn: `arn:${partition}:iam::${account}:user/${name}` };
  return {
    kind: 'role',
    partition,
    account,
    name,
    arn: `arn:${partition}:iam::${account}:role/${name}`,
    pathKnown: true,
    session: undefined,
    serviceLinked: kind === 'service-linked-role',
  };
}
