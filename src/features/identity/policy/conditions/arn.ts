// ARN operators: the six parts between colons are matched one by one, so that a wildcard never crosses a colon but in
// the last part. ArnEquals and ArnLike behave alike.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN

import { compileWildcards } from '../wildcards.ts';
import type { Matcher, Token } from '../wildcards.ts';
import type { OperatorFamily } from './family.ts';

export const arnFamily: OperatorFamily = {
  variables: true,
  wildcards: () => true,
  fault: (value) => (splitArn(value) !== undefined ? undefined : 'is not an ARN'),
  compile: (_operator, value) => {
    const parts = splitTokens(value);
    if (parts === undefined) return () => false;
    const matchers: readonly Matcher[] = parts.map(compileWildcards);
    return (text) => {
      const given = splitArn(text);
      return given !== undefined && matchers.every((matches, index) => matches(given[index] ?? ''));
    };
  },
};

function splitArn(text: string): readonly string[] | undefined {
  const parts = text.split(':');
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** The pattern's six parts; undefined when it has fewer. */
function splitTokens(tokens: readonly Token[]): readonly (readonly Token[])[] | undefined {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (typeof token !== 'string') {
      parts.at(-1)?.push(token);
      continue;
    }
    let rest = token;
    while (parts.length < 6 && rest.includes(':')) {
      const colon = rest.indexOf(':');
      parts.at(-1)?.push(rest.slice(0, colon));
      parts.push([]);
      rest = rest.slice(colon + 1);
    }
    parts.at(-1)?.push(rest);
  }
  return parts.length === 6 ? parts : undefined;
}
