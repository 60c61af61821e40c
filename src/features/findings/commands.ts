// vedette findings show, and vedette score explain; muting stands in suppression-commands.ts

import type { Command } from 'commander';
import { type Act, type CommandEnvironment, commandLine } from '../../platform/command/environment.ts';
import { type PrintOptions, addPrintOption, printJson, printLine } from '../../platform/command/print.ts';
import { sanitize } from '../../platform/terminal/sanitize.ts';
import { checks, createCatalogue } from '../checks/index.ts';
import { currentOrganization, storedAccounts } from '../discovery/index.ts';
import { findingBy } from './finding-by.ts';
import { findingHistory } from './query.ts';
import { explainScore } from './score-explanation.ts';
import { registerSuppressions } from './suppression-commands.ts';

async function show(environment: CommandEnvironment, name: string, options: PrintOptions): Promise<number> {
  const store = await environment.openStore();
  const organization = await currentOrganization(environment, store);
  const scope = { organization: organization.id };
  const finding = await findingBy(environment, store, scope, name);
  const history = await findingHistory(store, scope, finding.id);
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
  const account = (await storedAccounts(store.pool, organization.id)).find(({ id }) => id === finding.account);
  const { style } = environment;
  const line = (text = ''): void => printLine(environment, text);
  line(`${style.severity(finding.severity)(finding.severity.toUpperCase())}  ${style.bold(sanitize(finding.title))}`);
  line();
  line(`  ${sanitize(finding.reason)}`);
  line();
  line(`  finding    ${finding.id}  (${finding.state})`);
  line(`  check      ${finding.check}`);
  line(`  resource   ${sanitize(finding.resource)}`);
  line(
    `  account    ${account === undefined ? '' : `${sanitize(account.name)}, `}${finding.account}   region ${finding.region}`,
  );
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

/** @param addList adds `findings list`, which writes reports and so is put together above the features */
export function registerFindings(program: Command, act: Act, addList: (findings: Command) => void): void {
  const findings = program.command('findings').description('what was found, with its history');
  addList(findings);
  addPrintOption(
    findings
      .command('show')
      .argument('<finding>', 'its id or the beginning of it; or the ARN of a resource with one finding')
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
