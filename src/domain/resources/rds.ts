// RDS evidence; Neptune and DocumentDB answer through the same API and carry their own engine name.

import type { Evidence } from '../evidence.ts';

export interface DbInstanceConfig {
  engine: string;
  engineVersion: string;
  status: string;
  clusterId: string | null;
  storageEncrypted: boolean;
  kmsKeyId: string | null;
  /** Unread where the answer does not say: the rest of the instance is judged all the same. */
  publiclyAccessible: Evidence<boolean>;
  multiAz: boolean;
  autoMinorVersionUpgrade: boolean;
  backupRetentionDays: number;
  deletionProtection: boolean;
  /** Null where AWS does not say: not every engine knows it. */
  iamAuthentication: boolean | null;
  isReadReplica: boolean;
  endpoint: string | null;
  port: number | null;
  vpcId: string | null;
  subnetIds: readonly string[];
  securityGroupIds: readonly string[];
}

export interface DbClusterConfig {
  engine: string;
  engineVersion: string;
  status: string;
  storageEncrypted: boolean;
  kmsKeyId: string | null;
  multiAz: boolean;
  backupRetentionDays: number;
  deletionProtection: boolean;
  /** Null where AWS does not say: not every engine knows it. */
  iamAuthentication: boolean | null;
  memberIds: readonly string[];
}

export interface DbSnapshotConfig {
  sourceId: string;
  engine: string;
  snapshotType: string;
  encrypted: boolean;
  kmsKeyId: string | null;
  createdAt: string;
  /** Account ids that may restore it; `all` means everybody. Null for snapshot types that cannot be shared. */
  sharedWith: Evidence<readonly string[] | null>;
}
