// Whether what a trail records arrives in its bucket.

import { known } from '../../../domain/evidence.ts';
import type { Resource } from '../../../domain/resource.ts';
import { daysSince } from './days.ts';

/** A trail delivers every few minutes; one that is fixed has delivered since its error. */
const daysOfSilence = 1;

/**
 * S3's last refusal when nothing has arrived for a day: the bucket is gone, or its policy keeps CloudTrail out. The trail
 * counts as recording for AWS all the same. Undefined when files arrive.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html (LatestDeliveryError)
 * @throws EvidenceUnread when it could not be read whether they do.
 */
export function deliveryFailure({
  config,
  collectedAt,
}: Pick<Resource<'AWS::CloudTrail::Trail'>, 'config' | 'collectedAt'>): string | undefined {
  const error = known(config.latestDeliveryError);
  if (error === null) return undefined;
  const last = known(config.latestDeliveryAt);
  const silence = last === null ? undefined : daysSince(last, new Date(collectedAt));
  return silence !== undefined && silence < daysOfSilence ? undefined : error.slice(0, 100);
}

/**
 * Whether a trail is on and its files arrive.
 * @throws EvidenceUnread when it could not be read.
 */
export function records(trail: Resource<'AWS::CloudTrail::Trail'>): boolean {
  return known(trail.config.logging) && deliveryFailure(trail) === undefined;
}
