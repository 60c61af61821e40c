// vedette findings mute | mutes | unmute | import-mutelist

import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { UsageError, messageOf } from '../../domain/errors.ts';
import { type Act, type CommandEnvironment, commandLine } from '../../platform/command/environment.ts';
import { type ListOptions, addListOption, printList } from '../../platform/command/print-list.ts';
import { printLine } from '../../platform/command/print.ts';
import { sanitize } from '../../platform/terminal/sanitize.ts';
import { checks, createCatalogue } from '../checks/index.ts';
import { currentOrganization } from '../discovery/index.ts';
import { findingBy } from './finding-by.ts';
import { readProwlerMutelist } from './prowler-mutelist.ts';
import { parseSuppressionRule } from './suppression-rule.ts';
import { type Suppression, isActive } from './suppression.ts';
import { createSuppressions, listSuppressions, previewSuppression, revokeSuppression } from './suppressions.ts';

interface MuteOptions {
  owner: string;
  reason: string;
  expires: string;
  check?: string;
  account?: string;
  region?: string;
  resource?: string;
  tag?: string;
  rule?: string;
  dryRun?: boolean;
}

const countOf = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** An exact text, or a pattern where it holds a `*`. */
const textOrPattern = (value: string): unknown =>
  value.includes('*')
    ? {
        matches: `^${value
          .split('*')
          .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
          .join('.*')}$`,
      }
    : value;

/** The rule that the flags describe: all of them must match. */
function ruleOf(id: string | undefined, options: MuteOptions): unknown {
  if (options.rule !== undefined) {
    try {
      return JSON.parse(options.rule);
    } catch (error) {
      throw new UsageError(`--rule is not JSON: ${messageOf(error)}`, { place: { key: '--rule' }, cause: error });
    }
  }
  const parts: unknown[] = [];
  if (id !== undefined) parts.push({ finding: id });
  if (options.check !== undefined) {
    const name = options.check;
    parts.push(
      name.includes('*')
        ? { check: textOrPattern(name) }
        : {
            any: createCatalogue(checks)
              .select([name])
              .map((entry) => ({ check: entry.id })),
          },
    );
  }
  for (const key of ['account', 'region', 'resource'] as const) {
    const value = options[key];
    if (value !== undefined) parts.push({ [key]: textOrPattern(value) });
  }
  if (options.tag !== undefined) {
    const at = options.tag.indexOf('=');
    parts.push({
      tag:
        at === -1
          ? { key: options.tag, value: { matches: '.*' } }
          : { key: options.tag.slice(0, at), value: textOrPattern(options.tag.slice(at + 1)) },
    });
  }
  if (parts.length === 0) {
    throw new UsageError('What shall be muted?', {
      hint: 'Name a finding, or use --check, --account, --region, --resource, --tag or --rule.',
    });
  }
  return parts.length === 1 ? parts[0] : { all: parts };
}

async function muteFindings(
  environment: CommandEnvironment,
  name: string | undefined,
  options: MuteOptions,
): Promise<number> {
  const store = await environment.openStore();
  const organization = await currentOrganization(environment, store);
  const finding =
    name === undefined ? undefined : await findingBy(environment, store, { organization: organization.id }, name);
  const rule = ruleOf(finding?.id, options);
  if (options.dryRun === true) {
    const would = await previewSuppression(store, { organization: organization.id }, parseSuppressionRule(rule));
    for (const finding of would)
      printLine(
        environment,
        `${finding.id}  ${finding.severity}  ${finding.account}  ${finding.check}  ${sanitize(finding.resource)}`,
      );
    printLine(environment, `${countOf(would.length, 'finding')} would be muted; nothing was changed.`);
    return 0;
  }
  const at = environment.clock.now().toISOString();
  const { suppressions, muted } = await createSuppressions(
    store,
    organization.id,
    [{ owner: options.owner, reason: options.reason, expiresAt: options.expires, rule }],
    { actor: userInfo().username, at },
  );
  const [{ id, expiresAt } = { id: '', expiresAt: '' }] = suppressions;
  printLine(environment, `Muted ${countOf(muted, 'finding')} until ${expiresAt.slice(0, 10)}.`);
  printLine(environment, `To end it: ${commandLine(environment, 'findings', 'unmute', id)}`);
  return 0;
}

