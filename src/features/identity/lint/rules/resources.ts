// Actions whose resources the statement does not name: `s3:GetObject` on a bucket, or an ARN for an action that is
// authorised on "*" alone.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

import { canonicalAction } from '../../../../domain/iam/actions.ts';
import { resourceTypesOf } from '../../actions/resource-types.ts';
import { intersects } from '../../compiled/pattern-relation.ts';
import type { Statement } from '../../policy/document.ts';
import { replaced } from '../change.ts';
import type { Report, Rule, Subject } from '../contract.ts';
import { sampleResources } from '../samples.ts';
import { applies, witness } from '../witness.ts';

const kinds = new Set(['identity', 'permissions-boundary', 'session', 'service-control']);

export const resources: Rule = function* (subject) {
  if (!kinds.has(subject.document.kind)) return;
  for (const statement of subject.document.statements) {
    const { actions, resources: element } = statement;
    if (actions.not || element === undefined || element.not || element.patterns.includes('*')) continue;
    const named = actions.patterns.flatMap((pattern) => canonicalAction(pattern) ?? []);
    const idle = named.filter((action) => !meets(element.patterns, action));
    const all = idle.length === named.length && named.length === actions.patterns.length;
    for (const action of idle.slice(0, 20)) yield* prove(subject, statement, action, all);
  }
};

function meets(patterns: readonly string[], action: string): boolean {
  const families = (resourceTypesOf(action) ?? []).flatMap((type) =>
    type.arns.map((arn) => arn.replaceAll(/\$\{[^}]*\}/g, '*')),
  );
  const plain = patterns.map((pattern) => pattern.replaceAll(/\$\{[^}]*\}/g, '*'));
  return plain.some((pattern) => families.some((family) => fits(pattern, family)));
}

/** Part by part where the pattern's first five parts hold no star; a star may run over colons. */
function fits(pattern: string, family: string): boolean {
  // The name of a bucket holds no slash: a pattern with one is about objects.
  if (family === 'arn:*:s3:::*' && pattern.includes('/')) return false;
  const parts = pattern.split(':');
  if (parts.length < 6 || parts.slice(0, 5).some((part) => part.includes('*'))) return intersects(pattern, family);
  const wanted = family.split(':');
  if (wanted.length < 6) return intersects(pattern, family);
  return (
    parts.slice(0, 5).every((part, i) => intersects(part, wanted[i] ?? '')) &&
    intersects(parts.slice(5).join(':'), wanted.slice(5).join(':'))
  );
}

function* prove(subject: Subject, statement: Statement, action: string, all: boolean): Iterable<Report> {
  const place = `${statement.place}/Resource`;
  const wider = subject.reread((source) => replaced(source, place, '*'));
  const changed = wider.statements[subject.document.statements.indexOf(statement)];
  const [resource = '*'] = sampleResources(action);
  const found = changed && witness(wider, changed, { action, resource });
  if (found === undefined || applies(subject.document, statement, { ...found, resource: '*' })) return;
  const question = { ...found, besideAllow: statement.effect === 'Deny' };
  const now = subject.ask(`what ${action} is about`, question);
  const then = subject.ask('the same request, with Resource "*"', question, wider);
  if (now.decision === then.decision) return;
  const about =
    resource === '*' ? 'has no resources: it is authorised on "*" alone' : `works on ${templatesOf(action)}`;
  const effect = statement.effect === 'Allow' ? 'allowed' : 'denied';
  yield {
    code: all ? 'resource-never-fits' : 'action-without-resource',
    place,
    message: `${action} ${about}. No resource of the statement is one, so that it is never ${effect} here.`,
    evidence: [now, then],
  };
}

function templatesOf(action: string): string {
  const arns = (resourceTypesOf(action) ?? []).flatMap((type) => type.arns);
  return arns
    .slice(0, 2)
    .join(' or ')
    .replaceAll(/\$\{[^}]*\}/g, '*');
}
