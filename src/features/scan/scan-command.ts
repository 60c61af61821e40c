// What `vedette scan` and `vedette demo` do: run a scan by the settings, write its reports, and say how it ended.

import type { Severity } from '../../domain/severity.ts';
import { checkRegionNames } from '../../platform/aws/regions.ts';
import { classifyError } from '../../platform/aws/classify-error.ts';
import { homeRegion } from '../../platform/aws/partitions.ts';
import type { CommandEnvironment } from '../../platform/command/environment.ts';
import { installationSecret, simulationShape } from '../../platform/store/installation.ts';
import { type Catalogue, type CheckEntry, checks, createCatalogue } from '../checks/index.ts';
import { type FindingFilter, countFindings } from '../findings/index.ts';
import { collectors, findSecrets } from '../inventory/index.ts';
import type { ReportModel } from '../reports/index.ts';
import { contextRules } from './context-rules.ts';
import { neededCollectors } from './needed-collectors.ts';
import { scanOptions } from './options.ts';
import type { FinishedScan } from './finish-scan.ts';
import { regionsOf } from './regions-of.ts';
import { runScan } from './run-scan.ts';
import { type ScanHeader, scanHeader, scanReport } from './scan-report.ts';
import { scanProgress } from './scan-progress.ts';

export interface ScanOutcome {
  header: ScanHeader;
  finished: FinishedScan;
  model: ReportModel;
  catalogue: Catalogue;
  entries: readonly CheckEntry[];
  filter: FindingFilter;
  /** Findings that are new or reopened, by severity. */
  newFindings: Partial<Record<Severity, number>>;
}

/** How wide a scan works: enough to keep the calls in flight busy, little enough to bound memory. */
export const scanDefaults = { pageSize: 500, regionsAtOnce: 4, accountsAtOnce: 16 } as const;

/** The checks that settings select; all when they select none. */
export function selectedChecks(
  catalogue: Catalogue,
  settings: CommandEnvironment['config']['values'],
): readonly CheckEntry[] {
  const { checks: names, excludeChecks, services, severity } = settings;
  const chosen = new Set<CheckEntry>(names === undefined && services === undefined ? catalogue.entries : []);
  for (const entry of names === undefined ? [] : catalogue.select(names)) chosen.add(entry);
  for (const entry of services === undefined ? [] : catalogue.ofServices(services)) chosen.add(entry);
  for (const entry of excludeChecks === undefined ? [] : catalogue.select(excludeChecks)) chosen.delete(entry);
  return catalogue.entries.filter(
    (entry) => chosen.has(entry) && (severity === undefined || severity.includes(entry.check.severity)),
  );
}

/**
 * Runs a scan by the settings of the environment.
 * @throws what `runScan` throws; the environment's signal with its reason when interrupted.
 */
export async function scanBySettings(
  environment: CommandEnvironment,
  options: { fresh: boolean; quiet: boolean },
): Promise<ScanOutcome> {
  const { config, clock, signal } = environment;
  const settings = config.values;
  const catalogue = createCatalogue(checks);
  const parameters = catalogue.parameters(settings.parameters);
  const entries = selectedChecks(catalogue, settings);
  checkRegionNames({ regions: settings.regions ?? [], excludeRegions: settings.excludeRegions ?? [] });
  const store = await environment.openStore();
  const { aws } = await environment.openAws();
  const identity = await aws.identity();
  const secret = await installationSecret(store);
  const chosen = entries.length === catalogue.entries.length ? [] : entries.map((entry) => entry.id);
  const wanted = scanOptions({
    identity: identity.account,
    selection: {
      accounts: settings.accounts ?? [],
      excludeAccounts: settings.excludeAccounts ?? [],
      units: settings.ous ?? [],
      excludeUnits: settings.excludeOus ?? [],
      tags: settings.tags ?? [],
      excludeTags: settings.excludeTags ?? [],
    },
    regions: settings.regions ?? [],
    excludeRegions: settings.excludeRegions ?? [],
    checks: chosen,
    parameters: settings.parameters ?? {},
    ...(environment.demo ? { simulation: await simulationShape(store, undefined) } : {}),
  });
  const finished = await runScan(wanted, {
    store,
    aws,
    clock,
    signal,
    catalogue,
    entries,
    parameters,
    collectors: chosen.length === 0 ? collectors : neededCollectors(collectors, entries),
    homeRegion,
    classify: classifyError,
    findSecrets: (text, location) => findSecrets(text, location, secret),
    unitTimeoutMs: settings.unitSeconds * 1000,
    ...scanDefaults,
    contextRules: await contextRules(settings),
    programVersion: environment.version,
    retentionDays: settings.retentionDays,
    fresh: options.fresh,
    events: scanProgress(environment.progress, { quiet: options.quiet }),
    regionsOf: (access, selection) => regionsOf(access, selection, signal),
  });
  const header = await scanHeader(store, finished.organizationId, finished.id);
  if (header === undefined) throw new Error(`scan ${finished.id} is not in the store`);
  const filter: FindingFilter = {
    ...(chosen.length === 0 ? {} : { checks: chosen }),
    ...(settings.regions === undefined ? {} : { regions: [...settings.regions, 'global'] }),
  };
  const model = await scanReport(header, {
    store,
    catalogue,
    version: environment.version,
    partition: identity.partition,
    filter,
  });
  const accounts = model.accounts.map((account) => account.id);
  const fresh = await countFindings(
    store,
    { organization: finished.organizationId },
    { ...filter, accounts, states: ['new', 'reopened'] },
  );
  return { header, finished, model, catalogue, entries, filter, newFindings: fresh.bySeverity };
}
