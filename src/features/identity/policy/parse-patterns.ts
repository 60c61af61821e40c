// The patterns of Action and Resource elements.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html

import type { PolicyKind } from './document.ts';
import { pointer, quoted } from './problems.ts';
import type { StatementScope } from './statement-scope.ts';
import { variableFault } from './variables.ts';

const actionPattern = /^(?:\*|(?:\*|[A-Za-z0-9-]+):[A-Za-z0-9*?-]+)$/;

/**
 * Reads a string or a list of strings as patterns. Undefined (with the fault reported) when any of them cannot be
 * read: the caller then widens the element, which is right for a Deny; an Allow is void by the report.
 */
export function readPatterns(
  value: unknown,
  what: 'action' | 'resource' | 'not-resource',
  scope: StatementScope,
  place: string,
): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) {
    scope.problems.error('empty-list', place, 'The list is empty.');
    return undefined;
  }
  const patterns: string[] = [];
  let readable = true;
  for (const [index, item] of list.entries()) {
    const itemPlace = Array.isArray(value) ? pointer(place, index) : place;
    const pattern = what === 'action' ? readAction(item, scope, itemPlace) : readResource(item, what, scope, itemPlace);
    if (pattern === undefined) readable = false;
    else patterns.push(pattern);
  }
  return readable ? patterns : undefined;
}

function readAction(item: unknown, scope: StatementScope, place: string): string | undefined {
  if (typeof item === 'string' && actionPattern.test(item)) return item;
  scope.problems.error('action', place, `An action is "*" or "service:Name", not ${quoted(item)}.`);
  return undefined;
}

function readResource(
  item: unknown,
  what: 'resource' | 'not-resource',
  scope: StatementScope,
  place: string,
): string | undefined {
  if (item === '*') return item;
  if (typeof item !== 'string' || !item.startsWith('arn:') || !isWhole(item, scope)) {
    scope.problems.error('resource', place, `A resource is "*" or an ARN, not ${quoted(item)}.`);
    return undefined;
  }
  const fault = scope.variables ? variableFault(item) : undefined;
  if (fault !== undefined) {
    scope.problems.error('variable', place, `${quoted(item)} ${fault}.`);
    return undefined;
  }
  const head = scope.variables ? headOf(item) : '';
  if (!head.includes('${')) return completed(item, scope, place);
  scope.problems.error('variable-place', place, 'A policy variable can stand only after the fifth colon of an ARN.');
  // A Deny keeps what it can mean: any value in place of the variable.
  if (scope.effect !== 'Deny' || what !== 'resource') return undefined;
  return head.replaceAll(/\$\{[^}]*\}/g, '*') + item.slice(head.length);
}

/** The kinds in which AWS completes an ARN that ends early; a session policy with such an ARN is refused. */
const completing = new Set<PolicyKind>(['identity', 'permissions-boundary']);

function isWhole(text: string, { kind }: StatementScope): boolean {
  if (completing.has(kind)) return /^arn:[^:]/.test(text);
  return missingParts(text) === 0 || (kind !== 'session' && text.includes('*'));
}

/**
 * "AWS automatically completes the ARN by adding wildcard characters (*) to all missing fields."
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
function completed(text: string, scope: StatementScope, place: string): string {
  const missing = missingParts(text);
  if (missing === 0 || !completing.has(scope.kind)) return text;
  const whole = text + ':*'.repeat(missing);
  scope.problems.warning(
    'incomplete-arn',
    place,
    `The ARN ${quoted(text)} ends early; it stands for ${quoted(whole)}.`,
  );
  return whole;
}

/** How many of an ARN's six parts the text lacks. */
function missingParts(text: string): number {
  return Math.max(0, 6 - text.split(':', 6).length);
}

/** The part of an ARN pattern up to its fifth colon, colons inside `${…}` not counted. */
function headOf(text: string): string {
  let colons = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text.startsWith('${', at)) {
      const end = text.indexOf('}', at);
      if (end === -1) return text.slice(0, at);
      at = end;
    } else if (text[at] === ':' && (colons += 1) === 5) return text.slice(0, at + 1);
  }
  return text;
}
