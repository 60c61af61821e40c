// Operators that do not fit the key's type, or the value.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

import { conditionKeyType } from '../../actions/condition-keys.ts';
import { parseDate } from '../../policy/conditions/date.ts';
import type { Condition, ConditionOperator, Statement } from '../../policy/document.ts';
import { renamed } from '../change.ts';
import { tryCondition } from '../condition-trial.ts';
import type { Report, Rule, Subject } from '../contract.ts';
import { sampleText, satisfying } from '../samples.ts';

/** For each type, the operators that AWS names for it, values that requests carry, and how to know one. */
const types: Readonly<Record<string, { fits: RegExp; samples: readonly string[]; is(value: string): boolean }>> = {
  String: { fits: /^String/, samples: ['example', 'true', '10'], is: () => true },
  ARN: {
    fits: /^(?:Arn|String)/,
    samples: ['arn:aws:iam::111122223333:role/example', 'arn:aws:s3:::example'],
    is: (value) => value.split(':').length >= 6,
  },
  Bool: { fits: /^(?:Bool|String)/, samples: ['true', 'false'], is: (value) => /^(?:true|false)$/i.test(value) },
  Date: { fits: /^(?:Date|Numeric)/, samples: ['2026-01-01T00:00:00Z'], is: (value) => parseDate(value) !== undefined },
  IPAddress: {
    fits: /^(?:Not)?IpAddress/,
    samples: ['203.0.113.7', '10.0.0.1', '2001:db8::1'],
    is: (value) => /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)$/i.test(value),
  },
  Numeric: { fits: /^Numeric/, samples: ['10', '0'], is: (value) => /^-?\d+(?:\.\d+)?$/.test(value) },
};

export const operators: Rule = function* (subject) {
  for (const statement of subject.document.statements) {
    for (const condition of statement.conditions) {
      if (condition.operator === 'Null') continue;
      const found = [...mismatched(subject, statement, condition)];
      yield* found;
      if (found.length === 0) yield* wildcards(subject, statement, condition);
    }
  }
};

function* mismatched(subject: Subject, statement: Statement, condition: Condition): Iterable<Report> {
  const name = conditionKeyType(condition.key)?.replace('ArrayOf', '');
  const type = types[name ?? ''];
  if (name === undefined || type === undefined || type.fits.test(condition.operator)) return;
  const trial = tryCondition(subject, statement, condition);
  if (trial === undefined) return;
  const wanted = satisfying(condition);
  const values = [...type.samples, ...(wanted !== undefined && type.is(wanted) ? [wanted] : [])];
  const outcomes = new Set(values.map((value) => trial.holds([value])));
  const kind = `${condition.key} holds ${/^[AEIOU]/i.test(name) ? 'an' : 'a'} ${name}`;
  if (outcomes.size > 1) {
    const message = `${kind}, and ${condition.operator} is no operator for it.`;
    yield { code: 'operator-type', place: condition.place, message };
    return;
  }
  const always = outcomes.has(true);
  const message = `${kind}: ${condition.operator} ${always ? 'always holds, whatever it is' : 'never holds, whatever it is'}.`;
  const evidence = trial.prove(`${condition.key} is ${values[0] ?? ''}`, [values[0] ?? '']);
  yield { code: 'operator-never-fits', place: condition.place, message, evidence };
}

function* wildcards(subject: Subject, statement: Statement, condition: Condition): Iterable<Report> {
  const { operator, values, place } = condition;
  if (!operator.startsWith('String')) return;
  const wild = values.filter((value) => /[*?]/.test(value.replaceAll(/\$\{[^}]*\}/g, '')));
  if (operator.endsWith('Like')) {
    if (wild.length > 0 || values.some((value) => value.includes('${'))) return;
    const message = `${operator} without a wildcard in its value is ${operator.replace('Like', 'Equals')}.`;
    yield { code: 'like-without-wildcard', place, message };
    return;
  }
  const [first] = wild;
  if (first === undefined) return;
  const like = `${operator.includes('Not') ? 'StringNotLike' : 'StringLike'}`;
  const meant = sampleText(first);
  const trial = tryCondition(subject, statement, condition);
  if (trial === undefined) return;
  const changed = subject.reread((source) =>
    renamed(source, place.slice(0, place.lastIndexOf('/')), operatorName(condition, like)),
  );
  const question = { ...trial.question, context: { ...trial.question.context, [condition.key]: [meant] } };
  const now = subject.ask(`${condition.key} is ${meant}`, question);
  const then = subject.ask(`the same request, with ${like}`, question, changed);
  if (now.decision === then.decision) return;
  const message = `${operator} takes the wildcard in ${JSON.stringify(first)} for itself: no value but that text fits.`;
  yield { code: 'equals-with-wildcard', place, message, evidence: [now, then], fix: `Use ${like}.` };
}

function operatorName({ quantifier, ifExists }: Condition, operator: string): string {
  return `${quantifier === undefined ? '' : `${quantifier}:`}${operator as ConditionOperator}${ifExists ? 'IfExists' : ''}`;
}