async function mutes(environment: CommandEnvironment, options: ListOptions): Promise<number> {
  const store = await environment.openStore();
  const organization = await currentOrganization(environment, store);
  const suppressions = await listSuppressions(store, organization.id);
  const now = environment.clock.now().toISOString();
  const state = (one: Suppression): string =>
    one.revokedAt !== null ? 'revoked' : isActive(one, now) ? 'active' : 'expired';
  await printList<Suppression, Suppression>(environment, options, {
    json: { suppressions },
    columns: [
      { header: 'ID', value: (s) => s.id, priority: 0 },
      { header: 'UNTIL', value: (s) => s.expiresAt.slice(0, 10), priority: 0 },
      { header: 'STATE', value: state, priority: 0 },
      { header: 'OWNER', value: (s) => s.owner, minWidth: 8 },
      { header: 'REASON', value: (s) => s.reason, minWidth: 12 },
      { header: 'RULE', value: (s) => JSON.stringify(s.rule), minWidth: 20, priority: 2 },
    ],
    rows: suppressions,
    empty: 'Nothing is muted.',
    fields: {
      suppression: (s) => s.id,
      state,
      owner: (s) => s.owner,
      reason: (s) => s.reason,
      expires_at: (s) => s.expiresAt,
      rule: (s) => JSON.stringify(s.rule),
      created_at: (s) => s.createdAt,
      created_by: (s) => s.createdBy,
      revoked_at: (s) => s.revokedAt ?? '',
      revoked_by: (s) => s.revokedBy ?? '',
    },
    items: suppressions,
  });
  return 0;
}

async function unmute(environment: CommandEnvironment, id: string): Promise<number> {
  const store = await environment.openStore();
  const organization = await currentOrganization(environment, store);
  const count = await revokeSuppression(store, organization.id, id, {
    actor: userInfo().username,
    at: environment.clock.now().toISOString(),
  });
  printLine(
    environment,
    `Revoked ${sanitize(id)}; ${countOf(count, 'finding')} ${count === 1 ? 'is' : 'are'} open again.`,
  );
  return 0;
}

async function importMutelist(
  environment: CommandEnvironment,
  file: string,
  options: { owner: string; expires: string; dryRun?: boolean },
): Promise<number> {
  const store = await environment.openStore();
  const organization = await currentOrganization(environment, store);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${messageOf(error)}`, { place: { file }, cause: error });
  }
  const catalogue = createCatalogue(checks);
  const imported = readProwlerMutelist(text, (name) => catalogue.find(name).map((entry) => entry.id), file);
  for (const name of imported.unknownChecks) {
    environment.progress.message(`Not taken over: Vedette has no check for ${sanitize(name, { maxLength: 100 })}.`);
  }
  if (options.dryRun === true) {
    printLine(
      environment,
      `${countOf(imported.suppressions.length, 'suppression')} would be made; nothing was changed.`,
    );
    return 0;
  }
  const at = environment.clock.now().toISOString();
  const { suppressions, muted } = await createSuppressions(
    store,
    organization.id,
    imported.suppressions.map((one) => ({
      owner: options.owner,
      reason: one.reason,
      expiresAt: options.expires,
      rule: one.rule,
    })),
    { actor: userInfo().username, at },
  );
  const made = countOf(suppressions.length, 'suppression');
  printLine(environment, `Made ${made}: ${countOf(muted, 'finding')} muted.`);
  return 0;
}

/** Adds the commands that mute and unmute to `vedette findings`. */
export function registerSuppressions(findings: Command, act: Act): void {
  findings
    .command('mute')
    .argument('[finding]', 'its id or the beginning of it; or the ARN of a resource with one finding')
    .description('mute findings for a time, with owner and reason')
    .requiredOption('--owner <who>', 'who answers for it')
    .requiredOption('--reason <text>', 'why it is acceptable')
    .requiredOption('--expires <date>', 'until when, for example 2027-03-31')
    .option('--check <name>', 'a check, or a pattern with *')
    .option('--account <id>', 'an account, or a pattern with *')
    .option('--region <code>', 'a region, or a pattern with *')
    .option('--resource <arn>', 'a resource, or a pattern with *')
    .option('--tag <key=value>', 'a tag of the resource')
    .option('--rule <json>', 'a rule with any, all and not: see docs/suppressions.md')
    .option('--dry-run', 'show what would be muted, change nothing')
    .addHelpText(
      'after',
      `
Example:
  vedette findings mute --check s3-bucket-versioning --tag environment=sandbox \\
    --owner platform --reason "rebuilt every night" --expires 2027-03-31 --dry-run`,
    )
    .action(act(muteFindings));
  addListOption(findings.command('mutes').description('suppressions with owner, reason and end')).action(act(mutes));
  findings
    .command('unmute')
    .argument('<suppression>', 'id of a suppression')
    .description('end a suppression')
    .action(act(unmute));
  findings
    .command('import-mutelist')
    .argument('<file>', 'a Prowler mute list (YAML)')
    .description('take over a Prowler mute list')
    .requiredOption('--owner <who>', 'who answers for it')
    .requiredOption('--expires <date>', 'until when')
    .option('--dry-run', 'change nothing')
    .action(act(importMutelist));
}
