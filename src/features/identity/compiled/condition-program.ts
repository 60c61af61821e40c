// The conditions of a statement, compiled once for all statements that have the same.

import { compileCondition, type CompiledCondition } from '../policy/conditions/evaluate-condition.ts';
import type { RequestContext } from '../policy/context.ts';
import type { Condition } from '../policy/document.ts';
import { ownAccount, withAccount } from './own-account.ts';
import { no, triOf, yes, type Tri } from './tri.ts';

/** Programs of one abstracted condition kept for different accounts. */
const accountsKept = 64;

function namesOwnAccount(condition: Condition): boolean {
  return condition.key.includes(ownAccount) || condition.values.some((value) => value.includes(ownAccount));
}

export class ConditionProgram {
  readonly conditions: readonly Condition[];
  /** True when the program does not depend on the account that the document belongs to. */
  readonly universal: boolean;
  /** True when it may hold for one user or role of an account and not for another. */
  readonly ofPrincipal: boolean;
  readonly #variables: boolean;
  readonly #common: readonly CompiledCondition[] | undefined;
  readonly #byAccount = new Map<string, readonly CompiledCondition[]>();

  /** @param abstracted whether the stand-in for the own account was put into the document */
  constructor(conditions: readonly Condition[], variables: boolean, abstracted: boolean) {
    this.conditions = conditions;
    this.#variables = variables;
    this.universal = !abstracted || !conditions.some(namesOwnAccount);
    this.ofPrincipal = conditions.some(asksForPrincipal);
    this.#common = this.universal ? this.#compile('') : undefined;
  }

  /** Whether all conditions hold, in a document of the account. */
  holds(account: string, context: RequestContext): Tri {
    let result: Tri = yes;
    for (const condition of this.#common ?? this.#inAccount(account)) {
      const truth = triOf(condition.evaluate(context));
      if (truth === no) return no;
      if (truth < result) result = truth;
    }
    return result;
  }

  #inAccount(account: string): readonly CompiledCondition[] {
    const known = this.#byAccount.get(account);
    if (known !== undefined) return known;
    const compiled = this.#compile(account);
    if (this.#byAccount.size >= accountsKept) this.#byAccount.clear();
    this.#byAccount.set(account, compiled);
    return compiled;
  }

  #compile(account: string): readonly CompiledCondition[] {
    return this.conditions.map((condition) => {
      const bound =
        account === ''
          ? condition
          : {
              ...condition,
              key: withAccount(condition.key, account),
              values: condition.values.map((value) => withAccount(value, account)),
            };
      return compileCondition(bound, this.#variables);
    });
  }
}

/** Condition keys that differ from one user or role of an account to the next. */
const principalKeys = /aws:(?:principalarn|userid|username|principaltag\/)/i;

/** True when a condition asks for such a key, or compares with one. */
function asksForPrincipal({ key, values }: Condition): boolean {
  return principalKeys.test(key) || values.some((value) => value.includes('${') && principalKeys.test(value));
}
