// Principal and NotPrincipal.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

import { isAccountId, parseArn } from '../../../domain/arn.ts';
import type { PrincipalElement, PrincipalEntry } from './document.ts';
import { duplicatedKeys } from './json-text.ts';
import { pointer, quoted } from './problems.ts';
import type { StatementScope } from './statement-scope.ts';

const kinds = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;

/**
 * Reads the value of Principal or NotPrincipal. Undefined means everyone: what an unreadable Principal of a Deny
 * widens to. Of an unreadable NotPrincipal the readable exceptions remain.
 */
export function parsePrincipals(
  value: unknown,
  not: boolean,
  scope: StatementScope,
  place: string,
): PrincipalElement | undefined {
  const before = scope.problems.errors();
  if (not) checkNotPrincipal(scope, place);
  const entries = value === '*' ? [{ kind: 'everyone' } as const] : readEntries(value, scope, place);
  if (scope.kind === 'resource-control' && !not && !entries.every((entry) => entry.kind === 'everyone')) {
    scope.problems.error('rcp-principal', place, 'A resource control policy names every principal: "*".');
  }
  const readable = scope.problems.errors() === before;
  if (!readable && (!not || scope.kind === 'trust' || scope.kind === 'resource-control')) return undefined;
  return { not, entries };
}

/**
 * NotPrincipal works with Deny alone, and not in trust policies and resource control policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function checkNotPrincipal(scope: StatementScope, place: string): void {
  if (scope.effect === 'Allow') {
    scope.problems.error('not-principal-allow', place, 'NotPrincipal is not supported with Allow.');
  }
  if (scope.kind === 'trust' || scope.kind === 'resource-control') {
    scope.problems.error('not-principal-kind', place, 'This kind of policy takes no NotPrincipal.');
  }
}

function readEntries(value: unknown, scope: StatementScope, place: string): PrincipalEntry[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    scope.problems.error('principal', place, `Principal is "*" or an object such as {"AWS": …}, not ${quoted(value)}.`);
    return [];
  }
  const repeated = duplicatedKeys(value);
  const entries: PrincipalEntry[] = [];
  for (const key of Object.keys(value)) {
    const kind = kinds.find((known) => known === key);
    const keyPlace = pointer(place, key);
    if (kind === undefined || repeated.has(key)) {
      const fault = kind === undefined ? 'is not a kind of principal' : 'is given more than once';
      scope.problems.error('principal-kind', keyPlace, `${quoted(key)} ${fault}.`);
      continue;
    }
    const given = (value as Record<string, unknown>)[key];
    const list: readonly unknown[] = Array.isArray(given) ? given : [given];
    for (const [index, item] of list.entries()) {
      const entry = readEntry(kind, item);
      const itemPlace = Array.isArray(given) ? pointer(keyPlace, index) : keyPlace;
      if (entry === undefined)
        scope.problems.error('principal', itemPlace, `${quoted(item)} names no ${kind} principal.`);
      else entries.push(entry);
    }
  }
  if (entries.length === 0) scope.problems.error('principal', place, 'Principal names nobody.');
  return entries;
}

function readEntry(kind: (typeof kinds)[number], item: unknown): PrincipalEntry | undefined {
  if (typeof item !== 'string' || item === '') return undefined;
  if (kind !== 'AWS') return /[*?]/.test(item) ? undefined : { kind, value: item };
  if (item === '*') return { kind: 'everyone' };
  return isAwsPrincipal(item) ? { kind, value: item } : undefined;
}

/** An account id, a unique id (AIDA…, AROA…), or the ARN of a root, user, role or session; wildcards name nobody. */
function isAwsPrincipal(text: string): boolean {
  if (isAccountId(text) || /^A[A-Z0-9]{15,127}$/.test(text)) return true;
  const arn = parseArn(text);
  if (arn === undefined || /[*?]/.test(text)) return false;
  if (arn.service === 'iam') return /^(?:root$|user\/.|role\/.)/.test(arn.resource);
  return arn.service === 'sts' && /^(?:assumed-role\/[^/]+\/[^/]+|federated-user\/.+)$/.test(arn.resource);
}
