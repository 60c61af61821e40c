// Keys that a request for the action never carries: the condition is decided before anybody asks.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

import { canonicalAction } from '../../../../domain/iam/actions.ts';
import { conditionKeysOf, findConditionKey, globalConditionKeys } from '../../actions/condition-keys.ts';
import type { Condition, Statement } from '../../policy/document.ts';
import { tryCondition } from '../condition-trial.ts';
import type { Report, Rule, Subject } from '../contract.ts';
import { coveredActions } from '../samples.ts';

/** Of the global keys these three are in requests of some actions alone. */
const perAction = /^aws:(?:requesttag\/|tagkeys$|resourcetag\/)/i;
const globalNames = new Set(globalConditionKeys.map((key) => key.name.toLowerCase()));
const mostActions = 400;

export const conditionKeys: Rule = function* (subject) {
  for (const statement of subject.document.statements) {
    if (statement.actions.not) continue;
    for (const condition of statement.conditions) {
      const key = findConditionKey(condition.key);
      if (key === undefined || (globalNames.has(key.name.toLowerCase()) && !perAction.test(condition.key))) continue;
      yield* judgeKey(subject, statement, condition, key.name);
    }
  }
};

function* judgeKey(subject: Subject, statement: Statement, condition: Condition, key: string): Iterable<Report> {
  // What "*" means in the policy of a resource is for the resource to say.
  const attached = subject.document.kind === 'resource' || subject.document.kind === 'trust';
  if (attached && statement.actions.patterns.includes('*')) return;
  const all = coveredActions(statement.actions);
  const stride = Math.ceil(all.length / mostActions);
  const actions = all.filter((_, i) => i % stride === 0);
  const foreign = actions.filter((action) => conditionKeysOf(action)?.every((one) => one.name !== key) === true);
  const [first] = foreign;
  if (first === undefined) return;
  const trial = tryCondition(subject, statement, condition, { action: first, context: { [condition.key]: [] } });
  if (trial === undefined) return;
  const holds = trial.holds([]);
  const denies = statement.effect === 'Deny';
  const every = foreign.length === all.length;
  // Denying those of many actions that carry the key, and allowing whatever carries no such key, is as intended.
  if (!every && holds !== denies) return;
  // A wildcard in an Allow is often meant so: whatever of it carries the key.
  if (
    !every &&
    !denies &&
    !statement.actions.patterns.some((pattern) => foreign.includes(canonicalAction(pattern) ?? ''))
  )
    return;
  const [asked, counter] = trial.prove(`no request for ${first} carries ${condition.key}`, []);
  if (asked === undefined || counter === undefined) return;
  if (!holds && asked.decision === counter.decision) return;
  if (holds && denies && asked.decision !== 'explicit-deny') return;
  const names = foreign.slice(0, 4).join(', ') + (foreign.length > 4 ? ', …' : '');
  const code = every ? (holds ? 'condition-always-holds' : 'condition-never-holds') : 'key-not-of-some-actions';
  const effect = holds
    ? denies
      ? 'so that they are always denied'
      : 'so that the condition changes nothing'
    : denies
      ? 'so that they are never denied'
      : 'so that they are never allowed';
  yield {
    code,
    place: condition.place,
    message: `Requests for ${names} never carry ${condition.key}, ${effect}.`,
    evidence: holds && !denies ? [asked] : [asked, counter],
  };
}
