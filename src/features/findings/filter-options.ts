// Options that choose findings, for commands that list them.

import type { Command } from 'commander';
import type { Account } from '../../domain/account.ts';
import { UsageError } from '../../domain/errors.ts';
import { findingStates } from '../../domain/finding.ts';
import { severities } from '../../domain/severity.ts';
import { checkRegionNames } from '../../platform/aws/regions.ts';
import { collect } from '../../platform/command/collect.ts';
import { sanitize } from '../../platform/terminal/sanitize.ts';
import { checks, createCatalogue } from '../checks/index.ts';
import { selectAccounts } from '../discovery/index.ts';
import { type FindingFilter, activeStates } from './contract.ts';

export interface FilterOptions {
  severity?: string[];
  state?: string[];
  account?: string[];
  region?: string[];
  service?: string[];
  check?: string[];
  resource?: string;
  text?: string;
}

/** Adds the options of a filter. */
export function addFilterOptions(command: Command): Command {
  return command
    .option('-c, --check <check>', 'id, alias, AWS Config rule or Security Hub control', collect)
    .option('-s, --service <service>', 'checks of a service, for example s3', collect)
    .option('--severity <severity>', severities.join(', '), collect)
    .option('--account <account>', 'only these accounts, by id or name', collect)
    .option('--region <region>', 'only these regions', collect)
    .option('--state <state>', `${findingStates.join(', ')}; new, open and reopened by default`, collect)
    .option('--resource <arn>', 'exactly this resource')
    .option('--text <words>', 'anywhere in title, reason, resource or check');
}

function oneOf<T extends string>(
  allowed: readonly T[],
  flag: string,
  values: readonly string[] | undefined,
): readonly T[] | undefined {
  return values?.map((value) => {
    const found = allowed.find((one) => one === value.toLowerCase());
    if (found === undefined) {
      throw new UsageError(`${flag}: "${sanitize(value, { maxLength: 40 })}" is not one of ${allowed.join(', ')}.`, {
        place: { key: flag },
      });
    }
    return found;
  });
}

/**
 * The filter that the options describe; without `--state` only findings that need somebody.
 * @param accounts those that may be named
 * @throws UsageError for a name that there is not
 */
export function filterOf(options: FilterOptions, accounts: readonly Account[]): FindingFilter {
  const catalogue = createCatalogue(checks);
  const services = options.service === undefined ? undefined : catalogue.ofServices(options.service);
  const named = options.check === undefined ? undefined : catalogue.select(options.check);
  const ids = [...(named ?? []), ...(services ?? [])].map((entry) => entry.id);
  const regions = (options.region ?? []).filter((region) => region !== 'global');
  checkRegionNames({ regions, excludeRegions: [] }, '--region');
  return {
    states: oneOf(findingStates, '--state', options.state) ?? activeStates,
    ...(named === undefined && services === undefined ? {} : { checks: ids }),
    ...(options.severity === undefined ? {} : { severities: oneOf(severities, '--severity', options.severity) }),
    ...(options.account === undefined
      ? {}
      : { accounts: selectAccounts(accounts, { accounts: options.account }, '--account').map(({ id }) => id) }),
    ...(options.region === undefined ? {} : { regions: options.region }),
    ...(options.resource === undefined ? {} : { resource: options.resource }),
    ...(options.text === undefined ? {} : { text: options.text }),
  };
}

/** The options in words, for those who read the result; none when nothing narrows it. */
export function filterWords(options: FilterOptions): string[] {
  const { severity, state, account, region, service, check, resource, text } = options;
  const lists = { severity, state, account, region, service, check };
  return [
    ...Object.entries(lists).flatMap(([name, values]) =>
      values === undefined ? [] : `${name} ${values.join(' or ')}`,
    ),
    ...(resource === undefined ? [] : [`resource ${resource}`]),
    ...(text === undefined ? [] : [`text "${text}"`]),
  ];
}
