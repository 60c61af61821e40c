// vedette policy lint

import { text } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { UsageError, messageOf } from '../../domain/errors.ts';
import type { Act, CommandEnvironment } from '../../platform/command/environment.ts';
import { type PrintOptions, addPrintOption, printJson } from '../../platform/command/print.ts';
import { sanitize } from '../../platform/terminal/sanitize.ts';
import { fileText } from './document-file.ts';
import { namesStored, storedDocument, type StoredDocument } from './evidence/changed-policy.ts';
import type { EvidenceReader } from './evidence/evidence-reader.ts';
import { lintSeverities } from './lint/contract.ts';
import type { LintSeverity } from './lint/contract.ts';
import { guessKind, kindNames } from './lint/guess-kind.ts';
import { lintPolicy } from './lint/lint.ts';
import { lintJson, lintText, reaches } from './lint/report.ts';
import type { LintedFile } from './lint/report.ts';
import { unwrap } from './lint/unwrap.ts';
import { parseJsonText } from './policy/json-text.ts';
import { openReader } from './question-commands.ts';

interface LintOptions extends PrintOptions {
  kind?: string;
  lintFailOn: LintSeverity | 'none';
}

/** Files that cannot be read are told on standard error; the others are linted, and the exit code is 2. */
async function lint(environment: CommandEnvironment, files: readonly string[], options: LintOptions): Promise<number> {
  const linted: LintedFile[] = [];
  let faults = 0;
  let reader: EvidenceReader | undefined;
  for (const file of files) {
    try {
      const now = environment.clock.now();
      if (namesStored(file)) {
        reader ??= await openReader(environment);
        linted.push(lintStored(file, await storedDocument(reader, file), options.kind, now));
      } else linted.push(lintFile(file, await read(file), options.kind, now));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      faults += 1;
      environment.progress.message(sanitize(error.message));
      if (error.hint !== undefined) environment.progress.message(`  ${sanitize(error.hint)}`);
    }
  }
  if (options.output === 'json') printJson(environment, lintJson(linted));
  else environment.stdout.write(lintText(linted, environment.style));
  if (faults > 0) return 2;
  return reaches(linted, options.lintFailOn) ? 3 : 0;
}

/** A policy that a scan has read: what it is attached to is known, and it has no lines. */
function lintStored(name: string, stored: StoredDocument, kindName: string | undefined, now: Date): LintedFile {
  const kind = (kindName === undefined ? undefined : kindNames[kindName]) ?? stored.kind;
  const { findings, ...result } = lintPolicy(stored.text, { name, kind }, now);
  return { file: name, guessed: false, ...result, findings: findings.map((one) => ({ ...one, line: undefined })) };
}

function lintFile(file: string, content: string, kindName: string | undefined, now: Date): LintedFile {
  const wrapped = unwrap(content);
  const policy = wrapped?.text ?? content;
  const parsed = parseJsonText(policy);
  const given = (kindName === undefined ? undefined : kindNames[kindName]) ?? wrapped?.kind;
  const kind = given ?? guessKind('value' in parsed ? parsed.value : undefined, file);
  const within = { text: content, place: wrapped?.place ?? '' };
  const name = file === '-' ? 'standard input' : file;
  return { file: name, guessed: given === undefined, ...lintPolicy(policy, { name, kind }, now, within) };
}

async function read(file: string): Promise<string> {
  if (file !== '-') return await fileText(file);
  try {
    return await text(process.stdin);
  } catch (error) {
    throw new UsageError(`Standard input cannot be read: ${messageOf(error)}.`, { cause: error });
  }
}

/** The severities of lint are its own; under the option's usual name they would be taken for those of findings. */
function failOnOption(): Option {
  const option = new Option('--fail-on <severity>', 'exit with 3 when a finding is at least this severe')
    .choices([...lintSeverities, 'none'])
    .default('error');
  return Object.assign(option, { attributeName: () => 'lintFailOn' });
}

export function registerLint(program: Command, act: Act): void {
  const policy =
    program.commands.find((command) => command.name() === 'policy') ??
    program.command('policy').description('policy documents');
  addPrintOption(
    policy
      .command('lint')
      .argument(
        '<file...>',
        'files with one policy document each (answers of the AWS CLI too), ARNs of stored policies, SCPs, resources or roles (their trust), or - for standard input',
      )
      .description('find faults in policy documents, each shown by a request that the policy engine decided'),
  )
    .addOption(
      new Option(
        '--kind <kind>',
        'what the documents are attached to (default: guessed from name and elements)',
      ).choices(Object.keys(kindNames)),
    )
    .addOption(failOnOption())
    .action(act(lint));
}
