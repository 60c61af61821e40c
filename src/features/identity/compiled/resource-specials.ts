// Where S3 and KMS bring more than a policy (ACLs, Block Public Access, access points, grants), the actions of the
// service are decided one by one.

import { sortedActions } from '../actions/action-index.ts';
import { addBit, hasBit, members, removeBit, type Bitset } from '../actions/bitset.ts';
import type { AccessRequest } from '../policy/policies.ts';
import { actionRules } from './action-rules.ts';
import type { CompiledPolicies } from './compiled-policies.ts';
import { decide } from './decide.ts';
import { relationOfNames } from './pattern-relation.ts';
import { isPlain } from './resource-findings.ts';

/**
 * Corrects the sets for the actions of S3 and KMS. A pattern of resources cannot be decided one by one: what was allowed
 * becomes possible, since Block Public Access may take it away, and whatever ACLs and grants can give becomes possible.
 */
export function patchResourceSpecials(
  request: Omit<AccessRequest, 'action'>,
  single: boolean,
  policies: CompiledPolicies,
  allowed: Bitset,
  possible: Bitset,
): void {
  const { acl, accessPointPolicy } = policies.s3;
  const { resource } = request;
  // Whether the bucket policy grants or denies cannot be told from the ARNs of access points: it names the bucket's.
  const s3 = acl.length > 0 || accessPointPolicy !== undefined || byAccessPoint(policies, 's3', resource, single);
  // Nothing but grants makes keys special.
  const gives = { s3, kms: true };
  for (const service of services) {
    if (!isSpecial(policies, service, request.resource, single)) continue;
    for (const number of members(actionRules()[service])) {
      const action = sortedActions()[number] ?? '';
      const may = hasBit(possible, number) || gives[service] ? 'conditional' : 'implicit-deny';
      const decision = single ? decide({ ...request, action }, policies) : may;
      setBit(allowed, number, decision === 'allowed');
      setBit(possible, number, decision === 'allowed' || decision === 'conditional');
    }
  }
}

const services = ['s3', 'kms'] as const;

/** True when the sets have to be corrected. */
export function needsPatch(policies: CompiledPolicies, resources: string, single: boolean): boolean {
  return services.some((service) => isSpecial(policies, service, resources, single));
}

function isSpecial(policies: CompiledPolicies, service: string, resources: string, single: boolean): boolean {
  return !isPlain(policies, service, resources) || byAccessPoint(policies, service, resources, single);
}

/** A bucket policy applies to access points although it does not name them. */
function byAccessPoint(policies: CompiledPolicies, service: string, resources: string, single: boolean): boolean {
  const bucketPolicy = service === 's3' && policies.resource !== undefined && !single;
  return bucketPolicy && relationOfNames('accesspoint/*', resources) !== 'none';
}

function setBit(set: Bitset, bit: number, on: boolean): void {
  if (on) addBit(set, bit);
  else removeBit(set, bit);
}
