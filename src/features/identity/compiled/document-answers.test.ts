import { expect, test } from 'vitest';
import { actionNumber } from '../actions/action-index.ts';
import { classContext } from './class-context.ts';
import type { CompiledDocument } from './compiled-document.ts';
import { allowIn, denyIn, DocumentAnswers } from './document-answers.ts';
import type { Question } from './judge.ts';
import { anyPrincipal } from './organisation.ts';
import { account, allow, deny, identity, library, nothingKnown, policyText, type Statement } from './testing/asking.ts';
import { maybe, no, yes } from './tri.ts';

const arn = 'arn:aws:s3:::reports/x';

function questionIn(id: string): Question {
  const principal = anyPrincipal('role', id, 'aws');
  const action = 's3:getobject';
  const context = classContext(principal, action, arn, account, nothingKnown);
  return { principal, action, actionNumber: actionNumber(action), arn, context, hasBoundary: false };
}

/** The answer to one class, and whether it is kept for all. */
function answered(document: CompiledDocument): { allow: number; deny: number; common: boolean } {
  const answers = new DocumentAnswers(library.documents.length);
  answers.startClass();
  expect(answers.common(document.id)).toBeUndefined();
  const answer = answers.of(document, account, questionIn(account));
  const common = answers.common(document.id);
  expect(common ?? answer).toBe(answer);
  return { allow: allowIn(answer), deny: denyIn(answer), common: common !== undefined };
}

const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
const elsewhere = { Resource: 'arn:aws:s3:::other/*' };

test.each<[string, Statement[], number, number]>([
  ['an allow', [allow('s3:*')], yes, no],
  ['a deny', [deny('s3:*')], no, yes],
  ['a condition for another action', [allow('s3:*'), deny('ec2:*', mfa)], yes, no],
  ['a condition on another resource', [allow('s3:*'), deny('s3:*', { ...mfa, ...elsewhere })], yes, no],
  [
    'a resource of the own account for another action',
    [allow('ec2:*', { Resource: `arn:aws:ec2:*:${account}:*` })],
    no,
    no,
  ],
])('%s is the same for everybody', (_, statements, allowed, denied) => {
  expect(answered(identity(...statements))).toEqual({ allow: allowed, deny: denied, common: true });
});

test.each<[string, Statement[], number, number]>([
  ['a condition', [allow('s3:*', mfa)], maybe, no],
  ['a condition for whatever the policy is attached to', [deny('s3:*', { ...mfa, Resource: undefined })], no, maybe],
  ['a variable', [allow('s3:*', { Resource: 'arn:aws:s3:::${aws:PrincipalTag/team}/*' })], maybe, no],
  ['the own account', [allow('s3:*', { Resource: [arn, `arn:aws:s3:::logs-${account}/*`] })], yes, no],
])('%s is asked for each class', (_, statements, allowed, denied) => {
  expect(answered(identity(...statements))).toEqual({ allow: allowed, deny: denied, common: false });
});

test('what depends on the class is asked once for it, and again for the next', () => {
  const away = '444455556666';
  const text = policyText(allow('s3:*', { Condition: { StringEquals: { 'aws:PrincipalAccount': account } } }));
  const own = library.intern(text, 'identity', account);
  const foreign = library.intern(text, 'identity', away);
  const answers = new DocumentAnswers(library.documents.length);
  for (const [id, wanted] of [
    [account, yes],
    [away, no],
    [account, yes],
  ] as const) {
    answers.startClass();
    for (let time = 0; time < 2; time += 1) {
      expect(allowIn(answers.of(foreign, id, questionIn(id)))).toBe(wanted);
      // In each account it names that account itself.
      expect(allowIn(answers.of(own, id, questionIn(id)))).toBe(yes);
    }
  }
});

test('a document that came later is answered too', () => {
  const answers = new DocumentAnswers(0);
  expect(allowIn(answers.of(identity(allow('s3:*')), account, questionIn(account)))).toBe(yes);
});
