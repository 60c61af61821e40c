// CloudTrail evidence.

import type { Evidence } from '../evidence.ts';

export interface EventSelectors {
  /** Basic selectors; empty when advanced ones are in use. */
  basic: readonly {
    readWriteType: 'All' | 'ReadOnly' | 'WriteOnly';
    includeManagementEvents: boolean;
    excludeManagementEventSources: readonly string[];
    dataResources: readonly { type: string; values: readonly string[] }[];
  }[];
  advanced: readonly {
    name: string;
    fieldSelectors: readonly {
      field: string;
      equals: readonly string[];
      notEquals: readonly string[];
      startsWith: readonly string[];
      notStartsWith: readonly string[];
      endsWith: readonly string[];
      notEndsWith: readonly string[];
    }[];
  }[];
}

/**
 * A trail in its home region. In a member account an organisation trail appears too, owned by another account: in its
 * home region, and as its shadow in the partition's first region.
 */
export interface TrailConfig {
  homeRegion: string;
  ownerAccount: string;
  multiRegion: boolean;
  organizationTrail: boolean;
  includeGlobalServiceEvents: boolean;
  logFileValidation: boolean;
  kmsKeyId: string | null;
  bucket: string | null;
  snsTopicArn: string | null;
  cloudWatchLogsGroupArn: string | null;
  logging: Evidence<boolean>;
  latestDeliveryAt: Evidence<string | null>;
  latestDeliveryError: Evidence<string | null>;
  latestCloudWatchLogsDeliveryAt: Evidence<string | null>;
  eventSelectors: Evidence<EventSelectors>;
}
