// KMS evidence.

import type { Evidence } from '../evidence.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html */
export interface KmsGrant {
  grantId: string;
  /** The ARN of a user, role or account, or the name of a service. */
  granteePrincipal: string;
  retiringPrincipal: string | null;
  /** Without prefix: `Decrypt`. */
  operations: readonly string[];
  /** Pairs that the encryption context must hold; empty when there is no such constraint. */
  encryptionContextSubset: Readonly<Record<string, string>>;
  /** Pairs that must be the whole encryption context; null when there is no such constraint. */
  encryptionContextEquals: Readonly<Record<string, string>> | null;
  /** The resource for which a service may use the key; null when there is no such constraint. */
  sourceArn: string | null;
}

export interface KeyConfig {
  keyId: string;
  manager: 'AWS' | 'CUSTOMER';
  state: string;
  origin: string;
  spec: string;
  usage: string;
  multiRegion: 'PRIMARY' | 'REPLICA' | null;
  createdAt: string;
  deletionAt: string | null;
  aliases: Evidence<readonly string[]>;
  /** Null when rotation does not apply to this kind of key. */
  rotationEnabled: Evidence<boolean | null>;
  /** Null for keys that AWS manages. */
  policy: Evidence<string | null>;
  /** Null for keys that AWS manages. */
  grants: Evidence<readonly KmsGrant[] | null>;
}
