// S3 access control lists. They grant only, to accounts and predefined groups, and count for nothing where Object
// Ownership is bucket owner enforced.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html

import { isAccountId } from '../../../domain/arn.ts';
import type { Asked } from './judge.ts';
import { matchPrincipals } from './match-principal.ts';
import type { GrantReach } from './match-principal.ts';
import type { AclGrant, S3Settings } from './policies.ts';
import { isInAccount } from './principal.ts';
import type { GrantHit } from './resource-side.ts';
import { any } from './truth.ts';
import type { Truth } from './truth.ts';

export const publicCannedAcls: ReadonlySet<string> = new Set([
  'public-read',
  'public-read-write',
  'authenticated-read',
]);

/** What each permission allows on a bucket or an object, in lower case. */
const permissions: Readonly<Record<Exclude<AclGrant['permission'], 'FULL_CONTROL'>, readonly string[]>> = {
  READ: ['listbucket', 'listbucketversions', 'listbucketmultipartuploads', 'getobject', 'getobjectversion'],
  WRITE: ['putobject'],
  READ_ACP: ['getbucketacl', 'getobjectacl', 'getobjectversionacl'],
  WRITE_ACP: ['putbucketacl', 'putobjectacl', 'putobjectversionacl'],
};

/**
 * What the list grants, by reach.
 *
 * @param ignorePublic whether Block Public Access ignores grants to the groups of everyone
 */
export function grantedByAcl(
  settings: S3Settings,
  asked: Asked,
  ignorePublic: boolean,
): { readonly reach: Readonly<Record<GrantReach, Truth>>; readonly hits: readonly GrantHit[] } {
  const reach: Record<GrantReach, Truth[]> = { direct: [], role: [], account: [] };
  const hits: GrantHit[] = [];
  if (settings.objectOwnership !== 'BucketOwnerEnforced') {
    for (const [index, grant] of settings.acl.entries()) {
      if (!covers(grant, asked.action)) continue;
      const match = grantee(grant.grantee, asked, ignorePublic);
      if (match === undefined) continue;
      reach[match.reach].push(match.truth);
      hits.push({ name: `acl[${index}]`, what: 'The access control list', truth: match.truth });
    }
  }
  return { reach: { direct: any(reach.direct), role: false, account: any(reach.account) }, hits };
}

function covers(grant: AclGrant, action: string): boolean {
  const name = action.slice('s3:'.length);
  if (grant.permission !== 'FULL_CONTROL') return permissions[grant.permission].includes(name);
  return Object.values(permissions).some((names) => names.includes(name));
}

function grantee(name: string, asked: Asked, ignorePublic: boolean): { reach: GrantReach; truth: Truth } | undefined {
  const { principal } = asked;
  if (name === 'AllUsers') return ignorePublic ? undefined : { reach: 'direct', truth: true };
  if (name === 'AuthenticatedUsers') {
    return ignorePublic || !isInAccount(principal) ? undefined : { reach: 'direct', truth: true };
  }
  if (name === 'LogDelivery') {
    const logging = principal.kind === 'service' && principal.name === 'logging.s3.amazonaws.com';
    return logging ? { reach: 'direct', truth: true } : undefined;
  }
  const kind = isAccountId(name) ? 'AWS' : 'CanonicalUser';
  return matchPrincipals([{ kind, value: name }], principal, asked.context)[0];
}
