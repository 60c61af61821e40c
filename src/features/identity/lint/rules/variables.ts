// Without Version 2012-10-17, `${…}` is plain text.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html

import { replaced } from '../change.ts';
import type { Rule } from '../contract.ts';
import { witness } from '../witness.ts';

const variable = /\$\{\s*[\w-]+:[^}]+\}/;

export const variables: Rule = function* ({ document, ask, reread }) {
  if (document.variables) return;
  const newer = reread((source) => ({
    ...(source as object),
    ...(replaced(source, '/Version', '') as object),
    Version: '2012-10-17',
  }));
  for (const [index, statement] of document.statements.entries()) {
    const pattern = statement.resources?.patterns.find((one) => variable.test(one));
    const condition = statement.conditions.find(({ values }) => values.some((value) => variable.test(value)));
    if (pattern === undefined && condition === undefined) continue;
    const changed = newer.statements[index];
    const meant = changed && witness(newer, changed);
    if (meant === undefined) continue;
    const question = { ...meant, besideAllow: statement.effect === 'Deny' };
    const now = ask('as the policy is', question);
    const then = ask('the same request, with Version 2012-10-17', question, newer);
    if (now.decision === then.decision) continue;
    const text = pattern ?? condition?.values.find((value) => variable.test(value)) ?? '';
    const place =
      condition !== undefined && pattern === undefined
        ? condition.place
        : `${statement.place}/${statement.resources?.not === true ? 'NotResource' : 'Resource'}`;
    const message = `Without Version 2012-10-17, ${JSON.stringify(text)} is plain text and not a policy variable.`;
    yield { code: 'variable-in-old-version', place, message, evidence: [now, then] };
  }
};
