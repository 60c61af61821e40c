// Where S3 and KMS bring more than a policy (ACLs, Block Public Access, access points, grants), the actions of the
// service are decided one by one.

import { sortedActions } from '../actions/action-index.ts';
import { addBit, hasBit, members, type Bitset } from '../actions/bitset.ts';
import type { AccessRequest } from '../policy/policies.ts';
import { actionRules } from './action-rules.ts';
import type { CompiledPolicies } from './compiled-policies.ts';
import { decide } from './decide.ts';
import { intersects } from './pattern-relation.ts';
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
  const gives = { s3: acl.length > 0 || accessPointPolicy !== undefined, kms: policies.kmsGrants.length > 0 };
  for (const service of ['s3', 'kms'] as const) {
    const bucketPolicy = service === 's3' && policies.resource !== undefined && !single;
    const points = bucketPolicy && mayBeAccessPoints(request.resource);
    if (isPlain(policies, service, request.resource) && !points) continue;
    for (const number of members(actionRules()[service])) {
      const action = sortedActions()[number] ?? '';
      const may = hasBit(possible, number) || gives[service] ? 'conditional' : 'implicit-deny';
      const decision = single ? decide({ ...request, action }, policies) : may;
      setBit(allowed, number, decision === 'allowed');
      setBit(possible, number, decision === 'allowed' || decision === 'conditional');
    }
  }
}

/** Where the resources may be access points, to which a bucket policy applies although it does not name them. */
function mayBeAccessPoints(resources: string): boolean {
  return intersects('arn:*:s3:*:*:accesspoint/*', resources);
}

function setBit(set: Bitset, bit: number, on: boolean): void {
  if (on) addBit(set, bit);
  else if (hasBit(set, bit)) set[bit >>> 5] = set[bit >>> 5]! & ~(1 << (bit & 31));
}
