// Runs scans of the simulated organisation in this process, with whatever goes wrong injected, and reads what they left behind.

import { type CheckEntry, type Catalogue, checks, createCatalogue } from '../../src/features/checks/index.ts';
import { defaultContextRules, storedAccounts, storedOrganizations } from '../../src/features/discovery/index.ts';
import type { StoredFinding } from '../../src/features/findings/index.ts';
import {
  type RegisteredCollector,
  collectors as allCollectors,
  findSecrets,
} from '../../src/features/inventory/index.ts';
import type { FinishedScan } from '../../src/features/scan/finish-scan.ts';
import { neededCollectors } from '../../src/features/scan/needed-collectors.ts';
import { scanOptions } from '../../src/features/scan/options.ts';
import { regionsOf } from '../../src/features/scan/regions-of.ts';
import type { Verification } from '../../src/features/scan/verify/contract.ts';
import { verifyFindings } from '../../src/features/scan/verify/verify-findings.ts';
import { type ScanEvents, runScan } from '../../src/features/scan/run-scan.ts';
import { isUnread } from '../../src/domain/evidence.ts';
import type { AwsAccess, CallRecord } from '../../src/platform/aws/contract.ts';
import { classifyError } from '../../src/platform/aws/classify-error.ts';
import { createAwsAccess } from '../../src/platform/aws/create-access.ts';
import { homeRegion, knownRegions } from '../../src/platform/aws/partitions.ts';
import { enabledRegions, regionOperations } from '../../src/platform/aws/regions.ts';
import {
  type Simulation,
  type SimulationOptions,
  createSimulation,
} from '../../src/platform/aws/simulated/simulation.ts';
import { fixedClock } from '../../src/platform/clock/clock.ts';
import type { Store } from '../../src/platform/store/contract.ts';

/** The day on which all scans of these tests happen. */
export const today = '2026-11-20T10:00:00.000Z';
export const twoRegions = ['us-east-1', 'eu-west-1'] as const;
export const secret = 'f'.repeat(64);
export const catalogue: Catalogue = createCatalogue(checks);
export const parameters = catalogue.parameters({});

/** A simulated organisation, access to it, and every call that it answered. */
export interface Scene {
  simulation: Simulation;
  aws: AwsAccess;
  /** `<account> <region> <service>:<operation> <outcome>`, in the order of the answers. */
  calls: string[];
  /** As the call audit would keep them. */
  records: CallRecord[];
}

/** An answer on its way to who asked. */
export interface Answer {
  /** The SDK operation, for example `GetBucketVersioning`. */
  operation: string;
  input: Readonly<Record<string, unknown>>;
  output: Record<string, unknown>;
}

export interface SceneOptions extends Partial<SimulationOptions> {
  /** Changes the world: what it gives is the answer instead. */
  amend?: ((answer: Answer) => object | Promise<object>) | undefined;
  /** Throws in the answer's place. */
  refuse?: ((call: Omit<Answer, 'output'>) => void) | undefined;
}

type Handler = (args: { input: Answer['input'] }) => Promise<{ output: Record<string, unknown> }>;

interface Amendable {
  middlewareStack: {
    add(
      middleware: (next: Handler, context: { commandName?: string }) => Handler,
      options: { step: 'initialize'; name: string; override: true },
    ): void;
  };
}

function amendAnswers(client: Amendable, { amend, refuse }: Pick<SceneOptions, 'amend' | 'refuse'>): void {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const call = { operation: commandName.replace(/Command$/, ''), input: args.input };
        refuse?.(call);
        const result = await next(args);
        const { $metadata, ...output } = result.output;
        const amended = (await amend?.({ ...call, output })) ?? output;
        return { ...result, output: { $metadata, ...amended } };
      },
    { step: 'initialize', name: 'amended', override: true },
  );
}

