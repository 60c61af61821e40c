// Questions of access over stored evidence: vedette simulate, who-can, principal-can, policy diff.

import { Option, type Command } from 'commander';
import { UsageError } from '../../domain/errors.ts';
import type { Act, CommandEnvironment } from '../../platform/command/environment.ts';
import { addPrintOption, printJson, type PrintOptions } from '../../platform/command/print.ts';
import { currentOrganization } from '../discovery/index.ts';
import { documentOfFile } from './document-file.ts';
import { askedAction, askedPrincipal, askedResource, askedService } from './evidence/asked.ts';
import { askPolicyDiff } from './evidence/ask-policy-diff.ts';
import { askPrincipalCan } from './evidence/ask-principal-can.ts';
import { askWhoCan } from './evidence/ask-who-can.ts';
import { namesStored, storedDocument } from './evidence/changed-policy.ts';
import { EvidenceReader } from './evidence/evidence-reader.ts';
import { kindNames } from './lint/guess-kind.ts';
import type { PolicyKind } from './policy/document.ts';
import { renderPolicyDiff } from './questions/render-policy-diff.ts';
import { renderPrincipalCan } from './questions/render-principal-can.ts';
import { renderSimulate } from './questions/render-simulate.ts';
import { renderWhoCan } from './questions/render-who-can.ts';
import { simulate } from './questions/simulate.ts';
import type { SimulateOptions } from './request-options.ts';

/** A door to the evidence of the newest scans. */
export async function openReader(environment: CommandEnvironment): Promise<EvidenceReader> {
  const store = await environment.openStore();
  return await EvidenceReader.open(store, await currentOrganization(environment, store));
}

/** `key=value`, repeated for keys with several values. */
function contextOf(given: readonly string[]): Record<string, readonly string[]> {
  const values: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (const text of given) {
    const at = text.indexOf('=');
    if (at < 1 || !text.slice(0, at).includes(':')) {
      throw new UsageError(`--context "${text}" is not a condition key with a value.`, {
        hint: 'Write it as <key>=<value>, for example aws:SourceIp=203.0.113.7; repeat it for several values.',
      });
    }
    (values[text.slice(0, at)] ??= []).push(text.slice(at + 1));
  }
  return values;
}

/** Decides one request over stored evidence. */
export async function simulateRequest(environment: CommandEnvironment, options: SimulateOptions): Promise<number> {
  const { principal: text, action: actionText, resource: resourceText } = options;
  if (text === undefined || actionText === undefined || resourceText === undefined) {
    const given = { '--principal': text, '--action': actionText, '--resource': resourceText };
    const missing = Object.entries(given).flatMap(([option, value]) => (value === undefined ? [option] : []));
    throw new UsageError(
      `A request has a principal, an action and a resource: ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
      {
        hint: 'Give --principal <arn> --action <action> --resource <arn>, or --cases <files> to run policy cases.',
      },
    );
  }
  const context = contextOf(options.context ?? []);
  const action = askedAction(actionText);
  const reader = await openReader(environment);
  const asked = await askedPrincipal(reader, text, options.sessionName);
  // A new bucket will belong to whoever makes it; its ARN names no account.
  const maker = action === 's3:CreateBucket' ? asked.account?.account.id : undefined;
  const resource = await askedResource(reader, resourceText, action, options.resourceAccount ?? maker);
  const owner = resource.account ?? (resourceText === '*' ? asked.account?.account.id : undefined);
  const answer = simulate({
    organization: reader.organization,
    principal: asked.principal,
    principalText: text,
    evidence: asked.evidence,
    principalAccount: asked.account,
    action,
    resource,
    resourceAccount: owner === undefined ? undefined : reader.accounts.get(owner),
    context,
    completeContext: options.completeContext === true,
  });
  if (options.output === 'json') printJson(environment, answer);
  else environment.stdout.write(renderSimulate(answer, environment.style));
  return 0;
}

interface WhoCanOptions extends PrintOptions {
  resourceAccount?: string;
  context?: readonly string[];
}

async function whoCan(
  environment: CommandEnvironment,
  actionText: string,
  resourceText: string,
  options: WhoCanOptions,
): Promise<number> {
  const context = contextOf(options.context ?? []);
  const action = askedAction(actionText);
  const reader = await openReader(environment);
  const resource = await askedResource(reader, resourceText, action, options.resourceAccount);
  const report = await askWhoCan(reader, action, resource, context);
  if (options.output === 'json') printJson(environment, report);
  else environment.stdout.write(renderWhoCan(report, environment.style));
  return 0;
}

async function principalCanCommand(
  environment: CommandEnvironment,
  text: string,
  options: PrintOptions & { service?: string },
): Promise<number> {
  const service = options.service === undefined ? undefined : askedService(options.service);
  const reader = await openReader(environment);
  const answer = await askPrincipalCan(reader, text, service);
  if (options.output === 'json') printJson(environment, answer);
  else environment.stdout.write(renderPrincipalCan(answer, environment.style, environment.width));
  return 0;
}

interface DiffOptions extends PrintOptions {
  kind?: string;
  attachTo?: string;
}

async function policyDiff(
  environment: CommandEnvironment,
  beforeText: string,
  afterFile: string,
  options: DiffOptions,
): Promise<number> {
  const stored = namesStored(beforeText);
  const kind: PolicyKind | undefined = options.kind === undefined ? undefined : kindNames[options.kind];
  const after = await documentOfFile(afterFile);
  // Two files need no store.
  const reader = stored || options.attachTo !== undefined ? await openReader(environment) : undefined;
  const before =
    stored && reader !== undefined
      ? await storedDocument(reader, beforeText)
      : { text: await documentOfFile(beforeText) };
  const report = await askPolicyDiff(reader, { before, after, kind, attachTo: options.attachTo });
  if (options.output === 'json') printJson(environment, report);
  else environment.stdout.write(renderPolicyDiff(report, environment.style));
  return 0;
}

/** Registers `who-can`, `principal-can` and `policy diff`. */
export function registerQuestions(program: Command, act: Act): void {
  addPrintOption(
    program.command('who-can').description('who may do something to a resource, in every account and outside'),
  )
    .argument('<action>', 'like s3:GetObject')
    .argument('<resource>', 'its ARN, or * for actions without a resource')
    .option('--resource-account <id>', 'the account that owns the resource, where the evidence does not know it')
    .option('--context <key=value...>', 'what is known of the requests, for example aws:SecureTransport=true')
    .action(act(whoCan));
  addPrintOption(program.command('principal-can').description('what a user or role can do, and what limits it'))
    .argument('<arn>', 'the user, role, session or root user')
    .option('--service <service>', 'list the actions of one service, like s3')
    .action(act(principalCanCommand));
  const policy =
    program.commands.find((command) => command.name() === 'policy') ??
    program.command('policy').description('policy documents');
  addPrintOption(policy.command('diff').description('what a changed policy adds or removes, and for whom'))
    .argument(
      '<before>',
      'the old version: a file, or the ARN of a stored policy, SCP, RCP, resource or role (its trust)',
    )
    .argument('<after>', 'the new version: a file')
    .addOption(
      new Option(
        '--kind <kind>',
        'what kind of policy it is (default: that of the old version, else identity)',
      ).choices(Object.keys(kindNames)),
    )
    .option(
      '--attach-to <arn>',
      'where it is attached: a user, role, group or resource, or for SCPs an account, OU or root',
    )
    .action(act(policyDiff));
}
