// Public access to S3 buckets, without evaluating the policy: AWS says itself whether a bucket policy is public.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html

import { isUnread, known } from '../../../domain/evidence.ts';
import type { BucketConfig, PublicAccessBlock } from '../../../domain/resources/s3.ts';

const settings = ['blockPublicAcls', 'ignorePublicAcls', 'blockPublicPolicy', 'restrictPublicBuckets'] as const;

const publicGroups: Readonly<Record<string, string>> = {
  'http://acs.amazonaws.com/groups/global/AllUsers': 'everybody',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers': 'every AWS account',
};

/** The settings of a block that are off, by AWS's name; all of them when there is no block. */
export function settingsOff(block: PublicAccessBlock | null): readonly string[] {
  return settings
    .filter((setting) => block?.[setting] !== true)
    .map((setting) => `${setting.slice(0, 1).toUpperCase()}${setting.slice(1)}`);
}

/**
 * Why a bucket is public: by its ACL or its policy, as far as neither the bucket's nor the account's block stops it.
 * @param accountBlock gives the account's block, null when there is none; throws EvidenceUnread when it is not known
 * @returns sentences' parts; empty when the bucket is not public.
 * @throws EvidenceUnread when what would decide it could not be read.
 */
export function publicBy(bucket: BucketConfig, accountBlock: () => PublicAccessBlock | null): readonly string[] {
  const { publicAccessBlock: own } = bucket;
  const blocked = (setting: (typeof settings)[number]): boolean =>
    (!isUnread(own) && own?.[setting] === true) || accountBlock()?.[setting] === true || known(own)?.[setting] === true;
  const ways: string[] = [];
  const aclsDisabled = bucket.objectOwnership === 'BucketOwnerEnforced';
  if (
    !aclsDisabled &&
    (isUnread(bucket.acl) || grantsToPublic(bucket.acl).length > 0) &&
    !blocked('ignorePublicAcls')
  ) {
    ways.push(...grantsToPublic(known(bucket.acl)).map((grant) => `its ACL gives ${grant}`));
  }
  const { policyIsPublic } = bucket;
  if ((isUnread(policyIsPublic) || policyIsPublic === true) && !blocked('restrictPublicBuckets')) {
    if (known(policyIsPublic) === true) ways.push('its policy is public');
  }
  return ways;
}

function grantsToPublic(acl: Exclude<BucketConfig['acl'], { $unread: unknown }>): readonly string[] {
  return acl.grants.flatMap((grant) => {
    const group = publicGroups[grant.grantee];
    return grant.granteeType === 'Group' && group !== undefined ? [`${grant.permission} to ${group}`] : [];
  });
}