export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const calls: string[] = [];
  const records: CallRecord[] = [];
  const { onCall, amend, refuse, ...rest } = options;
  const now = rest.now ?? new Date(today);
  const simulation = createSimulation({
    accounts: 4,
    now,
    clock: () => now,
    ...rest,
    onCall: (call) => {
      calls.push(`${call.account} ${call.region} ${call.service}:${call.operation} ${call.outcome}`);
      onCall?.(call);
    },
  });
  const aws = await createAwsAccess({
    audit: { record: (call) => records.push(call) },
    clock: fixedClock(now.toISOString()),
    roleName: simulation.organization.roles.scanner,
    sessionName: 'vedette',
    region: 'us-east-1',
    externalId: (account) => simulation.externalId(account),
    credentials: () => Promise.resolve(simulation.credentials()),
    intercept: (client) => {
      simulation.install(client);
      if (amend !== undefined || refuse !== undefined) amendAnswers(client as object as Amendable, { amend, refuse });
    },
    retryDelay: () => 0,
    simulated: true,
    budget: { share: 10_000, maxInFlightPerLane: 150 },
    environment: {},
  });
  return { simulation, aws, calls, records };
}

export interface ScanSetup {
  /** The regions that accounts have enabled, as far as the scan is concerned: what else they have does not exist for it. */
  enabled?: readonly string[];
  /** As the options of the command. */
  regions?: readonly string[];
  accounts?: readonly string[];
  checks?: readonly string[];
  at?: string;
  signal?: AbortSignal;
  fresh?: boolean;
  unitTimeoutMs?: number;
  accountsAtOnce?: number;
  regionsAtOnce?: number;
  collectors?: readonly RegisteredCollector[];
  entries?: readonly CheckEntry[];
  events?: Partial<ScanEvents>;
}

const silent: ScanEvents = {
  started: () => undefined,
  message: () => undefined,
  planned: () => undefined,
  units: () => undefined,
  judged: () => undefined,
  accountDone: () => undefined,
};

function narrowed(regions: readonly string[], wanted: readonly string[]): string[] {
  return regions.filter((region) => wanted.length === 0 || wanted.includes(region));
}

/** Runs a scan as `vedette scan` does, and gives its end. */
export async function scan(scene: Scene, store: Store, setup: ScanSetup = {}): Promise<FinishedScan> {
  const { aws } = scene;
  const chosen = setup.checks ?? [];
  const entries = setup.entries ?? (chosen.length === 0 ? catalogue.entries : catalogue.select(chosen));
  const signal = setup.signal ?? new AbortController().signal;
  const enabledHere = setup.enabled ?? twoRegions;
  const options = scanOptions({
    identity: (await aws.identity()).account,
    selection: { accounts: setup.accounts ?? [] },
    regions: setup.regions ?? [],
    excludeRegions: [],
    checks: chosen.length === 0 ? [] : entries.map((entry) => entry.id),
    parameters: {},
  });
  return await runScan(options, {
    store,
    aws,
    clock: fixedClock(setup.at ?? today),
    signal,
    catalogue,
    entries,
    parameters,
    collectors: setup.collectors ?? (chosen.length === 0 ? allCollectors : neededCollectors(allCollectors, entries)),
    homeRegion,
    classify: classifyError,
    findSecrets: (text, location) => findSecrets(text, location, secret),
    unitTimeoutMs: setup.unitTimeoutMs ?? 120_000,
    pageSize: 500,
    regionsAtOnce: setup.regionsAtOnce ?? 4,
    accountsAtOnce: setup.accountsAtOnce ?? 12,
    contextRules: defaultContextRules,
    programVersion: '0.0.0',
    fresh: setup.fresh ?? false,
    events: { ...silent, ...setup.events },
    async regionsOf(access, { regions }) {
      const enabled = await enabledRegions(access, signal);
      if (!isUnread(enabled)) {
        return { regions: narrowed(narrowed(enabled, enabledHere), regions), gaps: [] };
      }
      // As the command does: all are tried. One that is not enabled stands for the many.
      const tried = narrowed(knownRegions(access.partition), [...enabledHere, 'me-south-1']);
      const gap = { service: 'account', action: regionOperations[0], reason: enabled.$unread.reason, detail: '' };
      return { regions: narrowed(tried, regions), gaps: [gap] };
    },
  });
}

