// One decision over compiled documents, without its reasons.

import { actionNumber } from '../actions/action-index.ts';
import type { Decision } from '../policy/answer.ts';
import { isRefused, needsNoPermission } from '../policy/callers.ts';
import { createContext } from '../policy/context.ts';
import { filledKeys } from '../policy/fill-context.ts';
import { resourceAccountOf, targetOf } from '../policy/judge-resource.ts';
import type { AccessRequest } from '../policy/policies.ts';
import { accountOf, isInAccount } from '../policy/principal.ts';
import { decisionOf, granted, type PrincipalFindings } from './combine.ts';
import type { CompiledPolicies } from './compiled-policies.ts';
import { allowOf, judgeCompiled, type Question } from './judge.ts';
import type { CompiledDocument } from './compiled-document.ts';
import { judgeResource } from './resource-findings.ts';
import { hasPolicies, underResourceControl, underServiceControl } from './scope.ts';
import { both, either, no, yes, type Tri } from './tri.ts';

/**
 * Decides a request. The decision is that of `evaluate`, with one exception: where conditions that cannot be decided
 * exclude or complete each other `evaluate` sees that they do, while this answers `conditional`, or `implicit-deny`
 * where a deny is certain for the sum of its conditions only.
 */
export function decide(request: AccessRequest, policies: CompiledPolicies): Decision {
  const { allow, deny } = weigh(request, policies);
  return decisionOf(deny, allow);
}

/** What a decision is made of: the highest deny of any layer, and the lowest of everything that must allow. */
export function weigh(request: AccessRequest, policies: CompiledPolicies): { allow: Tri; deny: Tri } {
  const action = request.action.toLowerCase();
  const { principal, resource, context } = request;
  if (needsNoPermission(principal, action)) return { allow: yes, deny: no };
  const resourceAccount = resourceAccountOf(request);
  const question: Question = {
    principal,
    action,
    actionNumber: actionNumber(action),
    arn: targetOf(request).arn,
    context: createContext(context, filledKeys(principal, action, resource, resourceAccount, context.complete)),
    hasBoundary: policies.permissionsBoundary !== undefined && principal.kind !== 'root',
  };
  const account = accountOf(principal);
  const sameAccount = isInAccount(principal) && account === resourceAccount;
  const side = judgeResource(policies, question, resourceAccount, sameAccount);
  const guards = judgeGuards(policies, question);
  let deny = either(guards.deny, side.deny);
  if (deny === yes) return { allow: no, deny };
  const refused = isRefused(principal, action);
  if (!isInAccount(principal)) {
    const grant = refused ? no : either(side.reach.direct, side.grants.direct);
    return { allow: both(guards.allow, grant), deny };
  }
  const own = judgePrincipal(policies, question, account ?? '');
  deny = either(deny, own.deny);
  const grant = refused ? no : granted(own, side, sameAccount);
  return { allow: both(guards.allow, grant), deny };
}

/** What must let a request pass whoever grants it: SCPs, RCPs and the policy of a VPC endpoint. */
export function judgeGuards(policies: CompiledPolicies, question: Question): { allow: Tri; deny: Tri } {
  const guards: { allow: Tri; deny: Tri } = { allow: yes, deny: no };
  const add = (documents: readonly CompiledDocument[], grants: boolean): void => {
    const findings = judgeCompiled(documents, '', question);
    guards.deny = either(guards.deny, findings.deny);
    if (grants) guards.allow = both(guards.allow, allowOf(findings));
  };
  const { principal, action, arn } = question;
  if (underServiceControl(principal, policies.principalInManagementAccount)) {
    for (const level of policies.serviceControl) add(level, true);
  }
  if (underResourceControl(principal, action, arn, policies.resourceInManagementAccount)) {
    for (const level of policies.resourceControl) add(level, false);
  }
  if (policies.vpcEndpoint !== undefined) add([policies.vpcEndpoint], true);
  return guards;
}

/** What identity policies, boundary and session policies say. */
export function judgePrincipal(policies: CompiledPolicies, question: Question, account: string): PrincipalFindings {
  const { principal } = question;
  // The root user has no policies of its own and may do everything.
  if (!hasPolicies(principal)) return { identity: yes, boundary: yes, session: yes, deny: no };
  const { identity, permissionsBoundary } = policies;
  const session = principal.kind === 'user' ? [] : policies.session;
  // A federated user has what his session policies give him; without one, nothing.
  const limited = session.length > 0 || principal.kind === 'federated-user';
  const granting = judgeCompiled(identity, account, question);
  const boundary = permissionsBoundary && judgeCompiled([permissionsBoundary], account, question);
  const bySession = limited ? judgeCompiled(session, account, question) : undefined;
  return {
    identity: allowOf(granting),
    boundary: boundary === undefined ? yes : allowOf(boundary),
    session: bySession === undefined ? yes : allowOf(bySession),
    deny: either(granting.deny, either(boundary?.deny ?? no, bySession?.deny ?? no)),
  };
}
