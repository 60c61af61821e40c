// The command line's frame: the program, the options that every command knows, and those that several share.

import { Command, InvalidArgumentError, Option } from 'commander';
import { ocsfClasses } from '../../features/reports/index.ts';
import { formatNames } from '../../platform/command/formats.ts';
import { collect } from '../../platform/command/collect.ts';
import { addOutputOption } from '../../platform/command/outputs.ts';
import { definitionOf, flagOf } from '../../platform/config/settings.ts';
import type { SettingName } from '../../platform/config/settings.ts';
import { colourModes } from '../../platform/terminal/colour.ts';
import { logLevels } from '../../platform/log/log.ts';
import { exitCodeMeanings } from './exit-codes.ts';

/** Options of the program itself, valid before and after the command's name. */
export interface GlobalOptions {
  dataDir?: string;
  demo?: boolean;
  config?: string;
  color?: string;
  logLevel?: string;
  debug?: boolean;
  quiet?: boolean;
}

export interface ProgramOptions {
  version: string;
  /** Where help and errors go; standard output carries results only, so help is a result and errors are not. */
  writeOut(text: string): void;
  writeErr(text: string): void;
  /** The terminal's width for help, if there is one. */
  width?: number;
}

/** `check.name=value`, gathered into the shape of the setting `parameters`. */
function collectParameters(
  value: string,
  earlier: Readonly<Record<string, object>> | undefined,
): Record<string, object> {
  const [, check = '', name = '', text = ''] = /^([\w.-]+)\.([A-Za-z]\w*)=(.*)$/.exec(value) ?? [];
  if (check === '') throw new InvalidArgumentError('Write it as <check>.<parameter>=<value>.');
  const parsed = /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text.includes(',') ? text.split(',') : text;
  return { ...earlier, [check]: { ...earlier?.[check], [name]: parsed } };
}

/** An option for a setting, under the setting's own name, description and kind. */
export function settingOption(name: SettingName, placeholder: string): Option {
  const { kind, description, default: value } = definitionOf(name);
  // Help speaks in phrases that begin small; abbreviations keep their capitals.
  const phrase = /^[A-Z][a-z]/.test(description)
    ? description.charAt(0).toLowerCase() + description.slice(1)
    : description;
  const many = kind === 'list' ? '; several with commas or by repeating it' : '';
  const shown = `${phrase}${many}${value === undefined ? '' : ` (default: ${String(value)})`}`;
  const option = new Option(`${flagOf(name)} <${placeholder}>`, shown);
  return kind === 'list' ? option.argParser(collect) : option;
}

/** The other way in which people write the flag of a list: `--check` for `--checks`. Both may be mixed. */
function addSingular(command: Command, names: readonly SettingName[]): Command {
  for (const name of names) {
    const option = new Option(`${flagOf(name).slice(0, -1)} <value>`).argParser(collect).hideHelp();
    option.attributeName = () => name;
    command.addOption(option);
  }
  return command;
}

/** The program without its commands. Errors are thrown, not printed; nothing ends the process. */
export function createProgram(options: ProgramOptions): Command {
  const program = new Command('vedette')
    .description('Security orchestrator for AWS organisations: reads, judges, explains.')
    .version(options.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .addOption(settingOption('dataDir', 'folder'))
    .option('--demo', 'look at the simulated organisation instead of AWS')
    .addOption(
      new Option('--config <file>', 'use this configuration file instead of vedette.yaml in the working folder'),
    )
    .addOption(settingOption('color', 'when').choices(colourModes))
    .addOption(settingOption('logLevel', 'level').choices(logLevels))
    .option('--debug', 'print the chain of causes of an error')
    .option('-q, --quiet', 'print no progress')
    .showSuggestionAfterError()
    .enablePositionalOptions(false)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({
      writeOut: options.writeOut,
      writeErr: options.writeErr,
      // The error itself is thrown and printed in one place with its hint.
      outputError: () => {},
      ...(options.width === undefined ? {} : { getOutHelpWidth: () => options.width ?? 80 }),
    });
  const codes = Object.entries(exitCodeMeanings).map(([code, meaning]) => `  ${code.padStart(3)}  ${meaning}`);
  return program.addHelpText('after', `\nExit codes:\n${codes.join('\n')}`);
}

/** Credentials and roles. */
export function addAccessOptions(command: Command): Command {
  return command
    .addOption(settingOption('profile', 'name'))
    .addOption(settingOption('roleName', 'name'))
    .addOption(settingOption('externalId', 'id'))
    .addOption(settingOption('sessionName', 'name'))
    .addOption(settingOption('sourceIdentity', 'name'))
    .addOption(settingOption('hubRole', 'arn'));
}

/** Which accounts and regions. `demo` has an option `--accounts` of its own and leaves the account ones out. */
export function addSelectionOptions(command: Command, { accounts = true }: { accounts?: boolean } = {}): Command {
  if (accounts)
    command
      .addOption(settingOption('accounts', 'ids'))
      .addOption(settingOption('excludeAccounts', 'ids'))
      .addOption(settingOption('ous', 'ous'))
      .addOption(settingOption('excludeOus', 'ous'))
      .addOption(settingOption('tags', 'tags'))
      .addOption(settingOption('excludeTags', 'tags'));
  addSingular(command, accounts ? ['accounts', 'excludeAccounts', 'ous', 'excludeOus', 'tags', 'excludeTags'] : []);
  addSingular(command, ['regions', 'excludeRegions']);
  return command
    .addOption(settingOption('accountContextFile', 'file'))
    .addOption(settingOption('regions', 'regions'))
    .addOption(settingOption('excludeRegions', 'regions'));
}

/** Which checks, and with which parameters. */
export function addCheckOptions(command: Command): Command {
  addSingular(command, ['checks', 'excludeChecks', 'services']);
  return command
    .addOption(settingOption('checks', 'checks'))
    .addOption(settingOption('excludeChecks', 'checks'))
    .addOption(settingOption('services', 'services'))
    .addOption(settingOption('severity', 'severities'))
    .addOption(
      new Option('--parameters <check.name=value>', 'parameter of a check; may be repeated').argParser(
        collectParameters,
      ),
    );
}

/** Where results go, in every format of a report. */
export function addOutputOptions(command: Command): Command {
  return addOutputOption(command, formatNames).addOption(
    new Option('--ocsf-class <class>', 'class of OCSF events (default: compliance)').choices(ocsfClasses),
  );
}

/** When the command's exit code says that something is wrong. */
export function addExitOptions(command: Command): Command {
  return command
    .addOption(settingOption('failOn', 'severity'))
    .addOption(settingOption('minCoverage', 'share'))
    .option('--new-only', 'only new and reopened findings count for --fail-on')
    .option('--baseline <file>', 'a JSON result of an earlier scan: only findings that it lacks count for --fail-on');
}

/** Which accounts get a role, and what it is called. */
export function addPermissionOptions(command: Command): Command {
  return command
    .addOption(settingOption('accounts', 'ids'))
    .addOption(settingOption('roleName', 'name'))
    .addOption(settingOption('externalId', 'id'))
    .addOption(settingOption('sourceIdentity', 'name'));
}

/** How hard a scan works. */
export function addLimitOptions(command: Command): Command {
  return command.addOption(settingOption('maxInFlight', 'calls')).addOption(settingOption('unitSeconds', 'seconds'));
}
