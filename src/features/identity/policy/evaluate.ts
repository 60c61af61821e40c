// The evaluator: one request, all policies that bear on it, one explained answer.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html

import type { Answer } from './answer.ts';
import { needsNoPermission } from './callers.ts';
import { combine } from './combine.ts';
import type { Layers } from './combine.ts';
import { createContext } from './context.ts';
import { judgeResourceControl, judgeServiceControl } from './control-policies.ts';
import { explain } from './explain.ts';
import { filledKeys } from './fill-context.ts';
import { judge } from './judge.ts';
import type { Asked } from './judge.ts';
import type { AccessRequest, Policies } from './policies.ts';
import { accountOf, isInAccount } from './principal.ts';
import { judgeResourceSide, resourceAccountOf, targetOf } from './judge-resource.ts';

/**
 * Decides whether a request is allowed, and says why.
 *
 * `allowed`, `implicit-deny` and `explicit-deny` hold whatever is unknown; `conditional` comes with the expression
 * under which the request is allowed. Pure: the same input gives the same answer.
 */
export function evaluate(request: AccessRequest, policies: Policies): Answer {
  const action = request.action.toLowerCase();
  const { principal } = request;
  if (needsNoPermission(principal, action)) return explain(undefined, { decision: 'allowed' });
  const layers = judgeLayers(request, policies, action);
  return explain(layers, combine(layers));
}

function judgeLayers(request: AccessRequest, policies: Policies, action: string): Layers {
  const { principal, resource, context } = request;
  const resourceAccount = resourceAccountOf(request);
  const filled = filledKeys(principal, action, resource, resourceAccount, context.complete);
  const asked: Asked = {
    principal,
    action,
    target: targetOf(request),
    context: createContext(context, filled),
    hasBoundary: policies.permissionsBoundary !== undefined && principal.kind !== 'root',
  };
  const hasPolicies = isInAccount(principal) && principal.kind !== 'root';
  const boundary = hasPolicies ? policies.permissionsBoundary : undefined;
  const session = hasPolicies && principal.kind !== 'user' ? policies.session : [];
  // A federated user has what his session policies give him; without one, nothing.
  const needsSession = principal.kind === 'federated-user';
  return {
    action,
    question: `${request.action} on ${resource}`,
    principal,
    sameAccount: isInAccount(principal) && accountOf(principal) === resourceAccount,
    resourceControl: judgeResourceControl(policies, asked),
    serviceControl: judgeServiceControl(policies, asked),
    vpcEndpoint: policies.vpcEndpoint === undefined ? undefined : judge([policies.vpcEndpoint], asked),
    resourceSide: judgeResourceSide(policies, asked, resourceAccount),
    identity: hasPolicies ? judge(policies.identity, asked) : undefined,
    boundary: boundary === undefined ? undefined : judge([boundary], asked),
    session: session.length === 0 && !needsSession ? undefined : judge(session, asked),
    documents: documentsOf(policies),
  };
}

function documentsOf(policies: Policies): Layers['documents'] {
  return [
    ...policies.resourceControl.flat(),
    ...policies.serviceControl.flat(),
    ...policies.identity,
    ...policies.session,
    policies.resource,
    policies.permissionsBoundary,
    policies.vpcEndpoint,
    policies.s3.accessPointPolicy,
  ].filter((document) => document !== undefined);
}
