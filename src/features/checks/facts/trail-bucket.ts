// The bucket that a trail delivers to.

import type { Resource } from '../../../domain/resource.ts';
import type { CheckContext } from '../contract.ts';

/**
 * The bucket of a trail as this account sees it; undefined when it belongs to another account.
 * @throws EvidenceUnread when the bucket is not among those that were read, and some were not.
 */
export function trailBucket(
  trail: Resource<'AWS::CloudTrail::Trail'>,
  context: CheckContext,
): Resource<'AWS::S3::Bucket'> | undefined {
  const isIt = (bucket: Resource<'AWS::S3::Bucket'>): boolean => bucket.name === trail.config.bucket;
  return context.readable('AWS::S3::Bucket').resources.find(isIt) ?? context.resources('AWS::S3::Bucket').find(isIt);
}

/** True for an organisation's trail that another account owns: it is judged there. */
export function isForeign(trail: Resource<'AWS::CloudTrail::Trail'>, context: CheckContext): boolean {
  return trail.config.ownerAccount !== context.account.id;
}
