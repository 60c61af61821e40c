// All principals of an organisation with their policies, held compactly: documents are interned, and principals with the
// same documents share one entry. A million principals take some hundred megabytes, most of it their names.

import { VedetteError } from '../../../domain/errors.ts';
import { parsePrincipal, type AccountPrincipal, type Principal } from '../policy/principal.ts';
import type { CompiledDocument } from './compiled-document.ts';
import type { PolicyLibrary } from './library.ts';

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

/** The documents of principals that have the same; `number` is their place among all attachments. */
export interface Attachments {
  readonly number: number;
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
  /** By principal: its attachments and its kind. */
  readonly attached = new Numbers();
  readonly kinds = new Numbers();
  /** By attachments: where the ids of their identity documents begin, and the id of the boundary, or -1. */
  readonly starts = new Numbers();
  readonly boundaries = new Numbers();
  /** The ids of identity documents, attachments after attachments. */
  readonly documentIds = new Numbers();

  constructor(library: PolicyLibrary) {
    this.library = library;
    this.starts.push(0);
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
    return principalKinds[this.kinds.at(principal)] ?? 'user';
  }

  attachmentsOf(principal: number): Attachments {
    return this.attachments[this.attached.at(principal)]!;
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
    this.#arns.push(input.arn);
    this.kinds.push(principalKinds.indexOf(kind));
    this.attached.push(this.#attach(input, account).number);
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
    const made: Attachments = { number: this.attachments.length, identity, permissionsBoundary: limit };
    this.attachments.push(made);
    this.#byDocuments.set(key, made);
    for (const id of ids) this.documentIds.push(id);
    this.boundaries.push(limit?.id ?? -1);
    this.starts.push(this.documentIds.length);
    return made;
  }
}

/** A list of integers that grows, without an object for each. */
class Numbers {
  length = 0;
  #values = new Int32Array(1024);

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Int32Array(this.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.#values[index] ?? 0;
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
