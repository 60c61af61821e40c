// What was read of one account, as checks see it: resources by region and type, and which types may lack something.

import type { Account, Organization } from '../../domain/account.ts';
import type { Partition } from '../../domain/arn.ts';
import type { Unread } from '../../domain/evidence.ts';
import type { AnyResource, ResourceType } from '../../domain/resource.ts';

/** What was read of one type in one region. Complete when `unread` is empty. */
export interface TypeEvidence {
  resources: readonly AnyResource[];
  /** What could not be read of the type's lists; never empty when something may be missing. */
  unread: readonly Unread[];
}

/** A type without an entry was not collected: nothing is known of it. */
export type RegionEvidence = ReadonlyMap<ResourceType, TypeEvidence>;

export interface AccountEvidence {
  account: Account;
  partition: Partition;
  /** Undefined when Organizations is out of reach. */
  organization: Organization | undefined;
  /** By region code, and `global` for the types that a global collector reads (buckets among them, whatever their region). */
  byRegion: ReadonlyMap<string, RegionEvidence>;
  /** The regions of the scan, without `global`. */
  regions: readonly string[];
  /** Whether `regions` are all enabled regions of the account: with fewer, nothing is concluded from absence in the account. */
  everyRegion: boolean;
  /** Whether a global collector reads this type. */
  isGlobal(type: ResourceType): boolean;
}
