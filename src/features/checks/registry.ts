// How a check is registered: the generated list under src/generated/checks.ts holds one entry for each file of the catalogue.

import type { Check } from './contract.ts';

export interface CheckEntry {
  /** `<service>-<name>`, the check's path. */
  id: string;
  /** The folder's name, for example `s3`. */
  service: string;
  check: Check;
}
