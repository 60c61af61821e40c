// What the models of one region are built on.

import { type Recorder, recorder } from '../../manifest.ts';
import type { Label } from '../../random.ts';
import { type Site, dealt } from '../../site.ts';

export interface Ground {
  site: Site;
  region: string;
  /** Whether the account runs something here. */
  used: boolean;
  /** Whether this is the account's main region, in which plants lie. */
  main: boolean;
  record: Recorder;
  /** An EC2 id of this region. */
  id(prefix: string, ...labels: readonly Label[]): string;
  arn(service: string, resource: string): string;
  /** The ARN of a customer-managed key of this region, by its name. */
  keyArn(name: string): string;
}

export function groundOf(site: Site, region: string): Ground {
  const { usedRegions } = site.profile;
  return {
    site,
    region,
    used: usedRegions.includes(region),
    main: usedRegions[0] === region,
    record: recorder(site.account, region),
    id: (prefix, ...labels) => site.ec2Id(prefix, region, ...labels),
    arn: (service, resource) => site.arn(service, region, resource),
    keyArn: (name) => site.arn('kms', region, `key/${site.uuid('key', region, name)}`),
  };
}

/** Groups of specimens for this region: plants lie in main regions alone. */
export function dealtHere<T>(groups: readonly T[], ground: Ground, density: number): readonly T[] {
  return ground.main ? dealt(groups, ground.site, density) : [];
}
