// A document compiled: its statements, each of interned parts.

import type { PolicyDocument, PrincipalElement, Statement } from '../policy/document.ts';
import type { ActionSet } from './action-set.ts';
import type { ConditionProgram } from './condition-program.ts';
import type { PrincipalMatcher } from './principal-matcher.ts';
import type { ResourceSet } from './resource-set.ts';

export interface CompiledStatement {
  /** As parsed, with the stand-in for the own account where the document is abstracted. */
  readonly statement: Statement;
  readonly deny: boolean;
  readonly actions: ActionSet;
  /** Undefined: whatever the document is attached to. */
  readonly resources: ResourceSet | undefined;
  /** Undefined: whomever the document is attached to. */
  readonly principals: PrincipalMatcher | undefined;
  /** Undefined: no conditions. */
  readonly conditions: ConditionProgram | undefined;
}

export interface CompiledDocument {
  readonly id: number;
  /** The parsed document, as it was first met: its name may be that of another policy with the same text. */
  readonly source: PolicyDocument;
  /** True when it stands for the same policy in many accounts. */
  readonly abstracted: boolean;
  /** The statements that can have an effect: an Allow with a fault grants nothing and is not here. */
  readonly statements: readonly CompiledStatement[];
  /** True when it may say something else to each user or role of an account. */
  readonly ofPrincipal: boolean;
}

/**
 * True when what a document says may differ from one user or role of an account to the next: then it is asked again for
 * each of them.
 */
export function differsByPrincipal(statements: readonly CompiledStatement[]): boolean {
  return statements.some(
    ({ principals, conditions, resources }) =>
      (principals !== undefined && namesSomebody(principals.element)) ||
      conditions?.ofPrincipal === true ||
      resources?.contextual === true,
  );
}

function namesSomebody({ not, entries }: PrincipalElement): boolean {
  return not || entries.some((entry) => entry.kind !== 'everyone');
}
