// The Principal or NotPrincipal of a statement, for documents that may stand for the same policy in many accounts. A
// policy that admits a thousand accounts is indexed by account, so that each principal is compared with a few entries.

import { isAccountId, parseArn } from '../../../domain/arn.ts';
import type { PrincipalElement, PrincipalEntry } from '../policy/document.ts';
import type { Asked } from '../policy/judge.ts';
import { matchNotPrincipals, matchPrincipals } from '../policy/match-principal.ts';
import { isInAccount } from '../policy/principal.ts';
import { ownAccount, withAccount } from './own-account.ts';
import { either, no, triOf, type Tri } from './tri.ts';

/** What a statement gives to the requester, by the way in which it names him; see `GrantReach`. */
export interface Reach {
  direct: Tri;
  role: Tri;
  account: Tri;
}

/** The element as it reads in one account, with the entries that can name principals of each account. */
interface Bound {
  readonly account: string;
  readonly element: PrincipalElement;
  readonly byAccount: ReadonlyMap<string, PrincipalElement>;
  /** For accounts that no entry names. */
  readonly general: PrincipalElement;
}

export class PrincipalMatcher {
  /** True when the answer does not depend on the account that the document belongs to. */
  readonly universal: boolean;
  readonly element: PrincipalElement;
  #bound: Bound | undefined;

  /** @param abstracted whether the stand-in for the own account was put into the document */
  constructor(element: PrincipalElement, abstracted: boolean) {
    this.element = element;
    this.universal = !abstracted || !element.entries.some(namesOwnAccount);
  }

  /** How the element speaks of the requester; undefined when it does not. */
  match(asked: Pick<Asked, 'principal' | 'context' | 'hasBoundary'>, account: string): Reach | undefined {
    const { principal, context, hasBoundary } = asked;
    const { element: whole, byAccount, general } = this.#in(account);
    const element = isInAccount(principal) ? (byAccount.get(principal.account) ?? general) : whole;
    const reach: Reach = { direct: no, role: no, account: no };
    if (element.not) {
      reach.direct = triOf(matchNotPrincipals(element, principal, context, hasBoundary));
    } else {
      for (const match of matchPrincipals(element.entries, principal, context)) {
        reach[match.reach] = either(reach[match.reach], triOf(match.truth));
      }
    }
    return reach.direct === no && reach.role === no && reach.account === no ? undefined : reach;
  }

  #in(account: string): Bound {
    if (this.#bound !== undefined && (this.universal || this.#bound.account === account)) return this.#bound;
    const { not } = this.element;
    const entries = this.universal ? this.element.entries : this.element.entries.map((one) => entryIn(one, account));
    const named = new Map<string, PrincipalEntry[]>();
    const general: PrincipalEntry[] = [];
    for (const entry of entries) {
      const id = accountNamed(entry);
      const own = id === undefined ? general : (named.get(id) ?? []);
      if (id !== undefined) named.set(id, own);
      own.push(entry);
    }
    this.#bound = {
      account,
      element: { not, entries },
      byAccount: new Map([...named].map(([id, own]) => [id, { not, entries: [...general, ...own] }])),
      general: { not, entries: general },
    };
    return this.#bound;
  }
}

/** The only account whose principals the entry can name; undefined when there may be others. */
function accountNamed(entry: PrincipalEntry): string | undefined {
  if (entry.kind !== 'AWS') return undefined;
  const id = isAccountId(entry.value) ? entry.value : (parseArn(entry.value)?.account ?? '');
  return isAccountId(id) ? id : undefined;
}

function namesOwnAccount(entry: PrincipalEntry): boolean {
  return entry.kind !== 'everyone' && entry.value.includes(ownAccount);
}

function entryIn(entry: PrincipalEntry, account: string): PrincipalEntry {
  return entry.kind === 'everyone' ? entry : { kind: entry.kind, value: withAccount(entry.value, account) };
}
