// One account of a scan, from entering it to its last committed finding. Whatever goes wrong in it stays in it.

import type { Account } from '../../domain/account.ts';
import type { ResourceType } from '../../domain/resource.ts';
import { VedetteError } from '../../domain/errors.ts';
import type { UnreadReason } from '../../domain/evidence.ts';
import type { AccountAccess, AwsAccess, ClassifiedError } from '../../platform/aws/contract.ts';
import { isCredentialsError } from '../../platform/aws/explain-credentials.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import { isStoreError } from '../../platform/store/failures.ts';
import type { SecretMatch } from '../../domain/secret.ts';
import type { CheckJudgement } from '../checks/index.ts';
import { scopesOf } from '../checks/index.ts';
import { relationshipsOf, saveRelationships } from '../discovery/index.ts';
import { commitScope } from '../findings/index.ts';
import type { Store } from '../../platform/store/contract.ts';
import { type RegisteredCollector, type UnitGap, type UnitResult, scanAccount, unitsOf } from '../inventory/index.ts';
import { gatherEvidence } from './account-evidence.ts';
import { failureGap } from './account-failure.ts';
import { commitAccountGaps } from './commit-gaps.ts';
import { commitUnits, commitUnitsIn } from './commit-units.ts';
import { type JudgeDependencies, judgeScope } from './judge-scope.ts';
import { type AccountScanStatus, FenceLost, claimAccount, finishAccount, saveRegions } from './scan-store.ts';
import { judgedScopes, storedUnits } from './stored-evidence.ts';

export interface RegionsResult {
  regions: readonly string[];
  gaps: readonly UnitGap[];
}

export interface AccountDependencies extends JudgeDependencies {
  store: Store;
  aws: AwsAccess;
  collectors: readonly RegisteredCollector[];
  homeRegion: (partition: AccountAccess['partition']) => string;
  classify: (error: unknown) => ClassifiedError;
  /** The regions to read: those enabled in the account, as selected. Never throws; what it could not read is a gap. */
  regionsOf: (access: AccountAccess) => Promise<RegionsResult>;
  findSecrets: (text: string, location: string) => readonly SecretMatch[];
  clock: Clock;
  unitTimeoutMs: number;
  pageSize: number;
  regionsAtOnce: () => number;
  signal: AbortSignal;
  onUnits: (results: readonly UnitResult[]) => void;
  onPlanned: (units: number) => void;
  onJudged: (account: Account, judgements: readonly CheckJudgement[]) => void;
}

/** A role that refuses is the account's own gap; anything else is a failure that is said as such. */
function accessGap(error: unknown, classify: AccountDependencies['classify']): UnitGap {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const classified = classify(cause);
  const reason: UnreadReason = classified.class === 'absent' ? 'denied' : classified.class;
  const message = error instanceof Error ? error.message : classified.detail;
  // The way out belongs to it: this is where a person learns of the refusal.
  const hint = error instanceof VedetteError && error.hint !== undefined ? ` ${error.hint}` : '';
  const detail = `${message.replace(/[.\s]*$/, '.')}${hint}`.slice(0, 1_500);
  return { service: 'sts', action: 'sts:AssumeRole', reason, detail };
}

/**
 * Reads and judges one account and says how it ended. An account that is finished already is left alone.
 * @throws FenceLost when another process took it; what `signal` was aborted with; errors of the store and of our own
 *   credentials.
 */
export async function processAccount(
  account: Account,
  dependencies: AccountDependencies,
): Promise<AccountScanStatus | undefined> {
  const { store, scan, clock } = dependencies;
  const now = (): string => clock.now().toISOString();
  const claim = await claimAccount(store, scan, account.id, now());
  if (claim === undefined) return undefined;
  const { fence } = claim;
  try {
    return await readAndJudge(account, claim, dependencies);
  } catch (error) {
    dependencies.signal.throwIfAborted();
    if (error instanceof FenceLost || isStoreError(error) || isCredentialsError(error)) throw error;
    // An error that nobody foresaw ends this account alone, and says so. What it committed before stays.
    const gap = failureGap(error);
    await commitAccountGaps(store, scan, account.id, [gap]);
    await finishAccount(store, scan, account.id, fence, 'failed', { reason: gap.detail }, now());
    return 'failed';
  }
}

const relationshipsIn = (results: readonly UnitResult[]) =>
  results.flatMap((result) => result.resources.flatMap(relationshipsOf));

