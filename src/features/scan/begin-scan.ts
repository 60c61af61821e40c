// The beginning of a scan: an unfinished one to go on with, or a discovery and a new one.

import type { Account, Organization } from '../../domain/account.ts';
import { canonicalJson } from '../../domain/json.ts';
import {
  type Discovery,
  type KnownAccount,
  discover,
  saveDiscovery,
  selectAccounts,
  storedAccounts,
  storedOrganization,
  undecidedAccounts,
} from '../discovery/index.ts';
import { openAccountLocks } from './account-locks.ts';
import { planAccountTags } from './account-tags.ts';
import { discoveryGaps, insertGaps } from './commit-gaps.ts';
import type { ScanOptions } from './options.ts';
import type { ScanDependencies, ScanEvents } from './contract.ts';
import { type ScanRecord, createScan, unfinishedScan } from './scan-store.ts';

/** Evidence older than this is read again: an unfinished scan that began earlier is not continued. */
const resumableMs = 12 * 60 * 60 * 1000;

const given = (list: readonly string[] | undefined): boolean => list !== undefined && list.length > 0;

/**
 * The accounts of a new scan. A place or tags that could not be read this time are those that were known; `whole` is
 * false when the selection may mean accounts that nobody knows of.
 */
function select(
  { selection }: ScanOptions,
  discovery: Discovery,
  accounts: readonly KnownAccount[],
  events: ScanEvents,
): { selected: readonly Account[]; whole: boolean } {
  const undecided = undecidedAccounts(discovery.accounts, selection);
  if (undecided.length > 0) {
    const what = undecided.length === 1 ? '1 account' : `${undecided.length} accounts`;
    events.message(`Of ${what} it is not known whether the selection means them: place or tags could not be read.`);
  }
  const byName = given(selection.accounts) && !given(selection.units) && !given(selection.tags);
  return {
    selected: selectAccounts(accounts, selection),
    whole: undecided.length === 0 && (discovery.accountListComplete || byName),
  };
}

interface Begun {
  scan: ScanRecord;
  organization: Organization;
  accounts: readonly Account[];
  resumed: boolean;
}

async function begin(options: ScanOptions, dependencies: ScanDependencies): Promise<Begun> {
  const { store, clock, events } = dependencies;
  const since = new Date(clock.now().getTime() - resumableMs).toISOString();
  const catalogueVersion = dependencies.catalogue.version(dependencies.parameters);
  const found = await unfinishedScan(store, options, catalogueVersion, since);
  const unfinished = dependencies.fresh ? undefined : found;
  if (unfinished !== undefined) {
    const organization = await storedOrganization(store.pool, unfinished.organizationId);
    if (organization !== undefined) {
      const accounts = await storedAccounts(store.pool, unfinished.organizationId);
      return { scan: unfinished, organization, accounts, resumed: true };
    }
  }
  const withTags = given(options.selection.tags) || given(options.selection.excludeTags);
  const discovery = await discover({ ...dependencies, withTags, progress: events.message });
  const { organization } = discovery;
  const at = clock.now().toISOString();
  await saveDiscovery(store, discovery, at, null);
  const ids = new Set(discovery.accounts.map((account) => account.id));
  const accounts = (await storedAccounts(store.pool, organization.id)).filter((account) => ids.has(account.id));
  const { selected, whole } = select(options, discovery, accounts, events);
  const scan = await createScan(
    store,
    {
      organizationId: organization.id,
      options,
      accounts: selected,
      at,
      simulated: dependencies.aws.simulated,
      catalogueVersion,
      programVersion: dependencies.programVersion,
    },
    async (client, begun) => {
      await insertGaps(client, begun, discoveryGaps(discovery, options.identity, whole));
      if (organization.reachable && !withTags) await planAccountTags(client, begun);
    },
  );
  return { scan, organization, accounts, resumed: false };
}

/**
 * Begins a scan in turn with other processes that begin the same one: the second joins the first, whatever their timing.
 * @throws VedetteError when the credentials cannot be used, or the selection leaves no account
 */
export async function beginScan(options: ScanOptions, dependencies: ScanDependencies): Promise<Begun> {
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
