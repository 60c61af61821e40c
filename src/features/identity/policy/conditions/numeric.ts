// Numeric operators: integers and decimals.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric

import { compareWith, plainText } from './family.ts';
import type { OperatorFamily } from './family.ts';

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/** A number as policies and requests write it; undefined when the text is none. */
export function parseNumber(text: string): number | undefined {
  return number.test(text) ? Number(text) : undefined;
}

export const numericFamily: OperatorFamily = {
  variables: false,
  wildcards: () => false,
  fault: (value) => (parseNumber(value) === undefined ? 'is not a number' : undefined),
  compile: (operator, value) => compareWith(operator.slice('Numeric'.length), parseNumber, plainText(value)),
};
