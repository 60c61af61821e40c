// The patterns of Action and Resource elements.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html

import { pointer, quoted } from './problems.ts';
import type { StatementScope } from './statement-scope.ts';

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
  if (typeof item !== 'string' || !item.startsWith('arn:') || (!hasSixParts(item) && !item.includes('*'))) {
    scope.problems.error('resource', place, `A resource is "*" or an ARN, not ${quoted(item)}.`);
    return undefined;
  }
  const head = scope.variables ? headOf(item) : '';
  if (!head.includes('${')) return item;
  scope.problems.error('variable-place', place, 'A policy variable can stand only after the fifth colon of an ARN.');
  // A Deny keeps what it can mean: any value in place of the variable.
  if (scope.effect !== 'Deny' || what !== 'resource') return undefined;
  return head.replaceAll(/\$\{[^}]*\}/g, '*') + item.slice(head.length);
}

function hasSixParts(text: string): boolean {
  let at = -1;
  for (let colons = 0; colons < 5; colons += 1) {
    at = text.indexOf(':', at + 1);
    if (at === -1) return false;
  }
  return true;
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
