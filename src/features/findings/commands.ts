// vedette findings list | show, and vedette score explain; muting stands in suppression-commands.ts

import type { Command } from 'commander';
import { UsageError } from '../../domain/errors.ts';
import { findingStates } from '../../domain/finding.ts';
import { type Severity, severities } from '../../domain/severity.ts';
import { checkRegionNames } from '../../platform/aws/regions.ts';
import { type Act, type CommandEnvironment, commandLine } from '../../platform/command/environment.ts';
import { type PrintOptions, addPrintOption, printJson, printLine, printTable } from '../../platform/command/print.ts';
import { writeToStream } from '../../platform/command/stream.ts';
import { inertJson } from '../../platform/terminal/inert-json.ts';
import { sanitize } from '../../platform/terminal/sanitize.ts';
import { checks, createCatalogue } from '../checks/index.ts';
import { checkAccountIds, currentOrganization, storedAccounts } from '../discovery/index.ts';
import { type FindingFilter, type StoredFinding, activeStates } from './contract.ts';
import { findingHistory, listFindings, streamFindings } from './query.ts';
import { explainScore } from './score-explanation.ts';
import { registerSuppressions } from './suppression-commands.ts';

interface FilterOptions {
  check?: string[];
  service?: string[];
  severity?: Severity[];
  account?: string[];
  region?: string[];
  state?: string[];
  resource?: string;
  text?: string;
  limit: string;
}

const many = (value: string, before: string[] = []): string[] => [
  ...before,
  ...value.split(',').filter((part) => part !== ''),
];

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

function filterOf(options: FilterOptions): FindingFilter {
  const catalogue = createCatalogue(checks);
  const services = options.service === undefined ? undefined : catalogue.ofServices(options.service);
  const named = options.check === undefined ? undefined : catalogue.select(options.check);
  const ids = [...(named ?? []), ...(services ?? [])].map((entry) => entry.id);
  return {
    states: oneOf(findingStates, '--state', options.state) ?? activeStates,
    ...(named === undefined && services === undefined ? {} : { checks: ids }),
    ...(options.severity === undefined ? {} : { severities: oneOf(severities, '--severity', options.severity) }),
    ...(options.account === undefined ? {} : { accounts: options.account }),
    ...(options.region === undefined ? {} : { regions: options.region }),
    ...(options.resource === undefined ? {} : { resource: options.resource }),
    ...(options.text === undefined ? {} : { text: options.text }),
  };
}

async function* jsonOf(findings: AsyncIterable<StoredFinding>): AsyncGenerator<string> {
  yield '{"findings": [';
  let first = true;
  for await (const finding of findings) {
    yield `${first ? '' : ','}\n${inertJson(JSON.stringify(finding))}`;
    first = false;
  }
  yield '\n]}\n';
}

async function list(environment: CommandEnvironment, options: FilterOptions & PrintOptions): Promise<number> {
  const store = await environment.openStore();
  const organization = await currentOrganization(environment, store);
  const scope = { organization: organization.id };
  const filter = filterOf(options);
  if (options.account !== undefined)
    checkAccountIds(await storedAccounts(store.pool, organization.id), options.account, '--account');
  const regions = (options.region ?? []).filter((region) => region !== 'global');
  checkRegionNames({ regions, excludeRegions: [] });
  if (options.output === 'json') {
    await writeToStream(jsonOf(streamFindings(store, scope, filter)), environment.stdout);
    return 0;
  }
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1)
    throw new UsageError(`--limit: "${sanitize(options.limit, { maxLength: 40 })}" is not a number of findings.`, {
      hint: 'Give a whole number from 1, or --output json for all.',
    });
  const page = await listFindings(store, scope, filter, { limit });
  if (page.findings.length === 0) {
    const states =
      options.state === undefined ? ' Those that are resolved, ended or muted are listed with --state.' : '';
    printLine(environment, `No finding matches.${states}`);
    return 0;
  }
  printTable<StoredFinding>(
    environment,
    [
      {
        header: 'SEVERITY',
        value: (f) => f.severity.toUpperCase(),
        priority: 0,
        paint: (cell, f, style) => style.severity(f.severity)(cell),
      },
      { header: 'STATE', value: (f) => f.state, priority: 2 },
      { header: 'ACCOUNT', value: (f) => f.account, priority: 1 },
      { header: 'REGION', value: (f) => f.region, priority: 3 },
      { header: 'CHECK', value: (f) => f.check, minWidth: 20, priority: 0 },
      { header: 'RESOURCE', value: (f) => f.resource, minWidth: 20, cut: 'middle', priority: 0 },
      { header: 'FINDING', value: (f) => f.id, minWidth: 12, priority: 1 },
    ],
    page.findings,
  );
  if (page.next !== undefined) {
    environment.progress.message(
      `The first ${page.findings.length} are shown. More: --limit, narrower filters, or --output json for all.`,
    );
  }
  return 0;
}

