// What could not be read, for people: which account, where, which operation, and why.

import type { UnreadReason } from './evidence.ts';

/** One thing that could not be read in one or more regions of an account. A region closed by an SCP is one gap. */
export interface Gap {
  account: string;
  /** Sorted region codes; `['global']` for services without a region. */
  regions: readonly string[];
  /** The operation's service, for example `s3`; `*` when a whole region or account is closed. */
  service: string;
  /** The IAM action that was refused or failed, for example `s3:GetEncryptionConfiguration`; `*` for all. */
  action: string;
  reason: UnreadReason;
  /** AWS's words, bounded to 500 characters and without control characters. */
  detail: string;
}
