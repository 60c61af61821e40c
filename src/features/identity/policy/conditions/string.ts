// String operators: exact, without regard to case, or with wildcards.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String

import { compileWildcards } from '../wildcards.ts';
import { plainText } from './family.ts';
import type { OperatorFamily } from './family.ts';

export const stringFamily: OperatorFamily = {
  variables: true,
  wildcards: (operator) => operator.endsWith('Like'),
  fault: () => undefined,
  compile: (operator, value) => {
    if (operator.endsWith('Like')) return compileWildcards(value);
    const expected = plainText(value);
    if (!operator.endsWith('IgnoreCase')) return (text) => text === expected;
    const lower = expected.toLowerCase();
    return (text) => text.toLowerCase() === lower;
  },
};
