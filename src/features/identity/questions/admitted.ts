// Which accounts a resource's policies, ACL and grants can admit at all: of all others the answer is no, whatever their own
// policies say.

import { isAccountId, parseArn } from '../../../domain/arn.ts';
import type { Condition, PolicyDocument, PrincipalElement } from '../policy/document.ts';
import type { AclGrant, KmsGrant } from '../policy/policies.ts';

/** Account ids, or `everyone` where the policies may admit any account. The owner is not among them. */
export type Admitted = ReadonlySet<string> | 'everyone';

export function admittedAccounts(
  documents: readonly PolicyDocument[],
  acl: readonly AclGrant[],
  kmsGrants: readonly KmsGrant[] = [],
): Admitted {
  const accounts = new Set<string>();
  for (const { statements } of documents) {
    for (const { effect, sound, principals, conditions } of statements) {
      if (effect === 'Deny' || !sound || principals === undefined) continue;
      const fixed = conditions.find(fixesAccount);
      if (fixed !== undefined) for (const value of fixed.values) accounts.add(value);
      else if (!addElement(accounts, principals)) return 'everyone';
    }
  }
  for (const { grantee } of acl) {
    // A group, or a canonical user id of an account that is not known.
    if (!isAccountId(grantee)) return 'everyone';
    accounts.add(grantee);
  }
  for (const { granteePrincipal } of kmsGrants) accounts.add(parseArn(granteePrincipal)?.account ?? '');
  accounts.delete('');
  return accounts;
}

/** A condition under which only named accounts come in. */
function fixesAccount({ operator, quantifier, ifExists, key, values }: Condition): boolean {
  if (operator !== 'StringEquals' || quantifier !== undefined || ifExists) return false;
  return /^(?:aws:principalaccount|kms:calleraccount)$/i.test(key) && values.every(isAccountId);
}

/** False when the element may name anybody. */
function addElement(accounts: Set<string>, { not, entries }: PrincipalElement): boolean {
  if (not) return false;
  for (const entry of entries) {
    if (entry.kind === 'everyone' || entry.kind === 'CanonicalUser') return false;
    if (entry.kind !== 'AWS') continue;
    if (isAccountId(entry.value)) accounts.add(entry.value);
    // A unique id names nobody who is still there: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    else accounts.add(parseArn(entry.value)?.account ?? '');
  }
  accounts.delete('');
  return true;
}

export function admits(admitted: Admitted, account: string): boolean {
  return admitted === 'everyone' || admitted.has(account);
}