/** Verifies findings as `vedette findings verify` does. */
export async function verify(
  scene: Scene,
  store: Store,
  findings: readonly StoredFinding[],
  setup: { enabled: readonly string[]; at: string },
): Promise<Verification[]> {
  const [organization] = await storedOrganizations(store.pool);
  if (organization === undefined) throw new Error('Nothing was scanned.');
  const accounts = await storedAccounts(store.pool, organization.id);
  const { signal } = new AbortController();
  return await verifyFindings(findings, {
    store,
    aws: scene.aws,
    organization,
    accounts: new Map(accounts.map((one) => [one.id, one])),
    catalogue,
    parameters,
    collectors: allCollectors,
    homeRegion,
    classify: classifyError,
    findSecrets: (text, location) => findSecrets(text, location, secret),
    regionsOf: (access) => regionsOf(access, { regions: setup.enabled, excludeRegions: [] }, signal),
    clock: fixedClock(setup.at),
    unitTimeoutMs: 60_000,
    pageSize: 500,
    signal,
  });
}

export interface Rows {
  findings: readonly Readonly<Record<string, unknown>>[];
  transitions: readonly Readonly<Record<string, unknown>>[];
  gaps: readonly Readonly<Record<string, unknown>>[];
  counts: readonly Readonly<Record<string, unknown>>[];
  accounts: readonly Readonly<Record<string, unknown>>[];
  units: readonly Readonly<Record<string, unknown>>[];
  manifests: readonly Readonly<Record<string, unknown>>[];
  resources: readonly Readonly<Record<string, unknown>>[];
  relationships: readonly Readonly<Record<string, unknown>>[];
}

/** What scans left in the store, but for times and the scans' ids: equal for two ways to the same end. */
export async function rowsOf(store: Pick<Store, 'pool'>): Promise<Rows> {
  const all = async (text: string): Promise<Readonly<Record<string, unknown>>[]> =>
    (await store.pool.query<Readonly<Record<string, unknown>>>(text)).rows;
  return {
    findings: await all(
      `select id, check_id, verdict, severity, account, region, scope_region, resource, title, reason, state, rule, suppression
         from finding order by id`,
    ),
    transitions: await all(
      `select finding, from_state, to_state, cause, actor, disposition from finding_transition
        order by finding, cause, to_state, from_state`,
    ),
    gaps: await all(
      `select account, region, collector, service, action, reason, detail from gap
        order by account, region, collector, action, reason, scan`,
    ),
    counts: await all(
      `select account, region, check_id, pass, fail, not_applicable, manual, unknown, complete from verdict_count
        order by account, region, check_id, scan`,
    ),
    accounts: await all('select account, status, regions, score, coverage from scan_account order by account, scan'),
    units: await all(
      'select account, region, collector, status, resources from unit order by account, region, collector, scan',
    ),
    manifests: await all(
      `select account, region, collector, array(select unnest(hashes) order by 1) as hashes from manifest
        order by account, region, collector, scan`,
    ),
    resources: await all('select account, region, type, arn, hash from resource order by account, region, type, arn'),
    relationships: await all(
      `select from_account, to_account, kind, evidence from relationship
        order by from_account, to_account, kind, evidence_hash`,
    ),
  };
}

/** How rows differ from those expected: `<table> lacks …` and `<table> has …`, at most 20. */
export function differences(rows: Rows, expected: Rows): string[] {
  const found = (Object.keys(expected) as (keyof Rows)[]).flatMap((table) => {
    const counts = new Map<string, number>();
    for (const row of expected[table]) counts.set(JSON.stringify(row), (counts.get(JSON.stringify(row)) ?? 0) - 1);
    for (const row of rows[table]) counts.set(JSON.stringify(row), (counts.get(JSON.stringify(row)) ?? 0) + 1);
    return [...counts].flatMap(([row, count]) => {
      if (count === 0) return [];
      return [`${table} ${count < 0 ? 'lacks' : 'has'} ${Math.abs(count)} × ${row}`];
    });
  });
  return found.slice(0, 20);
}
