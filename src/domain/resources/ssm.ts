// Systems Manager evidence.

import type { Evidence } from '../evidence.ts';

export interface DocumentConfig {
  /** For example `Command`, `Automation`, `Session`. */
  documentType: string;
  /** Account ids, or `all`. */
  sharedWith: Evidence<readonly string[]>;
}
