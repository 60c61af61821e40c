// vedette checks list | show

import type { Command } from 'commander';
import { collect } from '../../platform/command/collect.ts';
import { type Act, type CommandEnvironment, commandLine } from '../../platform/command/environment.ts';
import { type ListOptions, addListOption, printList } from '../../platform/command/print-list.ts';
import { type PrintOptions, addPrintOption, printJson, printLine } from '../../platform/command/print.ts';
import { checks } from '../../generated/checks.ts';
import { createCatalogue } from './catalogue.ts';
import type { CheckEntry } from './registry.ts';

const shape = (entry: CheckEntry, aliases: readonly string[]) => ({
  id: entry.id,
  title: entry.check.title,
  severity: entry.check.severity,
  service: entry.service,
  aliases,
  subject: entry.check.subject,
  controls: entry.check.controls,
  parameters: entry.check.parameters ?? {},
});

async function list(environment: CommandEnvironment, options: ListOptions & { service?: string[] }): Promise<number> {
  const catalogue = createCatalogue(checks);
  const entries = options.service === undefined ? catalogue.entries : catalogue.ofServices(options.service);
  await printList<CheckEntry, CheckEntry>(environment, options, {
    json: {
      version: catalogue.version(),
      checks: entries.map((entry) => shape(entry, catalogue.aliasesOf(entry))),
    },
    columns: [
      { header: 'CHECK', value: (e) => e.id, priority: 0 },
      {
        header: 'SEVERITY',
        value: (e) => e.check.severity,
        priority: 0,
        paint: (cell, e, style) => style.severity(e.check.severity)(cell),
      },
      { header: 'TITLE', value: (e) => e.check.title, minWidth: 20, priority: 0 },
      { header: 'SECURITY HUB', value: (e) => (e.check.controls.securityHub ?? []).join(', '), priority: 2 },
    ],
    rows: entries,
    empty: 'No check is known.',
    fields: {
      check: (e) => e.id,
      severity: (e) => e.check.severity,
      service: (e) => e.service,
      title: (e) => e.check.title,
      subject: (e) => e.check.subject,
      why: (e) => e.check.why,
      fix: (e) => e.check.fix.text,
      security_hub: (e) => (e.check.controls.securityHub ?? []).join(' '),
      config_rules: (e) => (e.check.controls.configRules ?? []).join(' '),
      cis_3_0: (e) => (e.check.controls.cis30 ?? []).join(' '),
      cis_5_0: (e) => (e.check.controls.cis50 ?? []).join(' '),
      attack: (e) => (e.check.controls.attack ?? []).join(' '),
      aliases: (e) => catalogue.aliasesOf(e).join(' '),
      references: (e) => e.check.references.join(' '),
    },
    items: entries,
  });
  return 0;
}

async function show(environment: CommandEnvironment, name: string, options: PrintOptions): Promise<number> {
  const catalogue = createCatalogue(checks);
  const entries = catalogue.select([name]);
  if (options.output === 'json') {
    printJson(environment, {
      checks: entries.map((entry) => ({ ...shape(entry, catalogue.aliasesOf(entry)), ...entry.check })),
    });
    return 0;
  }
  const { style } = environment;
  const line = (text = ''): void => printLine(environment, text);
  for (const [index, entry] of entries.entries()) {
    const { check } = entry;
    if (index > 0) line();
    line(`${style.bold(entry.id)}  ${style.severity(check.severity)(check.severity.toUpperCase())}`);
    line(check.title);
    line();
    line(`Why: ${check.why}`);
    line(`Severity: ${check.severityReason}`);
    line();
    line(`Fix: ${check.fix.text}`);
    for (const [label, text] of [
      ['AWS CLI', check.fix.cli],
      ['CloudFormation', check.fix.cloudformation],
      ['Terraform', check.fix.terraform],
    ] as const) {
      if (text === undefined) continue;
      line();
      line(`  ${label}`);
      for (const one of text.split('\n')) line(`    ${one}`);
    }
    for (const [parameter, definition] of Object.entries(check.parameters ?? {})) {
      line();
      line(`Parameter ${parameter} (${JSON.stringify(definition.default)}): ${definition.description}`);
    }
    line();
    line(`Also known as: ${catalogue.aliasesOf(entry).join(', ')}`);
    for (const reference of check.references) line(reference);
    line();
    line(`Its findings: ${commandLine(environment, 'findings', 'list', '--check', entry.id)}`);
  }
  return 0;
}

export function registerChecks(program: Command, act: Act): void {
  const command = program.command('checks').description('the catalogue of checks');
  addListOption(command.command('list').description('every check'))
    .option('-s, --service <service>', 'only those of a service', collect)
    .action(act(list));
  addPrintOption(
    command
      .command('show')
      .argument('<check>', 'id, alias, AWS Config rule or Security Hub control')
      .description('a check with why, fix and references'),
  ).action(act(show));
}
