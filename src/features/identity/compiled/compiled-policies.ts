// Everything that is evaluated together for one request, compiled: the counterpart of policy/policies.ts.

import { noPolicies, type Policies } from '../policy/policies.ts';
import { documentIn } from './bind.ts';
import type { CompiledDocument } from './compiled-document.ts';
import type { PolicyLibrary } from './library.ts';

type Documents = readonly CompiledDocument[];

export interface CompiledPolicies {
  readonly identity: Documents;
  readonly permissionsBoundary: CompiledDocument | undefined;
  readonly session: Documents;
  readonly resource: CompiledDocument | undefined;
  readonly vpcEndpoint: CompiledDocument | undefined;
  readonly serviceControl: readonly Documents[];
  readonly resourceControl: readonly Documents[];
  readonly principalInManagementAccount: boolean;
  readonly resourceInManagementAccount: boolean;
  readonly s3: Policies['s3'];
  readonly kmsGrants: Policies['kmsGrants'];
}

/** Compiles policies that are parsed already. */
export function compilePolicies(library: PolicyLibrary, policies: Policies): CompiledPolicies {
  const { permissionsBoundary, resource, vpcEndpoint } = policies;
  return {
    ...policies,
    identity: policies.identity.map((document) => library.add(document)),
    session: policies.session.map((document) => library.add(document)),
    serviceControl: policies.serviceControl.map((level) => level.map((document) => library.add(document))),
    resourceControl: policies.resourceControl.map((level) => level.map((document) => library.add(document))),
    permissionsBoundary: permissionsBoundary && library.add(permissionsBoundary),
    resource: resource && library.add(resource),
    vpcEndpoint: vpcEndpoint && library.add(vpcEndpoint),
  };
}

/**
 * The policies as the explaining evaluator takes them.
 *
 * @param principalAccount the account of the principal's policies
 * @param resourceAccount that of the resource's policy
 */
export function bindPolicies(policies: CompiledPolicies, principalAccount: string, resourceAccount: string): Policies {
  const own = (document: CompiledDocument): Policies['identity'][number] => documentIn(document, principalAccount);
  const { permissionsBoundary, resource, vpcEndpoint } = policies;
  return {
    ...policies,
    identity: policies.identity.map(own),
    session: policies.session.map(own),
    serviceControl: policies.serviceControl.map((level) => level.map(own)),
    resourceControl: policies.resourceControl.map((level) => level.map(own)),
    permissionsBoundary: permissionsBoundary && own(permissionsBoundary),
    resource: resource && documentIn(resource, resourceAccount),
    vpcEndpoint: vpcEndpoint && own(vpcEndpoint),
  };
}

/** No policy at all: what callers spread their own over. */
export const noCompiledPolicies: CompiledPolicies = {
  ...noPolicies,
  identity: [],
  permissionsBoundary: undefined,
  session: [],
  resource: undefined,
  vpcEndpoint: undefined,
  serviceControl: [],
  resourceControl: [],
};
