// Findings as `findings list --output json` gives them.

import { inertJson } from '../../platform/terminal/inert-json.ts';
import type { StoredFinding } from './contract.ts';

export interface FindingsJsonInput {
  organizationId: string;
  simulated: boolean;
  /** Names of accounts by id. */
  names: ReadonlyMap<string, string>;
  findings: AsyncIterable<StoredFinding>;
}

/** One JSON object, a finding a line; never more than one of them is held. */
export async function* findingsJson(input: FindingsJsonInput): AsyncGenerator<string> {
  const { organizationId, simulated, names } = input;
  yield '{"findings": [';
  let separator = '\n';
  for await (const finding of input.findings) {
    yield separator + inertJson(JSON.stringify({ ...finding, accountName: names.get(finding.account) ?? '' }));
    separator = ',\n';
  }
  yield `\n],\n"organizationId": ${inertJson(JSON.stringify(organizationId))}, "simulated": ${simulated}}\n`;
}
