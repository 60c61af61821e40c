// What `--output` asks for: `json`, `sarif=file`, repeatable, at most one of them to standard output.

import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { type Command, Option } from 'commander';
import { UsageError } from '../../domain/errors.ts';
import { nearestName } from '../terminal/nearest.ts';
import { sanitize } from '../terminal/sanitize.ts';
import { checkWritable, writeFileAtomically } from './files.ts';
import { type FormatName, fileNames, formatAliases, formatNames } from './formats.ts';
import { writeToStream } from './stream.ts';

/** A result to write: to standard output when there is no file. */
export interface OutputTarget<Format extends FormatName = FormatName> {
  format: Format;
  file?: string;
}

/** Where results go: `-o, --output <format[=file]>`, for `parseOutputs`. A format that is none is refused at once. */
export function addOutputOption(command: Command, names: readonly FormatName[]): Command {
  return command.addOption(
    new Option(
      '-o, --output <format[=file]>',
      `${names.join(', ')}; may be repeated, one of them to standard output`,
    ).argParser((value: string, earlier: readonly string[] | undefined) => {
      formatOf(value.split('=', 1)[0] ?? '', names);
      return [...(earlier ?? []), value];
    }),
  );
}

/**
 * The format that a name means.
 * @throws UsageError for one that is unknown or not allowed, with the nearest
 */
export function formatOf<Format extends FormatName>(name: string, allowed: readonly Format[]): Format {
  const wanted = name.trim().toLowerCase();
  const meant: string = formatAliases[wanted] ?? wanted;
  const format = allowed.find((one) => one === meant);
  if (format !== undefined) return format;
  const known = (formatNames as readonly string[]).includes(meant);
  const nearest = nearestName(wanted, allowed);
  throw new UsageError(
    known
      ? `--output: this command cannot write ${wanted}.`
      : `--output: there is no format "${sanitize(name, { maxLength: 60 })}".`,
    { hint: `${nearest === undefined ? '' : `Did you mean ${nearest}? `}Formats: ${allowed.join(', ')}.` },
  );
}

/**
 * Parses the values of `--output`. A bare format, or `format=-`, goes to standard output, `format=path` to a file.
 * Without any value the first of the allowed formats goes to standard output.
 * @throws UsageError for an unknown format (with the nearest), two formats to standard output, one file twice
 */
export function parseOutputs<Format extends FormatName>(
  values: readonly string[],
  allowed: readonly [Format, ...Format[]],
  workingFolder: string = process.cwd(),
): OutputTarget<Format>[] {
  const targets = values.map((value): OutputTarget<Format> => {
    const equals = value.indexOf('=');
    if (equals === -1) return { format: formatOf(value, allowed) };
    const format = formatOf(value.slice(0, equals), allowed);
    const file = value.slice(equals + 1);
    if (file === '')
      throw new UsageError(`--output ${format}= names no file.`, {
        hint: `For example --output ${format}=${fileNames[format]}`,
      });
    return file === '-' ? { format } : { format, file: resolve(workingFolder, file) };
  });
  const toStdout = targets.filter(({ file }) => file === undefined);
  const [first, second] = toStdout;
  if (first !== undefined && second !== undefined)
    throw new UsageError(`--output: both ${first.format} and ${second.format} would go to standard output.`, {
      hint: `Write one of them to a file: --output ${second.format}=${fileNames[second.format]}`,
    });
  const files = targets.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined)
    throw new UsageError(`--output: ${twice} is named twice.`, {
      place: { file: twice },
      hint: 'Give each format a file of its own.',
    });
  return targets.length === 0 ? [{ format: allowed[0] }] : targets;
}

/**
 * Sees before the work that its results can be written after it.
 * @throws UsageError when a file is a folder, VedetteError when it cannot be made
 */
export async function checkTargets(targets: readonly OutputTarget[]): Promise<void> {
  for (const { format, file } of targets) if (file !== undefined) await checkWritable(file, fileNames[format]);
}

/**
 * Writes a result in every format asked for, files first, so that nothing on standard output claims a file that failed.
 * @param render the result in a target's format; called once for each target
 * @returns the files that were written
 */
export async function writeOutputs<Format extends FormatName>(
  targets: readonly OutputTarget<Format>[],
  render: (target: OutputTarget<Format>) => AsyncIterable<string>,
  stdout: Writable,
): Promise<OutputTarget<Format>[]> {
  const toFiles = targets.filter(({ file }) => file !== undefined);
  for (const target of toFiles) await writeFileAtomically(target.file ?? '', render(target), fileNames[target.format]);
  for (const target of targets) if (target.file === undefined) await writeToStream(render(target), stdout);
  return toFiles;
}
