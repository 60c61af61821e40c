// The Principal or NotPrincipal of a statement, for documents that may stand for the same policy in many accounts.

import type { PrincipalElement, PrincipalEntry } from '../policy/document.ts';
import { matchNotPrincipals, matchPrincipals } from '../policy/match-principal.ts';
import type { Asked } from '../policy/judge.ts';
import { ownAccount, withAccount } from './own-account.ts';
import { either, no, triOf, type Tri } from './tri.ts';

/** What a statement gives to the requester, by the way in which it names him; see `GrantReach`. */
export interface Reach {
  direct: Tri;
  role: Tri;
  account: Tri;
}

export class PrincipalMatcher {
  /** True when the answer does not depend on the account that the document belongs to. */
  readonly universal: boolean;
  readonly element: PrincipalElement;

  /** @param abstracted whether the stand-in for the own account was put into the document */
  constructor(element: PrincipalElement, abstracted: boolean) {
    this.element = element;
    this.universal = !abstracted || !element.entries.some(namesOwnAccount);
  }

  /** The element as it reads in an account. */
  inAccount(account: string): PrincipalElement {
    if (this.universal) return this.element;
    return { not: this.element.not, entries: this.element.entries.map((entry) => entryIn(entry, account)) };
  }

  /** How the element speaks of the requester; undefined when it does not. */
  match(asked: Pick<Asked, 'principal' | 'context' | 'hasBoundary'>, account: string): Reach | undefined {
    const element = this.inAccount(account);
    const reach: Reach = { direct: no, role: no, account: no };
    if (element.not) {
      reach.direct = triOf(matchNotPrincipals(element, asked.principal, asked.context, asked.hasBoundary));
    } else {
      for (const match of matchPrincipals(element.entries, asked.principal, asked.context)) {
        reach[match.reach] = either(reach[match.reach], triOf(match.truth));
      }
    }
    return reach.direct === no && reach.role === no && reach.account === no ? undefined : reach;
  }
}

function namesOwnAccount(entry: PrincipalEntry): boolean {
  return entry.kind !== 'everyone' && entry.value.includes(ownAccount);
}

function entryIn(entry: PrincipalEntry, account: string): PrincipalEntry {
  return entry.kind === 'everyone' ? entry : { kind: entry.kind, value: withAccount(entry.value, account) };
}