async function show(environment: CommandEnvironment, id: string, options: PrintOptions): Promise<number> {
  const store = await environment.openStore();
  const organization = await currentOrganization(environment, store);
  const scope = { organization: organization.id };
  const { findings } = await listFindings(store, scope, { ids: [id] });
  const finding = findings[0];
  if (finding === undefined) {
    throw new UsageError(`There is no finding "${sanitize(id, { maxLength: 60 })}".`, {
      hint: `Run "${commandLine(environment, 'findings', 'list')}" to see their ids.`,
    });
  }
  const history = await findingHistory(store, scope, id);
  const entry = createCatalogue(checks).find(finding.check)[0];
  const { rows } = await store.pool.query<{ config: unknown; tags: unknown; collected_at: string }>(
    `select v.config, v.tags, r.collected_at from resource r
       join resource_version v on v.organization_id = r.organization_id and v.hash = r.hash
      where r.organization_id = $1 and r.account = $2 and r.arn = $3 and r.type = $4 limit 1`,
    [organization.id, finding.account, finding.resource, finding.resourceType],
  );
  const evidence = rows[0];
  if (options.output === 'json') {
    printJson(environment, {
      finding,
      history,
      evidence: evidence ?? null,
      check: entry === undefined ? null : { id: entry.id, ...entry.check },
    });
    return 0;
  }
  const { style } = environment;
  const line = (text = ''): void => printLine(environment, text);
  line(`${style.severity(finding.severity)(finding.severity.toUpperCase())}  ${style.bold(sanitize(finding.title))}`);
  line();
  line(`  ${sanitize(finding.reason)}`);
  line();
  line(`  finding    ${finding.id}  (${finding.state})`);
  line(`  check      ${finding.check}`);
  line(`  resource   ${sanitize(finding.resource)}`);
  line(`  account    ${finding.account}   region ${finding.region}`);
  line(`  first seen ${finding.firstSeen}   last verified ${finding.lastVerified}`);
  if (entry !== undefined) {
    line();
    line(style.bold('Why it matters'));
    line(`  ${entry.check.why}`);
    line();
    line(style.bold('How to fix'));
    line(`  ${entry.check.fix.text}`);
    for (const command of entry.check.fix.cli?.split('\n') ?? []) line(`    ${command}`);
    line();
    for (const reference of entry.check.references) line(`  ${reference}`);
    line();
    line(`  Afterwards: ${commandLine(environment, 'findings', 'verify', finding.id)}`);
  }
  if (evidence !== undefined) {
    line();
    line(style.bold(`Evidence, as AWS answered at ${evidence.collected_at}`));
    for (const text of JSON.stringify(evidence.config, null, 2).split('\n'))
      line(`  ${sanitize(text, { maxLength: 400 })}`);
  }
  line();
  line(style.bold('History'));
  for (const one of history) {
    line(
      `  ${one.at}  ${one.from === null ? one.to : `${one.from} → ${one.to}`}  ${one.cause}  by ${sanitize(one.actor, { maxLength: 60 })}`,
    );
  }
  return 0;
}

export function registerFindings(program: Command, act: Act): void {
  const findings = program.command('findings').description('what was found, with its history');
  addPrintOption(findings.command('list').description('findings, most urgent first'))
    .option('-c, --check <name>', 'id, alias, AWS Config rule or Security Hub control', many)
    .option('-s, --service <name>', 'checks of a service, for example s3', many)
    .option('--severity <level>', severities.join(', '), many)
    .option('--account <id>', 'only these accounts', many)
    .option('--region <code>', 'only these regions', many)
    .option('--state <state>', `${findingStates.join(', ')}; new, open and reopened by default`, many)
    .option('--resource <arn>', 'exactly this resource')
    .option('--text <words>', 'anywhere in title, reason, resource or check')
    .option('--limit <n>', 'rows of the table', '100')
    .action(act(list));
  addPrintOption(
    findings
      .command('show')
      .argument('<finding>', 'id of a finding')
      .description('one finding with its evidence, fix and history'),
  ).action(act(show));
  registerSuppressions(findings, act);
}

export function registerScore(program: Command, act: Act): void {
  const score = program.command('score').description('how the score and the coverage come about');
  score
    .command('explain')
    .description('the formulas with a worked example')
    .action(
      act(async (environment) => {
        environment.stdout.write(explainScore());
        return 0;
      }),
    );
}
