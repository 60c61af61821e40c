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
    values[key] = (Array.isArray(value) ? value : [value]).map(String);
  }
  const complete = given.completeContext ?? request.context !== undefined;
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
  const blocks = [settings?.publicAccessBlock?.account, settings?.publicAccessBlock?.bucket];
  const ownership = settings?.objectOwnership;
  return {
    publicAccessBlock: {
      blockPublicAcls: blocks.some((block) => block?.BlockPublicAcls ?? block?.blockPublicAcls ?? false),
      ignorePublicAcls: blocks.some((block) => block?.IgnorePublicAcls ?? block?.ignorePublicAcls ?? false),
      restrictPublicBuckets: blocks.some(
        (block) => block?.RestrictPublicBuckets ?? block?.restrictPublicBuckets ?? false,
      ),
    },
    objectOwnership: ownership === '' || ownership === null ? undefined : ownership,
    acl: (settings?.acl ?? []).map(readAclGrant),
    accessPointPolicy: one(settings?.accessPointPolicy, 'settings.accessPointPolicy', 'resource'),
  };
}

type CaseAcl = NonNullable<NonNullable<CaseSettings>['acl']>[number];

function readAclGrant(grant: CaseAcl): AclGrant {
  if ('grantee' in grant) return { grantee: groupName(grant.grantee), permission: grant.permission };
  const { URI, ID } = grant.Grantee;
  return { grantee: groupName(URI ?? ID ?? ''), permission: grant.Permission };
}

/** `AllUsers` of `http://acs.amazonaws.com/groups/global/AllUsers`. */
function groupName(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1);
}

type CaseGrant = NonNullable<NonNullable<CaseSettings>['kmsGrants']>[number];

function readGrant(grant: CaseGrant): KmsGrant {
  if ('granteePrincipal' in grant) {
    const { granteePrincipal, operations, constraints } = grant as Extract<CaseGrant, { operations: string[] }>;
    return {
      granteePrincipal,
      operations,
      encryptionContextSubset: constraints?.encryptionContextSubset ?? {},
      encryptionContextEquals: constraints?.encryptionContextEquals,
    };
  }
  return {
    granteePrincipal: grant.GranteePrincipal,
    operations: grant.Operations,
    encryptionContextSubset: grant.Constraints?.EncryptionContextSubset ?? {},
    encryptionContextEquals: grant.Constraints?.EncryptionContextEquals,
  };
}
