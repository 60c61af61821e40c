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
  scanOnPush: boolean;
  tagImmutability: boolean;
  kmsKeyId: string | null;
}
