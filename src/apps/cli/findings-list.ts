// vedette findings list: the findings of a filter, in every format of a report.

import { type Command, InvalidArgumentError } from 'commander';
import { currentOrganization, storedAccounts } from '../../features/discovery/index.ts';
import {
  type FilterOptions,
  addFilterOptions,
  filterOf,
  filterWords,
  findingsJson,
  streamFindings,
} from '../../features/findings/index.ts';
import { type OcsfClass, count, writeReports } from '../../features/reports/index.ts';
import type { Act, CommandEnvironment } from '../../platform/command/environment.ts';
import { formatNames } from '../../platform/command/formats.ts';
import { parseOutputs } from '../../platform/command/outputs.ts';
import { addOutputOptions } from './program.ts';

interface ListFlags extends FilterOptions {
  output?: string[];
  ocsfClass?: OcsfClass;
  limit?: number;
}

/** Rows that a person reads in one go. */
const shownRows = 100;

function limitOption(value: string): number {
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return limit;
}

async function list(environment: CommandEnvironment, flags: ListFlags): Promise<number> {
  const { stdout, style, width, version, progress } = environment;
  // Loaded late: the other commands of findings need no collector.
  const { findingsReport } = await import('../../features/scan/commands.ts');
  const targets = parseOutputs(flags.output ?? [], formatNames);
  const store = await environment.openStore();
  const organization = await currentOrganization(environment, store);
  const accounts = await storedAccounts(store.pool, organization.id);
  const filter = filterOf(flags, accounts);
  const { total, model } = await findingsReport({ store, organization, accounts, version, filter });
  const modelOf = (limit: number | undefined) => {
    const first = limit === undefined || limit >= total ? [] : [`the first ${count(limit)} of ${count(total)}`];
    const words = [...filterWords(flags), ...first];
    return model(limit, words.length === 0 ? undefined : words.join('; '));
  };
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const options = {
    stdout,
    style,
    ...(width === undefined ? {} : { width }),
    ...(flags.ocsfClass === undefined ? {} : { ocsfClass: flags.ocsfClass }),
    instead: {
      json: () =>
        findingsJson({
          organizationId: organization.id,
          simulated: organization.simulated,
          names,
          findings: streamFindings(store, { organization: organization.id }, filter, flags.limit),
        }),
    },
  };
  const people = targets.filter(({ format, file }) => format === 'table' && file === undefined);
  const rest = targets.filter((target) => !people.includes(target));
  const written = await writeReports(modelOf(flags.limit), rest, options);
  await writeReports(modelOf(flags.limit ?? shownRows), people, options);
  for (const { file } of written) progress.message(`wrote ${file}`);
  if (people.length === 0) return 0;
  if (total === 0 && flags.state === undefined)
    progress.message('Findings that are resolved, ended or muted are listed with --state.');
  if (total > (flags.limit ?? shownRows))
    progress.message('More: --limit, narrower filters, or --output csv=findings.csv for all.');
  return 0;
}

/** Adds `list` to the command `findings`. */
export function addFindingsList(findings: Command, act: Act): void {
  const command = findings
    .command('list')
    .description('findings, most urgent first: by severity, then what is new, then by check and account');
  addOutputOptions(addFilterOptions(command))
    .option(
      '--limit <n>',
      `at most so many; ${shownRows} by default as a table on standard output, else all`,
      limitOption,
    )
    .addHelpText(
      'after',
      `
Examples:
  vedette findings list --severity critical,high
  vedette findings list --severity critical --output csv=critical.csv
  vedette findings list --account payments-prod --service s3,iam --output sarif=payments.sarif`,
    )
    .action(act(list));
}
