// Protection plans of GuardDuty: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DetectorFeatureConfigurationResult.html

import type { DetectorConfig } from '../../../domain/resources/security-services.ts';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../../domain/verdict.ts';

/**
 * Judges one plan of a detector. Without an enabled detector there is nothing to protect with; a plan that AWS does not
 * name is unknown: it may not exist in the region.
 * @param feature AWS's name, for example `S3_DATA_EVENTS`
 * @param plan the name that people know, for example `S3 Protection`
 */
export function judgePlan(detector: DetectorConfig, feature: string, plan: string): Judgement {
  if (detector.status !== 'ENABLED') return notApplicable('GuardDuty itself is suspended; see guardduty-enabled.');
  const status = new Map(Object.entries(detector.features)).get(feature);
  if (status === undefined) return unknown(`GuardDuty does not say whether ${plan} is enabled.`);
  return status === 'ENABLED' ? pass(`${plan} is enabled.`) : fail(`${plan} is not enabled.`);
}
