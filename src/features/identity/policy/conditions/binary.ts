// BinaryEquals compares the request's bytes with the policy's base64 text.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals

import { plainText } from './family.ts';
import type { OperatorFamily } from './family.ts';

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of base64 text as a string of code units 0–255; undefined when the text is not base64. */
function decode(text: string): string | undefined {
  return base64.test(text) ? atob(text) : undefined;
}

/** A context holds the bytes in base64 or, where they are text, as that text. */
export const binaryFamily: OperatorFamily = {
  variables: false,
  wildcards: () => false,
  fault: (value) => (decode(value) === undefined ? 'is not base64' : undefined),
  compile: (_operator, value) => {
    const expected = decode(plainText(value));
    return (text) => expected !== undefined && (decode(text) === expected || utf8(text) === expected);
  },
};

function utf8(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}
