// Resources that are known by their resource policy: topics, queues, repositories.

import type { Evidence } from '../evidence.ts';

export interface TopicConfig {
  policy: Evidence<string | null>;
  kmsKeyId: Evidence<string | null>;
}

export interface QueueConfig {
  policy: Evidence<string | null>;
  kmsKeyId: Evidence<string | null>;
  sqsManagedSse: Evidence<boolean>;
}

export interface RepositoryConfig {
  policy: Evidence<string | null>;
  /** The repository's own setting, which the registry's filters may overrule. */
  scanOnPush: boolean;
  /** How images are scanned in effect: own setting and the registry's scan type and filters together. */
  scanFrequency: Evidence<'SCAN_ON_PUSH' | 'CONTINUOUS_SCAN' | 'MANUAL'>;
  tagImmutability: boolean;
  kmsKeyId: string | null;
}
