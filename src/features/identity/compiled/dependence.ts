// What the effect of a document depends on beside the question: that decides for how many principals it is worked out.

import type { Condition, PrincipalElement } from '../policy/document.ts';
import type { CompiledStatement } from './library.ts';

export interface Dependence {
  /** The account that the document belongs to. */
  readonly account: boolean;
  /** The context of the request. */
  readonly context: boolean;
  /** Who asks, beyond what all users, or all roles, of an account have in common. */
  readonly principal: boolean;
}

export function dependenceOf(statements: readonly CompiledStatement[]): Dependence {
  return {
    account: statements.some(
      ({ principals, conditions, resources }) =>
        principals?.universal === false || conditions?.universal === false || resources?.universal === false,
    ),
    context: statements.some(({ conditions, resources }) => conditions !== undefined || resources?.contextual === true),
    principal: statements.some(
      ({ principals, conditions, resources }) =>
        (principals !== undefined && namesSomebody(principals.element)) ||
        conditions?.ofPrincipal === true ||
        resources?.contextual === true,
    ),
  };
}

function namesSomebody({ not, entries }: PrincipalElement): boolean {
  return not || entries.some((entry) => entry.kind !== 'everyone');
}

/** Condition keys that differ from one user or role of an account to the next. */
const principalKeys = /aws:(?:principalarn|userid|username|principaltag\/)/i;

/** True when a condition asks for such a key, or compares with one. */
export function asksForPrincipal({ key, values }: Condition): boolean {
  return principalKeys.test(key) || values.some((value) => value.includes('${') && principalKeys.test(value));
}
