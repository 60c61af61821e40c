// One scan: discovery, all accounts in parallel, and the end. Several processes may run the same scan together.

import type { Account } from '../../domain/account.ts';
import { VedetteError } from '../../domain/errors.ts';
import { isCredentialsError } from '../../platform/aws/explain-credentials.ts';
import type { Store } from '../../platform/store/contract.ts';
import { limiter } from '../inventory/index.ts';
import { openAccountLocks } from './account-locks.ts';
import { readRemainingTags } from './account-tags.ts';
import { beginScan } from './begin-scan.ts';
import type { ScanDependencies } from './contract.ts';
import { type FinishedScan, finishScan } from './finish-scan.ts';
import type { ScanOptions } from './options.ts';
import { processAccount } from './process-account.ts';
import { FenceLost, type ScanRecord, addApiCalls, regionsNowhere, scanAccounts } from './scan-store.ts';

export type { ScanDependencies, ScanEvents } from './contract.ts';

/** Adds the calls that were made since it last ran. What could not be added is added the next time. */
function callCounter(store: Store, scan: ScanRecord, calls: () => number): () => Promise<void> {
  let counted = 0;
  let last: Promise<void> = Promise.resolve();
  const count = async (): Promise<void> => {
    const made = calls() - counted;
    if (made === 0) return;
    await addApiCalls(store, scan, made);
    counted += made;
  };
  return () => (last = last.then(count, count));
}

/** Without credentials no account can be entered: that is no gap of the accounts, and the scan waits for new ones. */
function resumable(error: unknown): unknown {
  if (!isCredentialsError(error)) return error;
  const { code, message, hint = '', place } = error;
  const goOn = `${hint} What was committed is kept: run the same command again to go on from there.`;
  return new VedetteError(code, message, { hint: goOn.trim(), place, cause: error });
}

/**
 * Runs a scan to its end, or goes on with one that was interrupted or is under way in another process.
 * @throws what `signal` was aborted with: what is committed stays, and the next run goes on from there.
 * @throws VedetteError when the credentials cannot be used at all, or the store fails.
 */
export async function runScan(options: ScanOptions, dependencies: ScanDependencies): Promise<FinishedScan> {
  const { store, events } = dependencies;
  const { scan, organization, accounts, resumed } = await beginScan(options, dependencies);
  // What ends the scan ends it for all accounts: nobody works on for a result that will not come.
  const stop = new AbortController();
  const signal = AbortSignal.any([dependencies.signal, stop.signal]);
  const guarded = async (task: () => Promise<void>): Promise<void> => {
    try {
      await task();
    } catch (error) {
      stop.abort(resumable(error));
      throw error;
    }
  };
  /** A session that cannot be renewed comes to light in whatever call needed it. */
  const classify: typeof dependencies.classify = (error) => {
    if (isCredentialsError(error)) stop.abort(resumable(error));
    return dependencies.classify(error);
  };
  const known = new Map<string, Account>(accounts.map((account) => [account.id, account]));
  const rows = await scanAccounts(store, scan);
  events.started(scan, resumed, rows, organization);
  const countCalls = callCounter(store, scan, () => dependencies.aws.calls);
  const now = (): string => dependencies.clock.now().toISOString();
  const unfinished = rows
    .filter((row) => row.status === 'pending' || row.status === 'running')
    .map((row) => row.account);
  const locks = await openAccountLocks(store, scan.id);
  let remaining = unfinished.length;
  const { accountsAtOnce, regionsAtOnce } = dependencies;
  /** What accounts that are done leave free goes to the others: a large last account is not read alone and slowly. */
  const regionsOfEach = (): number =>
    Math.floor((regionsAtOnce * accountsAtOnce) / Math.max(1, Math.min(accountsAtOnce, remaining)));
  const alone = async <T>(key: string, task: () => Promise<T>): Promise<T> => {
    await locks.lock(key, signal);
    try {
      return await task();
    } finally {
      await locks.unlock(key);
    }
  };
  try {
    const elsewhere: string[] = [];
    const work = async (id: string): Promise<void> => {
      const account = known.get(id);
      if (account === undefined) return;
      try {
        const status = await processAccount(account, {
          ...dependencies,
          classify,
          signal,
          scan,
          organization,
          now,
          regionsAtOnce: regionsOfEach,
          regionsOf: (access) => dependencies.regionsOf(access, scan.options),
          onPlanned: events.planned,
          onUnits: (units) => {
            events.units(units);
            // A process that is killed has made its calls as well. An error of the store shows in the next commit.
            countCalls().catch(() => undefined);
          },
          onJudged: events.judged,
        });
        if (status !== undefined) events.accountDone(account, status);
      } catch (error) {
        // Another process works on it now; its own end is waited for below.
        if (!(error instanceof FenceLost)) throw error;
        elsewhere.push(id);
      }
    };
    const limit = limiter(accountsAtOnce);
    const tasks = unfinished.map((id) =>
      limit(() =>
        guarded(async () => {
          signal.throwIfAborted();
          if (!(await locks.tryLock(id))) {
            elsewhere.push(id);
            return;
          }
          try {
            await work(id);
            // Whoever waits for this account finds the calls counted.
            await countCalls();
          } finally {
            remaining -= 1;
            await locks.unlock(id);
          }
        }),
      ),
    );
    const readTags = async (): Promise<void> => {
      await readRemainingTags(store, scan, { ...dependencies, signal, now });
      await countCalls();
    };
    const tags = guarded(async () => {
      if (await locks.tryLock('tags')) await readTags().finally(() => locks.unlock('tags'));
    });
    const settled = await Promise.allSettled([...tasks, tags]);
    if (settled.some((one) => one.status === 'rejected')) throw signal.reason;
    if (elsewhere.length > 0) events.message(`waiting for ${elsewhere.length} accounts that another process reads`);
    for (const id of elsewhere) await alone(id, () => work(id));
    // The process that was reading them may have died.
    await alone('tags', readTags);
    for (const region of await regionsNowhere(store, scan)) {
      events.message(`The region ${region} was selected, but it is enabled in no account that was read.`);
    }
    await countCalls();
    return await alone('finish', () => finishScan(scan, organization, dependencies));
  } finally {
    // An interrupted scan has made its calls as well. Where the store is the trouble, that trouble is told already.
    await countCalls().catch(() => undefined);
    locks.close();
  }
}
