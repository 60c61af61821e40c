// How an error is told: what happened, where, what to do. The stack only with --debug.

import { CommanderError } from 'commander';
import { UsageError, VedetteError, messageOf } from '../../domain/errors.ts';
import { redactText } from '../../platform/log/redact.ts';
import type { Style } from '../../platform/terminal/colour.ts';
import { sanitize } from '../../platform/terminal/sanitize.ts';
import { wrap } from '../../platform/terminal/width.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';

export interface ErrorOptions {
  style: Style;
  /** Columns to wrap at; undefined leaves lines as long as they are. */
  width: number | undefined;
  /** Prints the chain of causes with their stacks. */
  debug: boolean;
  /** How this program is started, so that commands in hints work as printed; default `vedette`. */
  invocation?: string;
  /** The first word: a warning stands beside an error, or before an end that may be good; default `error`. */
  label?: 'error' | 'warning';
  /** The command began anew, and would do so again: what goes on from here is the command without that. */
  fresh?: boolean;
  /** The command looked at the simulated organisation: commands in hints look there as well. */
  demo?: boolean;
  /** Options that lead those commands to the same place, quoted, after a space: ` --data-dir /d`; default none. */
  samePlace?: string;
}

/** Aborted by a signal: thrown through a command so that it can end its work, then turned into an exit code. */
export class InterruptedError extends VedetteError {
  readonly signal: 'SIGINT' | 'SIGTERM';

  constructor(signal: 'SIGINT' | 'SIGTERM', hint?: string) {
    const what = signal === 'SIGINT' ? 'Interrupted.' : 'Terminated.';
    super('interrupted', what, hint === undefined ? {} : { hint });
    this.name = 'InterruptedError';
    this.signal = signal;
  }
}

/** The exit code of anything thrown. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof InterruptedError)
    return error.signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated;
  if (error instanceof UsageError) return exitCodes.usage;
  // Commander ends `--help` and `--version` by throwing with exit code 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  return exitCodes.failure;
}

const clean = (text: string, maxLength = 4_000): string => redactText(sanitize(text, { maxLength, multiline: true }));

function placeOf(error: VedetteError): string {
  const { account, region, action, file, key } = error.place;
  const parts = [
    account === undefined ? '' : `account ${account}`,
    region === undefined ? '' : `region ${region}`,
    action === undefined ? '' : `action ${action}`,
    file === undefined ? '' : `file ${file}`,
    key === undefined ? '' : key.startsWith('--') ? `option ${key}` : `key ${key}`,
  ];
  // What the message names already need not stand there twice.
  return parts.filter((part) => part !== '' && !error.message.includes(part.slice(part.indexOf(' ') + 1))).join(', ');
}

/** Breaks a text, line by line, at the width less the indent. */
function block(label: string, text: string, width: number | undefined): string[] {
  const indent = ' '.repeat(label.length);
  const lines = text
    .split('\n')
    .flatMap((line) => (width === undefined ? [line] : wrap(line, Math.max(20, width - label.length))));
  return lines.map((line, index) => `${index === 0 ? label : indent}${line}`);
}

/** The chain of causes, innermost last, at most ten long. */
function chain(error: unknown): string[] {
  const lines: string[] = [];
  for (let cause = error, depth = 0; cause !== undefined && depth < 10; depth += 1) {
    const text = cause instanceof Error ? (cause.stack ?? messageOf(cause)) : String(cause);
    lines.push(...clean(depth === 0 ? text : `caused by ${text}`, 8_000).split('\n'));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return lines;
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | undefined)?.code ?? '');
const ours = 'This is a fault of Vedette. Run the command again with --debug and report what it prints.';

/** What the system refuses is no fault of ours, wherever it comes to light: its message names the file. */
const systemHints: Readonly<Record<string, string>> = {
  EACCES: 'Give this user access to it, or run the command as the user that it belongs to.',
  EPERM: 'Give this user access to it, or run the command as the user that it belongs to.',
  EROFS: 'Make the file system writable, or write elsewhere.',
  ENOSPC: 'Free space there and run the same command again.',
  EDQUOT: 'Free space there and run the same command again.',
  EMFILE: 'Raise the number of files that a process may open (ulimit -n) and run the same command again.',
};

/** What leads a command to where the command before looked, unless it says so already. */
function toSamePlace(command: string, { demo = false, samePlace = '' }: ErrorOptions): string {
  const place = / --(?:data-dir|config)\b/.test(command) ? '' : samePlace;
  return `${command}${place}${demo && !/^(?:demo|scan)\b| --demo\b/.test(command) ? ' --demo' : ''}`;
}

/** A hint with its commands as they are started here. */
function hintFor(hint: string, options: ErrorOptions): string {
  const { invocation = 'vedette', fresh = false } = options;
  const started = hint.replaceAll(
    /(["`])vedette ([a-z][^"`]*)(?=\1)/g,
    (_, quote: string, command: string) => `${quote}${invocation} ${toSamePlace(command, options)}`,
  );
  return fresh ? started.replaceAll('the same command again', 'the same command again without --fresh') : started;
}

/** The lines to print to standard error, without colours of severity: `error:` says what it is. */
export function formatError(error: unknown, options: ErrorOptions): string {
  // The help that stands above says what is missing: a command.
  if (error instanceof CommanderError && error.code === 'commander.help') return '';
  const { style, width, debug, label = 'error' } = options;
  const own = error instanceof VedetteError;
  // Commander's messages begin with the word that stands here already.
  const lines = block(`${label}: `, clean(messageOf(error).replace(/^error: /, '')), width);
  lines[0] = (lines[0] ?? '').replace(`${label}:`, label === 'error' ? style.red('error:') : style.bold('warning:'));
  if (own) {
    const place = placeOf(error);
    if (place !== '')
      lines.push(...block('where: ', clean(place), width).map((line) => line.replace(/^where:/, style.bold('where:'))));
    if (error.hint !== undefined)
      lines.push(
        ...block('   do: ', clean(hintFor(error.hint, options)), width).map((line) =>
          line.replace(/^ {3}do:/, `   ${style.bold('do:')}`),
        ),
      );
  }
  if (debug) lines.push('', ...chain(error).map((line) => style.dim(line)));
  else if (!own && !(error instanceof CommanderError))
    lines.push(...block('   do: ', systemHints[codeOf(error)] ?? ours, width));
  return `${lines.join('\n')}\n`;
}
