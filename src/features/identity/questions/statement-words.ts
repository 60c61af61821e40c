// The elements of a statement in words, as written, before anything is known about a request.

import type { Condition, PrincipalElement, Statement } from '../policy/document.ts';
import { test } from '../policy/truth.ts';
import { testWords } from './condition-words.ts';

/** The conditions of a statement as one clause; empty where it has none. */
export function conditionsText(statement: Pick<Statement, 'conditions'>): string {
  return statement.conditions.map((condition) => conditionText(condition)).join(', and ');
}

/** One condition as a clause, or its opposite. */
export function conditionText(condition: Condition, holds = true): string {
  const { operator, quantifier, ifExists, key, values } = condition;
  const negated = operator.includes('Not') && quantifier === undefined;
  const positive = negated ? operator.replace('Not', '') : operator;
  const name = `${quantifier === undefined ? '' : `${quantifier}:`}${positive}${ifExists ? 'IfExists' : ''}`;
  // The class plays no part in the words.
  return testWords(test(key, 'static', name, values), negated !== holds);
}

/** Whom a Principal element names. */
export function principalText(principals: PrincipalElement | undefined): string {
  if (principals === undefined) return '';
  const names = principals.entries.map((entry) => (entry.kind === 'everyone' ? 'everybody' : entry.value));
  return principals.not ? `everybody but ${names.join(', ')}` : names.join(', ');
}
