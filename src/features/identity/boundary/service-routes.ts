// Known ways to use the permissions of a role that something else already has, without passing or assuming it. No
// boundary of the caller limits what such a role does, so that whoever generates a boundary should know which remain.

import { parsePrincipal } from '../policy/principal.ts';
import { evaluate } from '../policy/evaluate.ts';
import { parsePolicy } from '../policy/parse.ts';
import { noPolicies } from '../policy/policies.ts';
import routes from './service-routes.json' with { type: 'json' };

export interface ServiceRoute {
  readonly id: string;
  /** All of them are needed. */
  readonly actions: readonly string[];
}

const everything = parsePolicy(
  { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  { name: 'an identity policy that allows everything', kind: 'identity' },
);

/**
 * The routes of which a boundary stops no step for certain: what remains conditional (a region, a date) is open.
 *
 * @param document the boundary as JSON
 */
export function reachableRoutes(document: unknown): readonly ServiceRoute[] {
  const boundary = parsePolicy(document, { name: 'the boundary', kind: 'permissions-boundary' });
  const principal = parsePrincipal('arn:aws:iam::111122223333:role/example', 'example');
  if (principal === undefined) return [];
  const open = (action: string): boolean => {
    const context = { values: {}, complete: false };
    const request = { principal, action, resource: '*', resourceAccount: '111122223333', context };
    const { decision } = evaluate(request, { ...noPolicies, identity: [everything], permissionsBoundary: boundary });
    return decision === 'allowed' || decision === 'conditional';
  };
  return routes.routes.filter(({ actions }) => actions.every(open));
}
