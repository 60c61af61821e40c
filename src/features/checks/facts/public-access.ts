// S3 Block Public Access: which settings are off, and which hold for a bucket.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html

import { isUnread, known } from '../../../domain/evidence.ts';
import type { BucketConfig, PublicAccessBlock } from '../../../domain/resources/s3.ts';

const settings = ['blockPublicAcls', 'ignorePublicAcls', 'blockPublicPolicy', 'restrictPublicBuckets'] as const;

/** The settings of a block that are off, by AWS's name; all of them when there is no block. */
export function settingsOff(block: PublicAccessBlock | null): readonly string[] {
  return settings
    .filter((setting) => block?.[setting] !== true)
    .map((setting) => `${setting.slice(0, 1).toUpperCase()}${setting.slice(1)}`);
}

/**
 * Whether a setting is on for the bucket or for its account; asks no further than it must.
 * @param accountBlock gives the account's block, null when there is none; throws EvidenceUnread when it is not known
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
