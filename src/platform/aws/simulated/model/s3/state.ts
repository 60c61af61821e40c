// What S3 holds of one account.

import type { ManifestEntry } from '../../manifest.ts';
import type { PolicyDocument } from '../iam/state.ts';

export interface PublicAccessBlock {
  BlockPublicAcls: boolean;
  IgnorePublicAcls: boolean;
  BlockPublicPolicy: boolean;
  RestrictPublicBuckets: boolean;
}

export const blocksAll: PublicAccessBlock = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
export const blocksNothing: PublicAccessBlock = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

export type Ownership = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';

/** A grant to a group, by the last part of its URI: `AllUsers`, `AuthenticatedUsers` or `LogDelivery`. */
export interface GroupGrant {
  group: 'global/AllUsers' | 'global/AuthenticatedUsers' | 's3/LogDelivery';
  permission: 'READ' | 'WRITE' | 'READ_ACP' | 'FULL_CONTROL';
}

export interface Bucket {
  name: string;
  region: string;
  /** Days ago. */
  created: number;
  encryption: { algorithm: 'AES256' | 'aws:kms' | 'aws:kms:dsse'; key: string | undefined } | undefined;
  policy: PolicyDocument | undefined;
  /** What AWS answers to "is this policy public?". */
  policyIsPublic: boolean;
  /** Grants beside the owner's. */
  grants: readonly GroupGrant[];
  publicAccessBlock: PublicAccessBlock | undefined;
  ownership: Ownership | undefined;
  versioning: 'Enabled' | 'Suspended' | undefined;
  mfaDelete: boolean;
  /** Days after which objects expire by a lifecycle rule; none where undefined. */
  expiresAfter?: number;
  loggedTo: string | undefined;
  tags: Readonly<Record<string, string>>;
}

export interface AccessPoint {
  name: string;
  bucket: string;
  region: string;
  vpc: string | undefined;
  publicAccessBlock: PublicAccessBlock;
  policy: PolicyDocument | undefined;
}

export interface S3Model {
  buckets: ReadonlyMap<string, Bucket>;
  accessPoints: readonly AccessPoint[];
  publicAccessBlock: PublicAccessBlock | undefined;
  planted: readonly ManifestEntry[];
}
