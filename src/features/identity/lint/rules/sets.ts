// Set operators: what they say when a key is absent, has several values, or can only have one.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html

import { conditionKeyType } from '../../actions/condition-keys.ts';
import type { Condition, Statement } from '../../policy/document.ts';
import { tryCondition } from '../condition-trial.ts';
import type { Report, Rule, Subject } from '../contract.ts';
import { satisfying } from '../samples.ts';

export const sets: Rule = function* (subject) {
  for (const statement of subject.document.statements) {
    for (const condition of statement.conditions) {
      const { quantifier, key, place, operator } = condition;
      const type = conditionKeyType(key);
      if (quantifier === 'ForAllValues') yield* forAllValues(subject, statement, condition);
      if (quantifier !== undefined && type !== undefined && !type.startsWith('ArrayOf')) {
        const message = `${key} has one value: ${quantifier} is for keys with several.`;
        yield { code: 'set-operator-on-single', place, message };
      }
      if (quantifier === undefined && type?.startsWith('ArrayOf') === true && operator !== 'Null') {
        const message = `${key} can have several values, and ${operator} without ForAllValues or ForAnyValue is not defined for them.`;
        yield { code: 'missing-set-operator', place, message };
      }
    }
  }
};

function* forAllValues(subject: Subject, statement: Statement, condition: Condition): Iterable<Report> {
  const trial = tryCondition(subject, statement, condition, { context: { [condition.key]: [] } });
  if (trial === undefined) return;
  if (statement.effect === 'Allow') {
    const [absent] = trial.prove(`the request does not carry ${condition.key}`, []);
    if (!trial.holds([]) || absent?.decision !== 'allowed') return;
    const message = `ForAllValues holds when ${condition.key} is absent: the statement allows requests without it.`;
    yield { code: 'for-all-values-allow', place: condition.place, message, evidence: [absent] };
    return;
  }
  const value = satisfying(condition);
  if (value === undefined || !trial.holds([value])) return;
  const both = [value, other(condition)];
  const [one] = trial.prove(`${condition.key} is ${value}`, [value]);
  const [mixed] = trial.prove(`${condition.key} is ${both.join(' and ')}`, both);
  if (one?.decision !== 'explicit-deny' || mixed === undefined || mixed.decision === 'explicit-deny') return;
  const message = `ForAllValues needs every value of ${condition.key} to fit: one more that does not, and the request is not denied.`;
  yield { code: 'deny-for-all-values', place: condition.place, message, evidence: [one, mixed] };
}

/** A value that does not fit: for a negated operator one that the policy lists. */
function other({ operator, values }: Condition): string {
  return operator.includes('Not') ? (values[0] ?? '').replaceAll('*', 'x') : 'something-else-entirely';
}
