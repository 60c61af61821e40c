// The Null operator asks whether a key is absent; it never looks at a value of the request.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null

import type { OperatorFamily } from './family.ts';

export const nullFamily: OperatorFamily = {
  variables: false,
  wildcards: () => false,
  fault: (value) => (/^(?:true|false)$/i.test(value) ? undefined : 'is neither true nor false'),
  compile: () => () => false,
};
