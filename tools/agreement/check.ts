// Puts random requests to both evaluators, the explaining one and the compiled one, and counts where they differ.

import type { Decision } from '../../src/features/identity/policy/answer.ts';
import { policyCaseSchema, type PolicyCase } from '../../src/features/identity/policy/case-format.ts';
import { readCase } from '../../src/features/identity/policy/case-request.ts';
import type { PolicyKind } from '../../src/features/identity/policy/document.ts';
import { evaluate } from '../../src/features/identity/policy/evaluate.ts';
import { isRoleAssumption } from '../../src/features/identity/policy/judge-resource.ts';
import type { AccessRequest, Policies } from '../../src/features/identity/policy/policies.ts';
import { accountOf } from '../../src/features/identity/policy/principal.ts';
import type { CompiledPolicies } from '../../src/features/identity/compiled/compiled-policies.ts';
import { decisionOf } from '../../src/features/identity/compiled/combine.ts';
import { weigh } from '../../src/features/identity/compiled/decide.ts';
import type { CompiledDocument } from '../../src/features/identity/compiled/compiled-document.ts';
import { PolicyLibrary } from '../../src/features/identity/compiled/library.ts';
import { resourceAccountOf } from '../../src/features/identity/policy/judge-resource.ts';
import { maybe } from '../../src/features/identity/compiled/tri.ts';
import { seededRandom } from './random.ts';
import { drawScenario } from './scenario.ts';

export interface Agreement {
  requests: number;
  /** Decisions of the explaining evaluator. */
  decisions: Record<Decision, number>;
  /**
   * The compiled evaluator left open what the explaining one could decide, since it does not see conditions that exclude
   * or complete each other: allowed, and rare.
   */
  leftOpen: number;
  /** Every case in which the two contradict each other, at most `keep` of them. */
  differences: { case: PolicyCase; explained: Decision; compiled: Decision }[];
  different: number;
}

const requestsPerScenario = 20;

/** Compares the evaluators on `requests` random requests; the same seed draws the same requests. */
export function checkAgreement(requests: number, seed: number, keep = 5): Agreement {
  const random = seededRandom(seed);
  const result: Agreement = {
    requests: 0,
    decisions: { allowed: 0, 'implicit-deny': 0, 'explicit-deny': 0, conditional: 0 },
    leftOpen: 0,
    differences: [],
    different: 0,
  };
  while (result.requests < requests) {
    const { policies, requests: drawn } = drawScenario(
      random,
      Math.min(requestsPerScenario, requests - result.requests),
    );
    const library = new PolicyLibrary();
    const parsed = new Map<boolean, Policies>();
    for (const one of drawn) {
      const { request } = readCase(policyCaseSchema.parse({ name: 'random', ...one }));
      const whole = policyCaseSchema.parse({ name: 'random', ...one, ...policies });
      const trust = isRoleAssumption(request.action);
      const documents = parsed.get(trust) ?? readCase(whole).policies;
      parsed.set(trust, documents);
      const { principalInManagementAccount = false, resourceInManagementAccount = false } = whole;
      const flags = { principalInManagementAccount, resourceInManagementAccount };
      const explained = evaluate(request, { ...documents, ...flags }).decision;
      const weighed = weigh(request, { ...internCase(library, whole, request, documents), ...flags });
      const compiled = decisionOf(weighed.deny, weighed.allow);
      result.requests += 1;
      result.decisions[explained] += 1;
      if (explained === compiled) continue;
      const completed = explained === 'explicit-deny' && compiled === 'implicit-deny' && weighed.deny === maybe;
      if (compiled === 'conditional' || completed) {
        result.leftOpen += 1;
        continue;
      }
      result.different += 1;
      if (result.differences.length < keep) result.differences.push({ case: whole, explained, compiled });
    }
  }
  return result;
}

/** The case's policies interned from their text, each for the account that it belongs to. */
export function internCase(
  library: PolicyLibrary,
  given: PolicyCase,
  request: AccessRequest,
  parsed: Policies,
): CompiledPolicies {
  const own = accountOf(request.principal);
  const intern = (source: unknown, kind: PolicyKind, account?: string): CompiledDocument =>
    library.intern(JSON.stringify(source), kind, account);
  const optional = (source: unknown, kind: PolicyKind, account?: string): CompiledDocument | undefined =>
    source === null || source === undefined ? undefined : intern(source, kind, account);
  const levels = (source: unknown, kind: PolicyKind): CompiledDocument[][] =>
    ((source ?? []) as unknown[][]).map((level) => level.map((document) => intern(document, kind)));
  const resourceKind = isRoleAssumption(request.action) ? 'trust' : 'resource';
  return {
    ...parsed,
    identity: (given.identityPolicies ?? []).map((document) => intern(document, 'identity', own)),
    permissionsBoundary: optional(given.permissionBoundary, 'permissions-boundary', own),
    session: (given.sessionPolicies ?? []).map((document) => intern(document, 'session', own)),
    resource: optional(given.resourcePolicy, resourceKind, resourceAccountOf(request)),
    vpcEndpoint: optional(given.vpcEndpointPolicy, 'vpc-endpoint'),
    serviceControl: levels(given.serviceControlPolicies, 'service-control'),
    resourceControl: levels(given.resourceControlPolicies, 'resource-control'),
  };
}
