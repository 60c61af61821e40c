// Several keys in one Deny are ANDed: it denies only requests that miss all of them.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html

import type { Condition, Statement } from '../../policy/document.ts';
import type { Report, Rule, Subject } from '../contract.ts';
import { usualValue } from '../samples.ts';
import { witness } from '../witness.ts';

export const andedConditions: Rule = function* (subject) {
  for (const statement of subject.document.statements) {
    if (statement.effect !== 'Deny') continue;
    const demands = statement.conditions.filter(isDemand);
    if (new Set(demands.map(({ key }) => key.toLowerCase())).size > 1) yield* prove(subject, statement, demands);
  }
};

/** Denies where something is missing: a tag that is absent or has none of the wanted values. */
function isDemand({ operator, values, key, ifExists }: Condition): boolean {
  if (operator === 'Null') return values.every((value) => value.toLowerCase() === 'true');
  return /^String(?:Not)(?:Equals|Like)/.test(operator) && !ifExists && /^aws:RequestTag\//i.test(key);
}

function* prove({ document, ask }: Subject, statement: Statement, demands: readonly Condition[]): Iterable<Report> {
  const absent = Object.fromEntries(demands.map(({ key }) => [key, []]));
  const bare = witness(document, statement, { context: absent });
  const [first] = demands;
  if (bare === undefined || first === undefined) return;
  const denied = ask('with none of them', { ...bare, besideAllow: true });
  if (denied.decision !== 'explicit-deny') return;
  for (const { key, operator, values } of demands) {
    const value = operator === 'Null' ? usualValue(key) : (values[0] ?? '');
    const context = { ...bare.context, [key]: [value] };
    const passed = ask(`with ${key} alone`, { ...bare, besideAllow: true, context });
    if (passed.decision === 'explicit-deny') continue;
    yield {
      code: 'deny-needs-all',
      place: first.place.slice(0, first.place.lastIndexOf('/')),
      message: `The statement denies only requests that lack all of ${demands.map((one) => one.key).join(', ')}: one of them is enough to pass.`,
      evidence: [denied, passed],
    };
    return;
  }
}
