// From a case as written to a request and policies as evaluated.

import { UsageError } from '../../../domain/errors.ts';
import type { PolicyCase } from './case-format.ts';
import type { PolicyDocument, PolicyKind } from './document.ts';
import { isRoleAssumption } from './judge-resource.ts';
import { parsePolicy } from './parse.ts';
import type { AccessRequest, AclGrant, KmsGrant, Policies, S3Settings } from './policies.ts';
import { parsePrincipal } from './principal.ts';

/**
 * Reads a case.
 *
 * @throws UsageError when the principal names nobody or contradicts `principalAccount`
 */
export function readCase(given: PolicyCase): { request: AccessRequest; policies: Policies } {
  return { request: readRequest(given), policies: readPolicies(given) };
}

function readRequest(given: PolicyCase): AccessRequest {
  const { request } = given;
  const principal = parsePrincipal(request.principal, request.sessionName);
  if (principal === undefined) {
    throw new UsageError(`The principal ${JSON.stringify(request.principal)} names nobody.`, {
      hint: 'Use an ARN of a root user, user, role or session, a service name, an identity provider, or *.',
      place: { key: 'request.principal' },
    });
  }
  const account = 'account' in principal ? principal.account : undefined;
  const stated = request.principalAccount ?? '';
  if (account !== undefined && stated !== '' && stated !== account) {
    throw new UsageError(`The principal belongs to account ${account}, not ${stated}.`, {
      hint: 'Leave principalAccount out, or make it that of the ARN.',
      place: { key: 'request.principalAccount' },
    });
  }
  const values: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (const [key, value] of Object.entries(request.context ?? {})) {
    values[key] = value === null ? [] : (Array.isArray(value) ? value : [value]).map(String);
  }
  const named = request.context !== undefined || request.unknownContext !== undefined;
  const complete = given.completeContext ?? named;
  return {
    principal,
    action: request.action,
    resource: request.resource,
    resourceAccount: request.resourceAccount,
    context: { values, present: request.unknownContext ?? [], complete },
  };
}

function readPolicies(given: PolicyCase): Policies {
  const resourceKind = isRoleAssumption(given.request.action) ? 'trust' : 'resource';
  return {
    identity: list(given.identityPolicies, 'identityPolicies', 'identity'),
    permissionsBoundary: one(given.permissionBoundary, 'permissionBoundary', 'permissions-boundary'),
    session: list(given.sessionPolicies, 'sessionPolicies', 'session'),
    resource: one(given.resourcePolicy, 'resourcePolicy', resourceKind),
    vpcEndpoint: one(given.vpcEndpointPolicy, 'vpcEndpointPolicy', 'vpc-endpoint'),
    serviceControl: levels(given.serviceControlPolicies, 'serviceControlPolicies', 'service-control'),
    resourceControl: levels(given.resourceControlPolicies, 'resourceControlPolicies', 'resource-control'),
    principalInManagementAccount: given.principalInManagementAccount ?? false,
    resourceInManagementAccount: given.resourceInManagementAccount ?? false,
    s3: readS3(given.settings),
    kmsGrants: (given.settings?.kmsGrants ?? []).map(readGrant),
  };
}

function one(source: unknown, name: string, kind: PolicyKind): PolicyDocument | undefined {
  return source === null || source === undefined ? undefined : parsePolicy(source, { name, kind });
}

function list(source: readonly unknown[] | null | undefined, name: string, kind: PolicyKind): PolicyDocument[] {
  return (source ?? []).map((policy, index) => parsePolicy(policy, { name: `${name}[${index}]`, kind }));
}

function levels(source: readonly unknown[] | null | undefined, name: string, kind: PolicyKind): PolicyDocument[][] {
  return (source ?? []).map((level, index) => list(Array.isArray(level) ? level : [level], `${name}[${index}]`, kind));
}

type CaseSettings = PolicyCase['settings'];

function readS3(settings: CaseSettings): S3Settings {
  const block = settings?.publicAccessBlock;
  const blocks = [block?.account, block?.bucket, block?.accessPoint];
  const ownership = settings?.objectOwnership;
  return {
    publicAccessBlock: {
      blockPublicAcls: blocks.some((one) => one?.blockpublicacls ?? false),
      ignorePublicAcls: blocks.some((one) => one?.ignorepublicacls ?? false),
      restrictPublicBuckets: blocks.some((one) => one?.restrictpublicbuckets ?? false),
    },
    objectOwnership: ownership === '' || ownership === null ? undefined : ownership,
    acl: (settings?.acl ?? []).map(({ grantee, permission }): AclGrant => {
      const name = typeof grantee === 'string' ? grantee : (grantee.uri ?? grantee.id ?? '');
      // `AllUsers` of http://acs.amazonaws.com/groups/global/AllUsers
      return { grantee: name.slice(name.lastIndexOf('/') + 1), permission };
    }),
    accessPointPolicy: one(settings?.accessPointPolicy, 'settings.accessPointPolicy', 'resource'),
  };
}

type CaseGrant = NonNullable<NonNullable<CaseSettings>['kmsGrants']>[number];

function readGrant({ granteeprincipal, operations, constraints }: CaseGrant): KmsGrant {
  return {
    granteePrincipal: granteeprincipal,
    operations: operations.map((operation) => operation.replace(/^kms:/i, '')),
    encryptionContextSubset: constraints?.encryptioncontextsubset ?? {},
    encryptionContextEquals: constraints?.encryptioncontextequals,
  };
}
