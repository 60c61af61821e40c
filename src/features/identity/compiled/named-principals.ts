// Whom the policies and grants of a resource name one by one.

import { isAccountId, parseArn } from '../../../domain/arn.ts';
import type { PrincipalEntry } from '../policy/document.ts';
import { documentIn } from './bind.ts';
import type { CompiledPolicies } from './compiled-policies.ts';

/** Every entry of the resource's policies and grants, each once. */
export function principalEntries(policies: CompiledPolicies, resourceAccount: string): readonly PrincipalEntry[] {
  const { resource, s3, kmsGrants } = policies;
  const documents = [...(resource ? [documentIn(resource, resourceAccount)] : []), s3.accessPointPolicy];
  const written = documents.flatMap((document) => document?.statements ?? []);
  const granted = kmsGrants.map(({ granteePrincipal }): PrincipalEntry => {
    return { kind: granteePrincipal.startsWith('arn:') ? 'AWS' : 'Service', value: granteePrincipal };
  });
  const entries = [...written.flatMap((statement) => statement.principals?.entries ?? []), ...granted];
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
}

/** Users and roles that are named, also by a session of theirs; accounts are not among them. */
export class NamedPrincipals {
  readonly #byAccount = new Map<string, { arns: Set<string>; roles: Set<string> }>();

  constructor(entries: readonly PrincipalEntry[]) {
    for (const entry of entries) {
      if (entry.kind !== 'AWS' || isAccountId(entry.value)) continue;
      const arn = parseArn(entry.value);
      if (arn === undefined || arn.resource === 'root') continue;
      const named = this.#byAccount.get(arn.account) ?? { arns: new Set(), roles: new Set() };
      this.#byAccount.set(arn.account, named);
      named.arns.add(entry.value);
      const [type, role = ''] = arn.resource.split('/');
      if (type === 'assumed-role') named.roles.add(role);
    }
  }

  /** True when anybody of the account is named. */
  in(account: string): boolean {
    return this.#byAccount.has(account);
  }

  has(arn: string, account: string): boolean {
    const named = this.#byAccount.get(account);
    if (named === undefined) return false;
    return named.arns.has(arn) || named.roles.has(arn.slice(arn.lastIndexOf('/') + 1));
  }
}
