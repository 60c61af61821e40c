// S3 evidence. Each setting of a bucket is read by a call of its own, so each may be unread.

import type { Evidence } from '../evidence.ts';

export interface PublicAccessBlock {
  blockPublicAcls: boolean;
  ignorePublicAcls: boolean;
  blockPublicPolicy: boolean;
  restrictPublicBuckets: boolean;
}

export interface AclGrant {
  granteeType: 'CanonicalUser' | 'Group' | 'AmazonCustomerByEmail';
  /** The canonical user id, or the group's URI. */
  grantee: string;
  permission: string;
}

export interface BucketConfig {
  createdAt: string;
  /** Default encryption; null when the bucket has none. */
  encryption: Evidence<{ algorithm: string; kmsKeyId: string | null; bucketKeyEnabled: boolean } | null>;
  /** The policy's document text; null when there is none. */
  policy: Evidence<string | null>;
  /** AWS's own answer to "is this policy public?"; null when there is no policy. */
  policyIsPublic: Evidence<boolean | null>;
  acl: Evidence<{ owner: string; grants: readonly AclGrant[] }>;
  publicAccessBlock: Evidence<PublicAccessBlock | null>;
  objectOwnership: Evidence<'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter' | null>;
  versioning: Evidence<{ status: 'Enabled' | 'Suspended' | null; mfaDelete: boolean }>;
  /**
   * How many rules its lifecycle configuration has, null when it has none. Read only where it decides something: where
   * versions are kept and MFA delete is off, which cannot be turned on beside a lifecycle configuration.
   */
  lifecycleRules?: Evidence<number | null>;
  logging: Evidence<{ targetBucket: string; targetPrefix: string } | null>;
}

export interface AccountPublicAccessBlockConfig {
  /** Null when the account has no such configuration. */
  publicAccessBlock: PublicAccessBlock | null;
}

export interface AccessPointConfig {
  bucket: string;
  bucketAccountId: string | null;
  networkOrigin: 'Internet' | 'VPC';
  vpcId: string | null;
  publicAccessBlock: Evidence<PublicAccessBlock | null>;
  policy: Evidence<string | null>;
}
