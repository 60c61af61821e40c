// KMS evidence.

import type { Evidence } from '../evidence.ts';

export interface KmsGrant {
  grantId: string;
  granteePrincipal: string;
  retiringPrincipal: string | null;
  operations: readonly string[];
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
}