async function readAndJudge(
  account: Account,
  claim: { fence: number; regions: readonly string[] },
  dependencies: AccountDependencies,
): Promise<AccountScanStatus> {
  const { store, scan, clock, collectors } = dependencies;
  const { fence } = claim;
  const now = (): string => clock.now().toISOString();
  let access: AccountAccess;
  try {
    access = await dependencies.aws.account(account.id);
  } catch (error) {
    dependencies.signal.throwIfAborted();
    if (isCredentialsError(error)) throw error;
    const gap = accessGap(error, dependencies.classify);
    await commitAccountGaps(store, scan, account.id, [gap]);
    const status = gap.reason === 'denied' ? 'denied' : 'failed';
    await finishAccount(store, scan, account.id, fence, status, { reason: gap.detail }, now());
    return status;
  }
  let regions: readonly string[] = claim.regions;
  if (regions.length === 0) {
    const found = await dependencies.regionsOf(access);
    regions = found.regions;
    await commitAccountGaps(store, scan, account.id, found.gaps);
    await saveRegions(store, scan, account.id, fence, regions);
  }
  const judged = await judgedScopes(store, scan, account.id);
  const scopes = scopesOf(regions).filter((scope) => !judged.has(scope));
  const stored = await storedUnits(store, scan, account.id, collectors, scopes.length > 0);
  const evidence = gatherEvidence(collectors);
  evidence.add(stored.results);
  const units = unitsOf(collectors, regions);
  const keep = new Set<ResourceType>(
    dependencies.entries.flatMap((entry) => (entry.check.subject === 'account' ? (entry.check.needs ?? []) : [])),
  );
  dependencies.onPlanned(units.length - stored.done.size);

  /** Judges a scope and commits it, with the units that completed it when there are any: a kill loses both or neither. */
  const judge = async (scope: string, units: readonly UnitResult[] = []): Promise<void> => {
    const { judged: done, judgements } = judgeScope(account, scope, evidence, regions, dependencies);
    await store.transaction(async (client) => {
      if (units.length > 0) {
        await saveRelationships(client, scan.organizationId, scan.id, now(), relationshipsIn(units));
        await commitUnitsIn(client, scan, account.id, fence, units, now());
      }
      await commitScope(client, done);
    });
    judged.add(scope);
    dependencies.onUnits(units);
    dependencies.onJudged(account, judgements);
    if (scope !== 'global') evidence.release(scope, keep);
  };
  // Regions whose units were all read before the interruption, but not judged.
  const waiting = new Set(
    units.filter((unit) => !stored.done.has(`${unit.region} ${unit.collector.id}`)).map((unit) => unit.region),
  );
  if (stored.results.length > 0) {
    for (const scope of ['global', ...regions]) if (!waiting.has(scope) && !judged.has(scope)) await judge(scope);
  }

  await scanAccount({
    access,
    homeRegion: dependencies.homeRegion,
    classify: dependencies.classify,
    findSecrets: dependencies.findSecrets,
    clock,
    unitTimeoutMs: dependencies.unitTimeoutMs,
    pageSize: dependencies.pageSize,
    regionsAtOnce: dependencies.regionsAtOnce,
    signal: dependencies.signal,
    units,
    done: stored.done,
    cursors: stored.cursors,
    sink: {
      async commit(region, results, last) {
        evidence.add(results);
        if (last && !judged.has(region)) {
          await judge(region, results);
          return;
        }
        // Before the units: what is committed is not read again, and a kill in between would lose them.
        await saveRelationships(store.pool, scan.organizationId, scan.id, now(), relationshipsIn(results));
        await commitUnits(store, scan, account.id, fence, results, now());
        dependencies.onUnits(results);
      },
    },
  });
  if (!judged.has('account')) await judge('account');
  const status = await howFarRead(dependencies, account.id);
  const detail = status === 'denied' || status === 'failed' ? { reason: 'No unit of the account could be read.' } : {};
  await finishAccount(store, scan, account.id, fence, status, detail, now());
  return status;
}

/** An account that let us in and then answered nothing is as unread as one that did not let us in. */
async function howFarRead({ store, scan }: AccountDependencies, account: string): Promise<AccountScanStatus> {
  const { rows } = await store.pool.query<{ gaps: number; denied: boolean; units: number; read: number }>(
    `select g.gaps, g.denied, u.units, u.read
       from (select count(*) as gaps, coalesce(bool_or(reason = 'denied'), false) as denied from gap
              where scan = $1 and organization_id = $2 and account = $3 and collector not like 'discovery%') g,
            (select count(*) as units, count(*) filter (where status = 'done' and not exists (
                      select from gap where gap.scan = unit.scan and gap.organization_id = unit.organization_id
                         and gap.account = unit.account and gap.region = unit.region and gap.collector = unit.collector)) as read
               from unit where scan = $1 and organization_id = $2 and account = $3) u`,
    [scan.id, scan.organizationId, account],
  );
  const { gaps = 0, denied = false, units = 0, read = 0 } = rows[0] ?? {};
  if (units > 0 && read === 0) return denied ? 'denied' : 'failed';
  return gaps === 0 ? 'complete' : 'partial';
}
