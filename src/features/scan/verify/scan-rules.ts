// By which rules a finding was judged: the parameters of its last scan, and the checks that judged its scope.

import type { ParameterValues } from '../../checks/index.ts';
import type { StoredFinding } from '../../findings/index.ts';
import type { ScanOptions } from '../options.ts';
import type { VerifyDependencies } from './contract.ts';

export interface ScanRules {
  parameters: ParameterValues;
  /** Ids of the checks that judged the finding's scope wholly. */
  checks: ReadonlySet<string>;
}

export async function scanRules(
  finding: StoredFinding | undefined,
  { store, organization, catalogue, parameters }: VerifyDependencies,
): Promise<ScanRules> {
  const { rows } = await store.pool.query<{ options: ScanOptions; rules: Record<string, string> | null }>(
    `select s.options, j.rules from scan s
       left join scope_judged j on j.scan = s.id and j.organization_id = s.organization_id and j.account = $3 and j.region = $4
      where s.organization_id = $1 and s.id = $2`,
    [organization.id, finding?.lastScan, finding?.account, finding?.scopeRegion],
  );
  const found = rows[0];
  return {
    parameters: found === undefined ? parameters : catalogue.parameters(found.options.parameters),
    checks: new Set(Object.keys(found?.rules ?? {})),
  };
}
