// vedette scan and vedette demo: the same scan, of AWS or of the simulated organisation.

import { type Command, InvalidArgumentError, Option } from 'commander';
import { summarise, type ScanOutcome, scanBySettings } from '../../features/scan/commands.ts';
import { type OcsfClass, type SuggestedCommand, writeReports } from '../../features/reports/index.ts';
import { principalOf } from '../../platform/aws/explain-access.ts';
import { type CommandEnvironment, commandLine } from '../../platform/command/environment.ts';
import { formatNames } from '../../platform/command/formats.ts';
import { type OutputTarget, checkTargets, parseOutputs } from '../../platform/command/outputs.ts';
import { writeToStream } from '../../platform/command/stream.ts';
import { findingsBeyond, readBaseline } from './baseline.ts';
import { decideExitCode } from './exit-codes.ts';
import {
  addAccessOptions,
  addCheckOptions,
  addExitOptions,
  addLimitOptions,
  addOutputOptions,
  addSelectionOptions,
} from './program.ts';
import type { SimulationShape } from '../../platform/store/installation.ts';
import { type SessionOptions, runSession } from './session.ts';
import { renderSummary } from './summary.ts';

interface ScanFlags {
  output?: string[];
  ocsfClass?: OcsfClass;
  newOnly?: boolean;
  baseline?: string;
  fresh?: boolean;
  quiet?: boolean;
}

async function* textOf(text: string): AsyncGenerator<string> {
  yield text;
}

/** The role to install, where accounts let nobody in. */
async function roleToInstall(environment: CommandEnvironment, { model }: ScanOutcome): Promise<SuggestedCommand[]> {
  if (environment.demo || !model.accounts.some((account) => account.scan === 'denied')) return [];
  const { aws } = await environment.openAws();
  const principal = principalOf((await aws.identity()).arn);
  const command = commandLine(environment, 'permissions', '--principal', principal);
  return [{ command, purpose: 'the role to install in the accounts that refuse' }];
}

async function showSummary(
  environment: CommandEnvironment,
  outcome: ScanOutcome,
  files: readonly OutputTarget[],
): Promise<string> {
  const store = await environment.openStore();
  const summary = await summarise({
    store,
    header: outcome.header,
    finished: outcome.finished,
    model: outcome.model,
    filter: outcome.filter,
    checks: outcome.entries.length,
    files: files.flatMap(({ file, format }) => (file === undefined ? [] : [{ path: file, format }])),
    commandFor: (check) => commandLine(environment, 'checks', 'show', check),
    next: [
      ...(await roleToInstall(environment, outcome)),
      {
        command: commandLine(environment, 'findings', 'list', '--severity', 'critical,high'),
        purpose: 'everything urgent',
      },
      { command: commandLine(environment, 'accounts', 'relationships'), purpose: 'who reaches into which account' },
      { command: commandLine(environment, 'score', 'explain'), purpose: 'how score and coverage come about' },
    ],
  });
  return renderSummary(summary, { style: environment.style, width: environment.width });
}

async function scan(environment: CommandEnvironment, flags: ScanFlags): Promise<number> {
  const baseline = flags.baseline === undefined ? undefined : await readBaseline(flags.baseline);
  const targets = parseOutputs(flags.output ?? [], formatNames);
  await checkTargets(targets);
  const outcome = await scanBySettings(environment, { fresh: flags.fresh === true, quiet: flags.quiet === true });
  environment.progress.done();
  const people = targets.some((target) => target.file === undefined && target.format === 'table');
  const written = await writeReports(
    outcome.model,
    targets.filter((target) => target.file !== undefined || target.format !== 'table'),
    { stdout: environment.stdout, ...(flags.ocsfClass === undefined ? {} : { ocsfClass: flags.ocsfClass }) },
  );
  if (people) await writeToStream(textOf(await showSummary(environment, outcome, written)), environment.stdout);
  else for (const { file } of written) environment.progress.message(`wrote ${file}`);
  const { values } = environment.config;
  const { accounts, summary } = outcome.model;
  return decideExitCode(
    {
      findings: summary.bySeverity,
      newFindings: baseline === undefined ? outcome.newFindings : await findingsBeyond(baseline, outcome.model),
      coverage: outcome.finished.coverage,
      unreadAccounts: accounts.filter((account) => account.scan === 'denied' || account.scan === 'failed').length,
    },
    {
      failOn: values.failOn,
      minCoverage: environment.demo && !environment.config.isSet('minCoverage') ? 0 : values.minCoverage,
      newOnly: flags.newOnly === true || baseline !== undefined,
      unreadAccountsCount: !environment.demo,
    },
  );
}

function accountsOption(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 5000)
    throw new InvalidArgumentError('It must be a number from 1 to 5000.');
  return number;
}

const outputs = (command: Command): Command => addExitOptions(addOutputOptions(addCheckOptions(command)));

export function registerScan(program: Command, about: Omit<SessionOptions, 'demo'>): void {
  const scanCommand = program
    .command('scan')
    .description('read the whole organisation, judge it, and say how it stands');
  addLimitOptions(addAccessOptions(outputs(addSelectionOptions(scanCommand))))
    .option('--fresh', 'begin anew instead of going on with an interrupted scan')
    .addHelpText(
      'after',
      `
Examples:
  vedette scan --profile audit
  vedette scan --ous /Workloads --regions eu-west-1,eu-central-1 --services s3,iam
  vedette scan --output json=result.json --output sarif=result.sarif --fail-on high
  vedette scan --baseline result.json --fail-on medium --min-coverage 90%`,
    )
    .action((_options: ScanFlags, command: Command) =>
      runSession(command, [command.optsWithGlobals<ScanFlags>()] as const, scan, about),
    );
  const demo = program
    .command('demo')
    .description('scan a simulated organisation: no AWS account, no credentials')
    .addOption(
      new Option('--accounts <n>', 'accounts of the simulated organisation, up to 5000')
        .argParser(accountsOption)
        .default(60),
    )
    .option('--seed <text>', 'the same seed gives the same organisation', 'vedette')
    .addOption(new Option('--no-serve', 'end after the summary').hideHelp())
    .option('--fresh', 'begin anew instead of going on with an interrupted scan');
  outputs(addLimitOptions(addSelectionOptions(demo, { accounts: false }))).action(
    (_options: ScanFlags & SimulationShape, command: Command) => {
      const flags = command.optsWithGlobals<ScanFlags & SimulationShape>();
      return runSession(command, [flags] as const, scan, {
        ...about,
        demo: { accounts: flags.accounts, seed: flags.seed },
      });
    },
  );
}
