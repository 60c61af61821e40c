// Names of the frameworks that a check's controls belong to. Ids and names only; no framework's text.

import type { ReportRule } from './model.ts';

export interface Standard {
  /** As Security Hub and OCSF consumers know it. */
  name: string;
  /** Short, for a requirement's prefix. */
  short: string;
  ids: readonly string[];
}

/** The standards that a check belongs to, with the ids of its requirements in each. */
export function standardsOf(rule: ReportRule | undefined): Standard[] {
  const controls = rule?.controls ?? {};
  const all: Standard[] = [
    { name: 'AWS Foundational Security Best Practices', short: 'AWS FSBP', ids: controls.securityHub ?? [] },
    { name: 'CIS AWS Foundations Benchmark v3.0.0', short: 'CIS AWS 3.0', ids: controls.cis30 ?? [] },
    { name: 'CIS AWS Foundations Benchmark v5.0.0', short: 'CIS AWS 5.0', ids: controls.cis50 ?? [] },
  ];
  return all.filter(({ ids }) => ids.length > 0);
}
