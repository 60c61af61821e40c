// Conditions on the time that have had their day.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-currenttime

import { parseDate } from '../../policy/conditions/date.ts';
import type { Condition, Statement } from '../../policy/document.ts';
import type { Report, Rule, Subject } from '../contract.ts';
import { witness } from '../witness.ts';

const clockKeys = new Set(['aws:currenttime', 'aws:epochtime']);
const day = 86_400_000;

export const dates: Rule = function* (subject) {
  for (const statement of subject.document.statements) {
    for (const condition of statement.conditions) {
      if (!clockKeys.has(condition.key.toLowerCase()) || !condition.operator.startsWith('Date')) continue;
      yield* judgeDate(subject, statement, condition);
    }
  }
};

function* judgeDate({ document, now, ask }: Subject, statement: Statement, condition: Condition): Iterable<Report> {
  const [value = ''] = condition.values;
  const moment = parseDate(value);
  if (moment === undefined || moment > now.getTime()) return;
  const at = (time: number): Record<string, readonly string[]> => ({ [condition.key]: [new Date(time).toISOString()] });
  const ended = condition.operator.includes('Less');
  if (!ended && !(condition.operator.includes('Greater') && statement.effect === 'Deny')) return;
  const applied = witness(document, statement, { context: at(ended ? moment - day : now.getTime()) });
  if (applied === undefined) return;
  const denies = statement.effect === 'Deny';
  const besideAllow = denies;
  const before = ask('before the date', {
    ...applied,
    besideAllow,
    context: { ...applied.context, ...at(moment - day) },
  });
  const today = ask('now', { ...applied, besideAllow, context: { ...applied.context, ...at(now.getTime()) } });
  if (before.decision === today.decision) return;
  const code = denies ? (ended ? 'expired-deny' : 'expiry-passed') : 'expired-allow';
  const effect = denies ? (ended ? 'denies nothing any more' : 'has denied this since') : 'allows nothing any more';
  yield {
    code,
    place: condition.place,
    message: `${value} is past: the statement ${effect}.`,
    evidence: [before, today],
  };
}
