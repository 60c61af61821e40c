// The Bool operator. Variables are supported.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean

import { plainText } from './family.ts';
import type { OperatorFamily } from './family.ts';

export const boolFamily: OperatorFamily = {
  variables: true,
  wildcards: () => false,
  fault: (value) => (/^(?:true|false)$/i.test(value) ? undefined : 'is neither true nor false'),
  compile: (_operator, value) => {
    const expected = plainText(value).toLowerCase();
    return (text) => text.toLowerCase() === expected;
  },
};
