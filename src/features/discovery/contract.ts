// What discovery needs and what it finds.

import type { Account, Organization } from '../../domain/account.ts';
import type { Partition } from '../../domain/arn.ts';
import type { Gap } from '../../domain/gap.ts';
import type { AwsAccess, ClassifiedError } from '../../platform/aws/contract.ts';
import type { ContextRules } from './context.ts';
import type { UnlistedParent } from './tree.ts';

export interface DiscoveryDependencies {
  aws: AwsAccess;
  homeRegion: (partition: Partition) => string;
  classify: (error: unknown) => ClassifiedError;
  contextRules: ContextRules;
  /** Read the tags of all accounts before returning; otherwise they are left for `readAccountTags`. */
  withTags?: boolean;
  /** Said in short sentences while it works. */
  progress?: (message: string) => void;
  /** Aborted to stop. */
  signal?: AbortSignal;
}

export interface Discovery {
  organization: Organization;
  /** Sorted by id. Tags that were not asked for are `tagsNotRead`. */
  accounts: Account[];
  gaps: Gap[];
  /** False when accounts may exist that were not seen: then no score can be given for the organisation. */
  accountListComplete: boolean;
  /** Parents that could not be listed: they lower the coverage, whether or not the flat list shows what lies below. */
  unlisted: readonly UnlistedParent[];
}
