// What a document is attached to, where nobody says so.

import type { PolicyKind } from '../policy/document.ts';

/** Names of kinds as they are given on the command line. */
export const kindNames: Readonly<Record<string, PolicyKind>> = {
  identity: 'identity',
  resource: 'resource',
  trust: 'trust',
  scp: 'service-control',
  rcp: 'resource-control',
  boundary: 'permissions-boundary',
  session: 'session',
  'vpc-endpoint': 'vpc-endpoint',
};

const fileNames: readonly (readonly [RegExp, PolicyKind])[] = [
  [/(?:^|[^a-z])scps?(?:[^a-z]|$)|service-control/, 'service-control'],
  [/(?:^|[^a-z])rcps?(?:[^a-z]|$)|resource-control/, 'resource-control'],
  [/boundary|boundaries/, 'permissions-boundary'],
  [/session-policy/, 'session'],
  [/vpce|vpc-endpoint|endpoint-policy/, 'vpc-endpoint'],
  [/trust|assume-role/, 'trust'],
];

function assumes(action: unknown): boolean {
  return /^sts:(?:AssumeRole|TagSession|SetSourceIdentity)/i.test(String(action));
}

/**
 * Guesses by the file's name, then by the elements: a policy with principals is one of a resource, or of a role where
 * all it speaks of is assuming it.
 */
export function guessKind(value: unknown, file: string): PolicyKind {
  const name = file.toLowerCase();
  const byName = fileNames.find(([pattern]) => pattern.test(name))?.[1];
  if (byName !== undefined) return byName;
  const statements = statementsOf(value);
  if (!statements.some((one) => 'Principal' in one || 'NotPrincipal' in one)) return 'identity';
  const actions = statements.flatMap((one) => [one['Action'] ?? []].flat());
  return actions.length > 0 && actions.every(assumes) ? 'trust' : 'resource';
}

function statementsOf(value: unknown): readonly Record<string, unknown>[] {
  if (value === null || typeof value !== 'object') return [];
  const given = (value as Record<string, unknown>)['Statement'];
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  return list.filter((one): one is Record<string, unknown> => one !== null && typeof one === 'object');
}
