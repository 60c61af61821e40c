// vedette accounts security-services

import type { Command } from 'commander';
import { collectors } from '../../generated/collectors.ts';
import type { Act, CommandEnvironment } from '../../platform/command/environment.ts';
import { type ListOptions, addListOption, printList } from '../../platform/command/print-list.ts';
import { UsageError } from '../../domain/errors.ts';
import { currentOrganization, selectAccounts, storedAccounts } from '../discovery/index.ts';
import { accountServices } from './security-services-store.ts';
import { type SecurityService, type SecurityServiceName, securityServiceNames } from './security-services.ts';

/** Services of one account that stand alike in some of its regions. */
export interface ServicesRow {
  account: string;
  name: string;
  regions: readonly string[];
  /** How many regions of the account were read. */
  of: number;
  services: readonly SecurityService[];
}

/** Few regions by name, many by number. */
export function regionsText({ regions, of }: Pick<ServicesRow, 'regions' | 'of'>): string {
  if (regions.length === 0) return 'none was read';
  if (regions.length <= 3) return regions.join(', ');
  return regions.length === of ? `all ${of} regions` : `${regions.length} of ${of} regions`;
}

/** One row for the regions of an account in which every service stands alike. */
export function alikeRegions(
  account: { id: string; name: string },
  regions: readonly { region: string; services: readonly SecurityService[] }[],
): ServicesRow[] {
  const groups = Map.groupBy(regions, (one) => JSON.stringify(one.services));
  return [...groups.values()].map((alike) => ({
    account: account.id,
    name: account.name,
    regions: alike.map((one) => one.region),
    of: regions.length,
    services: alike[0]?.services ?? [],
  }));
}

/** `enabled`, `disabled` or `unknown`; who administers it; and how many of its plans are on. */
export function statusText(service: SecurityService | undefined): string {
  if (service === undefined) return 'unknown';
  const { status, administrator, plans } = service;
  const on = Object.values(plans).filter((plan) => plan === 'enabled').length;
  const total = Object.keys(plans).length;
  const known = status === 'enabled' || status === 'delegated';
  return [
    status === 'delegated' ? `by ${administrator ?? 'another account'}` : status,
    ...(known && total > 0 ? [`${on}/${total} plans`] : []),
  ].join(', ');
}

const headers: Readonly<Record<SecurityServiceName, string>> = {
  guardduty: 'GUARDDUTY',
  securityhub: 'SECURITY HUB',
  inspector: 'INSPECTOR',
  macie: 'MACIE',
  config: 'CONFIG',
  'access-analyzer': 'ACCESS ANALYZER',
  cloudtrail: 'CLOUDTRAIL',
};

/** One service of an account in one region. */
interface ServiceRecord extends SecurityService {
  account: string;
  name: string;
  region: string;
}

const nothingRead = { regions: [], of: 0, services: [] };

/** Every service in every region; all are unknown where nothing was read. */
function recordsOf(account: {
  id: string;
  name: string;
  regions?: readonly { region: string; services: readonly SecurityService[] }[];
}): ServiceRecord[] {
  const unknown = securityServiceNames.map(
    (service) => ({ service, status: 'unknown', administrator: null, plans: {} }) as const,
  );
  const { id, name, regions = [{ region: '', services: unknown }] } = account;
  return regions.flatMap(({ region, services }) =>
    services.map((service) => ({ account: id, name, region, ...service })),
  );
}

async function show(
  environment: CommandEnvironment,
  options: ListOptions & { account?: string; region?: string },
): Promise<number> {
  const store = await environment.openStore();
  const organization = await currentOrganization(environment, store);
  const present = (await storedAccounts(store.pool, organization.id)).filter((account) => !account.left);
  const selected = selectAccounts(
    present,
    { accounts: options.account === undefined ? [] : [options.account] },
    '--account',
  );
  const accounts = [];
  const unread: { id: string; name: string }[] = [];
  for (const account of selected) {
    const read = await accountServices(store, organization.id, account.id, collectors);
    if (read.length === 0) unread.push(account);
    const regions = read.filter((one) => options.region === undefined || one.region === options.region);
    if (regions.length > 0) accounts.push({ id: account.id, name: account.name, regions });
  }
  if (accounts.length === 0 && options.region !== undefined && unread.length < selected.length) {
    throw new UsageError(`The region "${options.region}" was read in none of these accounts.`, {
      hint: 'Leave out --region to see the regions that were read.',
      place: { key: '--region' },
    });
  }
  // An account of which nothing was read is not left out beside others: it would read as one without trouble.
  const unreadRows = accounts.length === 0 ? [] : unread.map(({ id, name }) => ({ ...nothingRead, account: id, name }));
  await printList<ServicesRow, ServiceRecord>(environment, options, {
    json: {
      organizationId: organization.id,
      simulated: organization.simulated,
      accounts,
      unread: unread.map(({ id }) => id),
    },
    columns: [
      { header: 'ACCOUNT', value: (row) => row.account, priority: 0 },
      { header: 'NAME', value: (row) => row.name, minWidth: 10, priority: 9 },
      { header: 'REGIONS', value: regionsText, minWidth: 12, priority: 0 },
      ...securityServiceNames.map((name, index) => ({
        header: headers[name],
        value: (row: ServicesRow) => statusText(row.services.find((one) => one.service === name)),
        minWidth: 8,
        priority: index + 1,
      })),
    ],
    rows: [...accounts.flatMap((account) => alikeRegions(account, account.regions)), ...unreadRows],
    empty: 'No account was read yet: nothing is known of its security services.',
    fields: {
      account: (one) => one.account,
      name: (one) => one.name,
      region: (one) => one.region,
      service: (one) => one.service,
      status: (one) => one.status,
      administrator: (one) => one.administrator ?? '',
      plans: (one) =>
        Object.entries(one.plans)
          .map(([plan, status]) => `${plan}=${status}`)
          .join(' '),
    },
    items: [...accounts, ...unread].flatMap((account) => recordsOf(account)),
  });
  if (unread.length > 0) {
    const what = unread.length === 1 ? '1 account' : `${unread.length} accounts`;
    environment.progress.message(`Of ${what} nothing was read: their security services are unknown.`);
  }
  return 0;
}

/** Adds the commands of the inventory below `accounts`, which must be registered by then. */
export function registerInventory(program: Command, act: Act): void {
  const accounts = program.commands.find((command) => command.name() === 'accounts');
  if (accounts === undefined) throw new Error('The command "accounts" is not registered.');
  addListOption(
    accounts
      .command('security-services')
      .description(
        'GuardDuty, Security Hub, Inspector, Macie, Config, Access Analyzer and CloudTrail by account and region',
      ),
  )
    .option('--account <account>', 'only this account, by its id or name')
    .option('--region <region>', 'only this region')
    .action(act(show));
}
