// The policies of the read role and of its caller, from the operations that the product declares.

import { VedetteError } from '../../domain/errors.ts';
import { findOperation } from '../../platform/aws/operations/operations.ts';
import { refusalOf } from '../../platform/aws/purpose.ts';
import type { PermissionInput } from './input.ts';

interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: string | readonly string[];
  Resource?: string;
  Principal?: { AWS: string };
  Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: readonly Statement[];
}

export interface PermissionDocuments {
  /** What the role may do, in as many managed policies as IAM's size limit demands. */
  policies: readonly PolicyDocument[];
  /** Who may assume the role, for one external id. */
  trust(externalId: string): PolicyDocument;
  /** What the caller needs: to assume the role in the organisation's accounts, and to read the organisation. */
  caller: PolicyDocument;
}

/** IAM counts no white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length */
export const longestPolicy = 6144;
/** Managed policies that a role may carry without a raised quota, by the same page. */
export const mostPolicies = 10;

/**
 * The documents of a read role.
 * @throws VedetteError when an operation may not be used to read, or the policies are too many for one role
 */
export function permissionDocuments(input: PermissionInput): PermissionDocuments {
  const policies = splitPolicies(actionsOf(input.operations));
  if (policies.length > mostPolicies) {
    throw new VedetteError(
      'policies-too-many',
      `The role would need ${policies.length} managed policies; IAM attaches ${mostPolicies} to a role.`,
      { hint: 'Leave services out, or have the quota "Managed policies per role" raised.' },
    );
  }
  return { policies, trust: (externalId) => trustOf(input, externalId), caller: callerOf(input) };
}

/** The IAM actions behind operations, sorted and each once. */
export function actionsOf(operations: readonly string[]): readonly string[] {
  const actions = new Set<string>();
  for (const operation of operations) {
    const refusal = refusalOf('read', operation);
    if (refusal !== undefined) {
      throw new VedetteError('operation-not-allowed', `${operation} may not be used to read: ${refusal}.`, {
        place: { action: operation },
      });
    }
    for (const action of findOperation(operation)?.actions ?? []) actions.add(action);
  }
  return [...actions].sort();
}

/** Packs actions into policies: a statement for each service, split only where one does not fit. */
export function splitPolicies(actions: readonly string[]): readonly PolicyDocument[] {
  const policies: PolicyDocument[] = [];
  let statements: Statement[] = [];
  const close = (): void => {
    if (statements.length > 0) policies.push(policyOf(statements));
    statements = [];
  };
  for (const action of actions) {
    const sid = sidOf(action);
    const last = statements.at(-1);
    const grown =
      last?.Sid === sid
        ? [...statements.slice(0, -1), statementOf(sid, [...last.Action, action])]
        : [...statements, statementOf(sid, [action])];
    if (sizeOf(policyOf(grown)) <= longestPolicy) {
      statements = grown;
      continue;
    }
    close();
    statements = [statementOf(sid, [action])];
  }
  close();
  return policies;
}

/** The length by which IAM measures a policy. */
export function sizeOf(policy: PolicyDocument): number {
  return JSON.stringify(policy).replace(/\s/g, '').length;
}

function policyOf(statements: readonly Statement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

function statementOf(sid: string, actions: readonly string[]): Statement {
  return { Sid: sid, Effect: 'Allow', Action: actions, Resource: '*' };
}

/** Sids hold letters and digits alone. */
function sidOf(action: string): string {
  const words = action.slice(0, action.indexOf(':')).split('-');
  return `Read${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}

function trustOf(input: PermissionInput, externalId: string): PolicyDocument {
  const organization = input.organizationId === undefined ? {} : { 'aws:PrincipalOrgID': input.organizationId };
  const statement: Statement = {
    Sid: 'VedetteMayAssume',
    Effect: 'Allow',
    Principal: { AWS: input.principal },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': externalId, ...organization } },
  };
  if (input.sourceIdentity !== true) return policyOf([statement]);
  // Setting a source identity is an action of its own, to which the external id does not apply:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
  const setting: Statement = {
    Sid: 'VedetteMaySetSourceIdentity',
    Effect: 'Allow',
    Principal: { AWS: input.principal },
    Action: 'sts:SetSourceIdentity',
    ...(input.organizationId === undefined ? {} : { Condition: { StringEquals: organization } }),
  };
  return policyOf([statement, setting]);
}

function callerOf(input: PermissionInput): PolicyDocument {
  const { organizationId, partition, roleName } = input;
  const within =
    organizationId === undefined ? {} : { Condition: { StringEquals: { 'aws:ResourceOrgID': organizationId } } };
  const assume: Statement = {
    Sid: 'AssumeReadRole',
    Effect: 'Allow',
    Action: input.sourceIdentity === true ? ['sts:AssumeRole', 'sts:SetSourceIdentity'] : 'sts:AssumeRole',
    Resource: `arn:${partition}:iam::*:role/${roleName}`,
    ...within,
  };
  const reading = splitPolicies(actionsOf(input.callerOperations)).flatMap((policy) => policy.Statement);
  return policyOf([assume, ...reading]);
}
