// The shape of example resources, and the place and time in which they stand.

import type { ResourceConfigs } from '../../../domain/resource-configs.ts';

/** The account of all test resources (AWS's example account), their region, and the time at which they are judged. */
export const testAccount = '111122223333';
export const testRegion = 'eu-west-1';
export const testNow = '2026-11-20T12:00:00Z';

interface Example<Config> {
  /** `global`, or the region in which it lies. */
  region: string;
  /** After `arn:aws:`; `*` is replaced by the resource's name. */
  arn: string;
  name: string;
  config: Config;
}

/** Resources with realistic and safe settings, by type, to be changed one at a time. */
export type Examples = { [T in keyof ResourceConfigs]?: Example<ResourceConfigs[T]> };
