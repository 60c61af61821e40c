// What `vedette findings verify` does: find what is meant, verify it by the settings, and say what became of it.

import { UsageError } from '../../../domain/errors.ts';
import { classifyError } from '../../../platform/aws/classify-error.ts';
import { homeRegion } from '../../../platform/aws/partitions.ts';
import { type CommandEnvironment, commandLine } from '../../../platform/command/environment.ts';
import { installationSecret } from '../../../platform/store/installation.ts';
import type { Store } from '../../../platform/store/contract.ts';
import { sanitize } from '../../../platform/terminal/sanitize.ts';
import { checks, createCatalogue } from '../../checks/index.ts';
import { currentOrganization, storedAccounts } from '../../discovery/index.ts';
import { type StoredFinding, activeStates, findingBy, listFindings } from '../../findings/index.ts';
import { collectors, findSecrets } from '../../inventory/index.ts';
import { regionsOf } from '../regions-of.ts';
import { scanDefaults } from '../scan-command.ts';
import type { Verification } from './contract.ts';
import { verifyFindings } from './verify-findings.ts';

const most = 10_000;

/** The finding of an id or its beginning, or all findings that need somebody of the resource with an ARN. */
async function meant(
  environment: CommandEnvironment,
  store: Store,
  organization: string,
  name: string,
): Promise<readonly StoredFinding[]> {
  if (!name.startsWith('arn:')) return [await findingBy(environment, store, { organization }, name)];
  const filter = { resource: name, states: activeStates };
  const { findings } = await listFindings(store, { organization }, filter, { limit: most });
  if (findings.length > 0) return findings;
  throw new UsageError(`No finding of "${sanitize(name, { maxLength: 200 })}" needs anybody.`, {
    hint: `Give the id of a finding, or the ARN of a resource that has some. Run "${commandLine(environment, 'findings', 'list')}" to see them.`,
  });
}

/**
 * Verifies what the names mean: ids of findings and ARNs of resources.
 * @throws UsageError when a name means nothing
 */
export async function verifyBySettings(
  environment: CommandEnvironment,
  names: readonly string[],
): Promise<Verification[]> {
  const { clock, signal, progress } = environment;
  const { values } = environment.config;
  const store = await environment.openStore();
  const organization = await currentOrganization(environment, store);
  const findings = new Map<string, StoredFinding>();
  for (const name of names) {
    for (const finding of await meant(environment, store, organization.id, name)) findings.set(finding.id, finding);
  }
  const { aws } = await environment.openAws();
  const secret = await installationSecret(store);
  const catalogue = createCatalogue(checks);
  const accounts = await storedAccounts(store.pool, organization.id);
  const what = findings.size === 1 ? '1 finding' : `${findings.size} findings`;
  progress.message(`Reading again what ${what} ${findings.size === 1 ? 'is' : 'are'} about.`);
  return await verifyFindings([...findings.values()], {
    store,
    aws,
    organization,
    accounts: new Map(accounts.filter((one) => !one.left).map((one) => [one.id, one])),
    catalogue,
    parameters: catalogue.parameters(values.parameters),
    collectors,
    homeRegion,
    classify: classifyError,
    findSecrets: (text, location) => findSecrets(text, location, secret),
    regionsOf: (access) => regionsOf(access, { regions: [], excludeRegions: [] }, signal),
    clock,
    unitTimeoutMs: values.unitSeconds * 1000,
    pageSize: scanDefaults.pageSize,
    signal,
  });
}
