// Allow with NotAction or NotResource gives everything that is not named, also what AWS adds next year; Deny with
// NotPrincipal also denies the sessions of a role that it names alone.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html

import type { Statement } from '../../policy/document.ts';
import type { Report, Rule, Subject } from '../contract.ts';
import { witness } from '../witness.ts';

export const negations: Rule = function* (subject) {
  for (const statement of subject.document.statements) {
    if (statement.effect === 'Allow') yield* allowed(subject, statement);
    else if (statement.principals?.not === true) yield* notPrincipal(subject, statement);
  }
};

/** What nobody means to give who lists what he does not give. */
const telling = [
  'iam:CreateAccessKey',
  'organizations:LeaveOrganization',
  'kms:ScheduleKeyDeletion',
  's3:DeleteBucket',
];

function* allowed({ document, ask }: Subject, statement: Statement): Iterable<Report> {
  const { actions, resources, place } = statement;
  if (actions.not) {
    for (const action of telling) {
      const question = witness(document, statement, { action });
      if (question === undefined) continue;
      const evidence = ask('not named, and therefore allowed', question);
      if (evidence.decision !== 'allowed') continue;
      const message = `Allow with NotAction gives every action that is not named, ${action} among them.`;
      yield { code: 'allow-not-action', place: `${place}/NotAction`, message, evidence: [evidence] };
      break;
    }
  }
  if (resources?.not === true) {
    const question = witness(document, statement);
    const evidence = question && ask('not named, and therefore allowed', question);
    if (evidence?.decision !== 'allowed') return;
    const message = `Allow with NotResource gives every resource that is not named, ${evidence.question.resource} among them.`;
    yield { code: 'allow-not-resource', place: `${place}/NotResource`, message, evidence: [evidence] };
  }
}

function* notPrincipal({ document, ask }: Subject, statement: Statement): Iterable<Report> {
  const bare = witness(document, statement);
  if (bare === undefined) return;
  for (const entry of statement.principals?.entries ?? []) {
    if (entry.kind !== 'AWS' || !/:(?:role|user)\//.test(entry.value)) continue;
    const question = { ...bare, principal: entry.value, besideAllow: true };
    const evidence = ask('the principal that is to be spared', question);
    if (evidence.decision !== 'explicit-deny') continue;
    yield {
      code: 'deny-not-principal',
      place: `${statement.place}/NotPrincipal`,
      message: `Deny with NotPrincipal also denies ${entry.value}, which it is to spare: a session is spared only where role, session and account are all named, a user with his account.`,
      evidence: [evidence],
    };
    return;
  }
}
