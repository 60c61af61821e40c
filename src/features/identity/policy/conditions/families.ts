// Which family each operator belongs to. A family knows how values are compared; negation, sets, absent keys and
// residue are the same for all and live in evaluate-condition.ts.

import type { ConditionOperator } from '../document.ts';
import { arnFamily } from './arn.ts';
import { binaryFamily } from './binary.ts';
import { boolFamily } from './bool.ts';
import { dateFamily } from './date.ts';
import type { OperatorFamily } from './family.ts';
import { ipFamily } from './ip-address.ts';
import { nullFamily } from './null.ts';
import { numericFamily } from './numeric.ts';
import { stringFamily } from './string.ts';

/** The family of an operator. */
export function operatorFamily(operator: ConditionOperator): OperatorFamily {
  if (operator.startsWith('String')) return stringFamily;
  if (operator.startsWith('Numeric')) return numericFamily;
  if (operator.startsWith('Date')) return dateFamily;
  if (operator.startsWith('Arn')) return arnFamily;
  if (operator === 'Bool') return boolFamily;
  if (operator === 'BinaryEquals') return binaryFamily;
  if (operator === 'Null') return nullFamily;
  return ipFamily;
}

/** True for operators that say what the key must not hold. */
export function isNegated(operator: ConditionOperator): boolean {
  return /Not/.test(operator);
}
