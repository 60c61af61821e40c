// Public access to S3 buckets, without evaluating the policy: AWS says itself whether a bucket policy is public.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html

import { isUnread, known, type Unread } from '../../../domain/evidence.ts';
import type { BucketConfig, PublicAccessBlock } from '../../../domain/resources/s3.ts';
import { someKnown } from './some-known.ts';

const settings = ['blockPublicAcls', 'ignorePublicAcls', 'blockPublicPolicy', 'restrictPublicBuckets'] as const;

const publicGroups: ReadonlyMap<string, string> = new Map([
  ['http://acs.amazonaws.com/groups/global/AllUsers', 'everybody'],
  ['http://acs.amazonaws.com/groups/global/AuthenticatedUsers', 'every AWS account'],
]);

/** The settings of a block that are off, by AWS's name; all of them when there is no block. */
export function settingsOff(block: PublicAccessBlock | null): readonly string[] {
  return settings
    .filter((setting) => block?.[setting] !== true)
    .map((setting) => `${setting.slice(0, 1).toUpperCase()}${setting.slice(1)}`);
}

/**
 * Whether a setting is on for the bucket or for its account; asks no further than it must.
 * @param accountBlock as for `publicBy`
 * @throws EvidenceUnread when it is not known to be on and one of the two could not be read.
 */
export function isBlocked(
  { publicAccessBlock: own }: BucketConfig,
  setting: (typeof settings)[number],
  accountBlock: () => PublicAccessBlock | null,
): boolean {
  return (
    (!isUnread(own) && own?.[setting] === true) || accountBlock()?.[setting] === true || known(own)?.[setting] === true
  );
}

/**
 * Why a bucket is public: by its policy or its ACL, as far as neither the bucket's nor the account's block stops it.
 * @param accountBlock gives the account's block, null when there is none; throws EvidenceUnread when it is not known
 * @returns the first way that is known to be open, as part of a sentence; undefined when the bucket is not public.
 * @throws EvidenceUnread when no way is known to be open but one may be.
 */
export function publicBy(bucket: BucketConfig, accountBlock: () => PublicAccessBlock | null): string | undefined {
  const blocked = (setting: (typeof settings)[number]): boolean => isBlocked(bucket, setting, accountBlock);

  const byPolicy = (): string | undefined => {
    const { policyIsPublic } = bucket;
    if (policyIsPublic === false || policyIsPublic === null || blocked('restrictPublicBuckets')) return undefined;
    return known(policyIsPublic) === true ? 'its policy is public' : undefined;
  };
  const byAcl = (): string | undefined => {
    const { acl, objectOwnership } = bucket;
    if (objectOwnership === 'BucketOwnerEnforced') return undefined;
    if (!isUnread(acl) && publicGrant(acl) === undefined) return undefined;
    if (blocked('ignorePublicAcls')) return undefined;
    known(objectOwnership);
    return publicGrant(known(acl));
  };
  return someKnown([byPolicy, byAcl], (way) => way() !== undefined)?.();
}

function publicGrant(acl: Exclude<BucketConfig['acl'], Unread>): string | undefined {
  for (const { granteeType, grantee, permission } of acl.grants) {
    const group = publicGroups.get(grantee);
    if (granteeType === 'Group' && group !== undefined) return `its ACL gives ${permission} to ${group}`;
  }
  return undefined;
}
