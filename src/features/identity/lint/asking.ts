// Puts questions to the policy engine, and writes them down as policy cases that `vedette simulate --cases` runs.

import { parseArn } from '../../../domain/arn.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { PolicyDocument, PolicyKind } from '../policy/document.ts';
import { parsePolicy } from '../policy/parse.ts';
import { noPolicies } from '../policy/policies.ts';
import type { Policies } from '../policy/policies.ts';
import { accountOf, parsePrincipal } from '../policy/principal.ts';
import type { Principal } from '../policy/principal.ts';
import type { Evidence, Question } from './contract.ts';

const allowEverything = {
  Version: '2012-10-17',
  Statement: { Sid: 'AllowEverything', Effect: 'Allow', Action: '*', Resource: '*' },
};
const allowing = parsePolicy(allowEverything, { name: 'identity policy that allows everything', kind: 'identity' });
const fullAccess = parsePolicy(allowEverything, { name: 'FullAWSAccess', kind: 'service-control' });

/** Which documents stand beside the one in question. */
interface Beside {
  /** An identity policy that allows everything. */
  readonly identity: boolean;
  /** FullAWSAccess on the same level. */
  readonly fullAccess: boolean;
}

function besideOf(document: PolicyDocument, question: Question, principal: Principal): Beside {
  const { kind } = document;
  if (kind === 'identity') return { identity: question.besideAllow === true, fullAccess: false };
  if (kind === 'service-control') {
    const allows = document.statements.some((statement) => statement.effect === 'Allow' && statement.sound);
    return { identity: true, fullAccess: !allows };
  }
  if (kind !== 'resource' && kind !== 'trust') return { identity: true, fullAccess: false };
  // Across accounts both sides must allow; within one the resource's policy shall decide alone.
  const foreign = accountOf(principal) !== accountOfResource(question);
  return { identity: foreign || question.besideAllow === true, fullAccess: false };
}

function accountOfResource(question: Question): string | undefined {
  return question.resourceAccount ?? parseArn(question.resource)?.account;
}

function policiesOf(document: PolicyDocument, beside: Beside): Policies {
  const identity = beside.identity ? [allowing] : [];
  const own: Partial<Record<PolicyKind, Partial<Policies>>> = {
    identity: { identity: [...identity, document] },
    'permissions-boundary': { identity, permissionsBoundary: document },
    session: { identity, session: [document] },
    'service-control': { identity, serviceControl: [beside.fullAccess ? [fullAccess, document] : [document]] },
    'resource-control': { identity, resourceControl: [[document]] },
    'vpc-endpoint': { identity, vpcEndpoint: document },
  };
  return { ...noPolicies, ...(own[document.kind] ?? { identity, resource: document }) };
}

/** The engine's answer. A principal that names nobody cannot be asked about: the answer is an implicit denial. */
export function ask(document: PolicyDocument, shows: string, question: Question): Evidence {
  const principal = parsePrincipal(question.principal, question.sessionName);
  if (principal === undefined) return { shows, question, decision: 'implicit-deny', statements: [] };
  const answer = evaluate(
    {
      principal,
      action: question.action,
      resource: question.resource,
      resourceAccount: question.resourceAccount,
      context: { values: question.context, complete: true },
    },
    policiesOf(document, besideOf(document, question, principal)),
  );
  const own = answer.statements.filter(({ policy }) => policy === document.name);
  return { shows, question, decision: answer.decision, statements: own.map(({ sid, place }) => sid ?? place) };
}

/**
 * The question as a policy case.
 *
 * @param source the document as JSON
 */
export function asCase(document: PolicyDocument, source: unknown, { shows, question, decision }: Evidence): object {
  const { besideAllow: _, ...request } = question;
  const principal = parsePrincipal(question.principal, question.sessionName);
  const beside = besideOf(document, question, principal ?? { kind: 'anonymous' });
  const identityPolicies = beside.identity ? [allowEverything] : [];
  const own: Partial<Record<PolicyKind, object>> = {
    identity: { identityPolicies: [...identityPolicies, source] },
    'permissions-boundary': { identityPolicies, permissionBoundary: source },
    session: { identityPolicies, sessionPolicies: [source] },
    'service-control': {
      identityPolicies,
      serviceControlPolicies: [[...(beside.fullAccess ? [allowEverything] : []), source]],
    },
    'resource-control': { identityPolicies, resourceControlPolicies: [[source]] },
    'vpc-endpoint': { identityPolicies, vpcEndpointPolicy: source },
  };
  return {
    name: shows,
    request,
    ...(own[document.kind] ?? { identityPolicies, resourcePolicy: source }),
    completeContext: true,
    expect: { decision },
  };
}
