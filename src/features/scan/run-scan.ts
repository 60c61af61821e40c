// One scan: discovery, all accounts in parallel, and the end. Several processes may run the same scan together.

import type { Account, Organization } from '../../domain/account.ts';
import { canonicalJson } from '../../domain/json.ts';
import type { AccountAccess } from '../../platform/aws/contract.ts';
import type { Store } from '../../platform/store/contract.ts';
import type { Catalogue, CheckEntry, CheckJudgement, ParameterValues } from '../checks/index.ts';
import {
  type ContextRules,
  type Discovery,
  type KnownAccount,
  discover,
  saveDiscovery,
  selectAccounts,
  storedAccounts,
  storedOrganization,
} from '../discovery/index.ts';
import { type UnitResult, limiter } from '../inventory/index.ts';
import { openAccountLocks } from './account-locks.ts';
import { saveDiscoveryGaps } from './commit-units.ts';
import { type FinishedScan, finishScan } from './finish-scan.ts';
import type { ScanOptions } from './options.ts';
import { type AccountDependencies, processAccount } from './process-account.ts';
import {
  type AccountScanStatus,
  FenceLost,
  type ScanRecord,
  createScan,
  scanAccounts,
  unfinishedScan,
} from './scan-store.ts';

export interface ScanEvents {
  /** The scan's id, whether it goes on with an earlier one, and its accounts. */
  started(scan: ScanRecord, resumed: boolean, accounts: readonly Account[], organization: Organization): void;
  message(text: string): void;
  planned(units: number): void;
  units(results: readonly UnitResult[]): void;
  judged(account: Account, judgements: readonly CheckJudgement[]): void;
  accountDone(account: Account, status: AccountScanStatus): void;
}

export interface ScanDependencies extends Pick<
  AccountDependencies,
  | 'aws'
  | 'collectors'
  | 'homeRegion'
  | 'classify'
  | 'findSecrets'
  | 'clock'
  | 'unitTimeoutMs'
  | 'pageSize'
  | 'regionsAtOnce'
  | 'signal'
> {
  store: Store;
  catalogue: Catalogue;
  entries: readonly CheckEntry[];
  parameters: ParameterValues;
  contextRules: ContextRules;
  regionsOf: (access: AccountAccess, options: ScanOptions) => ReturnType<AccountDependencies['regionsOf']>;
  accountsAtOnce: number;
  programVersion: string;
  /** Begin anew even where an unfinished scan could be continued. */
  fresh: boolean;
  events: ScanEvents;
}

/** Evidence older than this is read again: an unfinished scan that began earlier is not continued. */
const resumableMs = 12 * 60 * 60 * 1000;

interface Begun {
  scan: ScanRecord;
  organization: Organization;
  accounts: readonly Account[];
  resumed: boolean;
}

async function begin(options: ScanOptions, dependencies: ScanDependencies): Promise<Begun> {
  const { store, clock, events } = dependencies;
  const since = new Date(clock.now().getTime() - resumableMs).toISOString();
  const unfinished = dependencies.fresh ? undefined : await unfinishedScan(store, options, since);
  if (unfinished !== undefined) {
    const organization = await storedOrganization(store.pool, unfinished.organizationId);
    if (organization !== undefined) {
      const accounts = await storedAccounts(store.pool, unfinished.organizationId);
      return { scan: unfinished, organization, accounts, resumed: true };
    }
  }
  const discovery: Discovery = await discover({
    aws: dependencies.aws,
    homeRegion: dependencies.homeRegion,
    classify: dependencies.classify,
    contextRules: dependencies.contextRules,
    progress: events.message,
  });
  const selected = selectAccounts(discovery.accounts, options.selection);
  const at = clock.now().toISOString();
  await saveDiscovery(store, discovery, at, null);
  const scan = await createScan(store, {
    organizationId: discovery.organization.id,
    options,
    accounts: selected,
    at,
    simulated: dependencies.aws.simulated,
    catalogueVersion: dependencies.catalogue.version(dependencies.parameters),
    programVersion: dependencies.programVersion,
  });
  await saveDiscoveryGaps(store, scan, discovery.gaps, discovery.accountListComplete);
  return { scan, organization: discovery.organization, accounts: discovery.accounts, resumed: false };
}

/** Begins in turn with other processes that begin the same scan: the second one joins the first, whatever their timing. */
async function beginAlone(options: ScanOptions, dependencies: ScanDependencies): Promise<Begun> {
  const { store, events, signal } = dependencies;
  const key = canonicalJson(options);
  const locks = await openAccountLocks(store, 'begin');
  try {
    if (!(await locks.tryLock(key))) {
      events.message('waiting for another process that begins this scan');
      await locks.lock(key, signal);
    }
    return await begin(options, dependencies);
  } finally {
    locks.close();
  }
}

/**
 * Runs a scan to its end, or goes on with one that was interrupted or is under way in another process.
 * @throws what `signal` was aborted with: what is committed stays, and the next run goes on from there.
 * @throws VedetteError when the credentials cannot be used at all, or the store fails.
 */
export async function runScan(options: ScanOptions, dependencies: ScanDependencies): Promise<FinishedScan> {
  const { store, events, signal } = dependencies;
  const { scan, organization, accounts, resumed } = await beginAlone(options, dependencies);
  const known = new Map<string, Account | KnownAccount>(accounts.map((account) => [account.id, account]));
  const rows = await scanAccounts(store, scan);
  const chosen = rows.flatMap((row) => known.get(row.account) ?? []);
  events.started(scan, resumed, chosen, organization);
  const unfinished = rows
    .filter((row) => row.status === 'pending' || row.status === 'running')
    .map((row) => row.account);
  const locks = await openAccountLocks(store, scan.id);
  try {
    const elsewhere: string[] = [];
    const work = async (id: string): Promise<void> => {
      const account = known.get(id);
      if (account === undefined) return;
      try {
        const status = await processAccount(account, {
          ...dependencies,
          scan,
          organization,
          now: () => dependencies.clock.now().toISOString(),
          regionsOf: (access) => dependencies.regionsOf(access, scan.options),
          onPlanned: events.planned,
          onUnits: events.units,
          onJudged: events.judged,
        });
        if (status !== undefined) events.accountDone(account, status);
      } catch (error) {
        // Another process works on it now; its own end is waited for below.
        if (!(error instanceof FenceLost)) throw error;
        elsewhere.push(id);
      }
    };
    const limit = limiter(dependencies.accountsAtOnce);
    const tasks = unfinished.map((id) =>
      limit(async () => {
        signal.throwIfAborted();
        if (!(await locks.tryLock(id))) {
          elsewhere.push(id);
          return;
        }
        try {
          await work(id);
        } finally {
          await locks.unlock(id);
        }
      }),
    );
    const settled = await Promise.allSettled(tasks);
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    if (elsewhere.length > 0) events.message(`waiting for ${elsewhere.length} accounts that another process reads`);
    for (const id of elsewhere) {
      await locks.lock(id, signal);
      try {
        await work(id);
      } finally {
        await locks.unlock(id);
      }
    }
    await locks.lock('finish', signal);
    try {
      return await finishScan(scan, organization, dependencies);
    } finally {
      await locks.unlock('finish');
    }
  } finally {
    locks.close();
  }
}
