// What is tried on a resource: its policies as the engine takes them, and ARNs of it and of what is inside it.

import type { PolicyDocument } from '../policy/document.ts';
import { parsePolicy } from '../policy/parse.ts';
import { noPolicies } from '../policy/policies.ts';
import type { Policies } from '../policy/policies.ts';
import type { ExposedResource } from './access.ts';
import type { Target } from './actions.ts';
import { objectWitnesses } from './witnesses.ts';

/** Whoever asks has all permissions in his own account: what the resource's side grants is the question. */
const everything = parsePolicy(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  { name: 'everything', kind: 'identity' },
);

/** The policy of the bucket behind an access point, parsed; undefined for anything else and where there is none. */
export function bucketDocument({ bucket }: ExposedResource): PolicyDocument | undefined {
  if (bucket === undefined || bucket.policy === null || bucket.policy === '') return undefined;
  return parsePolicy(bucket.policy, { name: 'the bucket policy', kind: 'resource' });
}

/**
 * The policies in force when somebody from outside asks.
 * @param document the resource's own policy
 * @param behind the policy of the bucket behind an access point
 */
export function triedPolicies(
  resource: ExposedResource,
  document: PolicyDocument | undefined,
  behind: PolicyDocument | undefined,
): Policies {
  const s3 = resource.s3 ?? noPolicies.s3;
  const through = resource.kind === 'access-point';
  return {
    ...noPolicies,
    identity: [everything],
    resource: through ? behind : document,
    resourceControl: resource.resourceControl ?? [],
    resourceInManagementAccount: resource.inManagementAccount ?? false,
    kmsGrants: resource.kmsGrants ?? [],
    s3: { ...s3, accessPointPolicy: through ? document : undefined },
  };
}

/** ARNs by target. Parts of the policies that speak of single objects or paths are met by one of them. */
export function triedTargets(
  { kind, arn, bucket }: ExposedResource,
  document: PolicyDocument | undefined,
  behind: PolicyDocument | undefined,
): Readonly<Record<Target, readonly string[]>> {
  const itself = [arn];
  if (kind === 'bucket' || kind === 'domain') return { itself, object: objectWitnesses(arn, document) };
  if (kind !== 'access-point') return { itself, object: [] };
  const through = `${arn}/object`;
  const ofBucket = bucket === undefined ? [] : objectWitnesses(bucket.arn, behind);
  const same = ofBucket.map((object) => `${through}${object.slice(bucket?.arn.length)}`);
  return { itself, object: [...new Set([...objectWitnesses(through, document), ...same])] };
}
