// The answer of `simulate` for people.

import { sanitize } from '../../../platform/terminal/sanitize.ts';
import type { Style } from '../../../platform/terminal/colour.ts';
import { restsOnUnread } from './condition-words.ts';
import type { SimulateAnswer, SimulateStatement } from './simulate.ts';

const wallWords: Readonly<Record<string, string>> = {
  'resource-control-policy': 'a resource control policy of the organisation (a guardrail on the resource)',
  'service-control-policy': 'a service control policy of the organisation (a guardrail on the account)',
  'vpc-endpoint-policy': 'the policy of the VPC endpoint',
  'public-access-block': 'S3 Block Public Access',
  'resource-policy': "the resource's own policy",
  'key-policy': "the key's own policy",
  'kms-key': 'the KMS key under which the secret lies',
  'trust-policy': "the role's trust policy",
  'access-point-policy': "the access point's policy",
  'identity-policy': "the caller's own policies",
  'permissions-boundary': "the caller's permissions boundary",
  'session-policy': 'the session policy',
};

const kindWords: Readonly<Record<string, string>> = {
  identity: 'identity policy',
  'permissions-boundary': 'permissions boundary',
  'service-control': 'service control policy',
  'resource-control': 'resource control policy',
  resource: 'resource policy',
  trust: 'trust policy',
};

/** The answer as lines. */
export function renderSimulate(answer: SimulateAnswer, style: Style): string {
  const { decision, statements, conditions, unknown } = answer;
  const lines = [style.bold(headline(answer)), ''];
  if (conditions.length > 0) {
    lines.push(conditions.length === 1 ? 'It is allowed only if:' : 'It is allowed only if all of this holds:');
    lines.push(...conditions.map((condition) => `  - ${sanitize(condition, { maxLength: 1300 })}`), '');
  }
  if (decision === 'implicit-deny' || decision === 'explicit-deny') {
    lines.push(`Stopped first by: ${wallWords[answer.wall ?? ''] ?? answer.wall ?? 'nothing that allows it'}`);
    for (const change of answer.change) lines.push(`To change it: ${sanitize(change, { maxLength: 900 })}`);
    lines.push('');
  }
  const granting = statements.filter((statement) => !passing(statement));
  if (granting.length > 0) {
    lines.push(decision === 'implicit-deny' ? 'What does allow it, and is not enough:' : 'Statements that decided:');
    lines.push(...granting.flatMap(statementLines), '');
  }
  const passed = grouped(statements.filter(passing));
  if (passed.length > 0) lines.push('Limits that let it pass:', ...passed.map(passedLine), '');
  if (unknown.length > 0) {
    lines.push('What is not known:', ...unknown.map((line) => `  - ${sanitize(line, { maxLength: 900 })}`), '');
  }
  if (answer.problems.length > 0) {
    lines.push('Faults in the policies:', ...answer.problems.map((line) => `  - ${sanitize(line)}`), '');
  }
  for (const note of answer.notes) lines.push(`Note: ${sanitize(note, { maxLength: 900 })}`);
  return `${lines.join('\n').trimEnd()}\n`;
}

function headline({ principal, action, resource, decision, unknown, conditions }: SimulateAnswer): string {
  const who = sanitize(principal === '*' ? 'Anybody' : principal);
  const what = resource === '*' ? action : `${action} on ${sanitize(resource)}`;
  if (decision === 'allowed') return `ALLOWED: ${who} may call ${what}.`;
  if (decision === 'explicit-deny') return `DENIED: ${who} may not call ${what}; a policy forbids it.`;
  if (decision === 'implicit-deny')
    return `DENIED: ${who} may not call ${what}; not everything that must allow it does.`;
  if (unknown.length > 0 && conditions.some(restsOnUnread))
    return `UNKNOWN: whether ${who} may call ${what} is not known; a policy that decides it could not be read.`;
  return `DEPENDS: ${who} may call ${what} under conditions.`;
}

/** Policies that limit, and grant nothing. */
const ceilings: readonly string[] = ['service-control', 'permissions-boundary', 'session', 'vpc-endpoint'];

function passing({ effect, kind }: SimulateStatement): boolean {
  return effect === 'Allow' && ceilings.includes(kind);
}

/** The same statement of the same policy at several places is one row. */
function grouped(statements: readonly SimulateStatement[]): readonly { of: SimulateStatement; places: string[] }[] {
  const rows = new Map<string, { of: SimulateStatement; places: string[] }>();
  for (const statement of statements) {
    const key = JSON.stringify({ ...statement, attachedTo: '' });
    const row = rows.get(key);
    if (row === undefined) rows.set(key, { of: statement, places: [statement.attachedTo] });
    else row.places.push(statement.attachedTo);
  }
  return [...rows.values()];
}

function passedLine({ of, places }: { of: SimulateStatement; places: readonly string[] }): string {
  const levels =
    places.length > 2 ? `${places.slice(0, 1).join('')} and ${places.length - 1} levels below` : places.join(' and ');
  const text = `${of.policy}: ${statementName(of)} (${kindWords[of.kind] ?? of.kind}, attached to ${levels})${conditionOf(of)}`;
  return `  Allow  ${sanitize(text, { maxLength: 1200 })}`;
}

function statementLines(statement: SimulateStatement): string[] {
  const { policy, effect, kind, attachedTo } = statement;
  const attached = kind === 'resource' || kind === 'trust' ? `of ${attachedTo}` : `attached to ${attachedTo}`;
  const condition = conditionOf(statement);
  return [
    `  ${effect === 'Allow' ? 'Allow' : 'Deny '}  ${sanitize(policy)}: ${sanitize(statementName(statement))} (${sanitize(`${kindWords[kind] ?? kind}, ${attached}`, { maxLength: 400 })})`,
    ...(condition === '' ? [] : [`         ${sanitize(condition.trim(), { maxLength: 900 })}`]),
  ];
}

function statementName({ sid, place }: SimulateStatement): string {
  return sid === null ? `statement at ${place}` : `statement "${sid}"`;
}

/** What the engine adds to "allows this": the conditions of the statement, as written. */
function conditionOf({ why }: SimulateStatement): string {
  return /^The .*? (?:allows|denies) this(.*)\.$/s.exec(why)?.[1] ?? '';
}
