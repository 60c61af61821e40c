// What `--output` asks for: `json`, `sarif=file`, repeatable, at most one of them to standard output.

import { resolve } from 'node:path';
import { UsageError } from '../../domain/errors.ts';
import { formatAliases, formatNames, formats } from '../../features/reports/index.ts';
import type { FormatName, OutputTarget } from '../../features/reports/index.ts';
import { nearestName } from '../../platform/terminal/nearest.ts';
import { sanitize } from '../../platform/terminal/sanitize.ts';

export interface ParseOutputsOptions {
  /** Formats that this command can write. Default: all. */
  allowed?: readonly FormatName[];
  workingFolder: string;
}

function formatOf(name: string, allowed: readonly FormatName[]): FormatName {
  const wanted = name.trim().toLowerCase();
  const format = allowed.find((one) => one === wanted) ?? formatAliases[wanted];
  if (format !== undefined && allowed.includes(format)) return format;
  const known = (formatNames as readonly string[]).includes(format ?? wanted);
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
 * Without any value the table goes to standard output.
 * @throws UsageError for an unknown format (with the nearest), two formats to standard output, one file twice
 */
export function parseOutputs(values: readonly string[], options: ParseOutputsOptions): OutputTarget[] {
  const allowed = options.allowed ?? formatNames;
  const targets = values.map((value): OutputTarget => {
    const equals = value.indexOf('=');
    if (equals === -1) return { format: formatOf(value, allowed) };
    const format = formatOf(value.slice(0, equals), allowed);
    const file = value.slice(equals + 1);
    if (file === '')
      throw new UsageError(`--output ${format}= names no file.`, {
        hint: `For example --output ${format}=${formats[format].fileName}`,
      });
    return file === '-' ? { format } : { format, file: resolve(options.workingFolder, file) };
  });
  const toStdout = targets.filter(({ file }) => file === undefined);
  const [first, second] = toStdout;
  if (first !== undefined && second !== undefined)
    throw new UsageError(`--output: both ${first.format} and ${second.format} would go to standard output.`, {
      hint: `Write one of them to a file: --output ${second.format}=${formats[second.format].fileName}`,
    });
  const files = targets.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined)
    throw new UsageError(`--output: ${twice} is named twice.`, {
      place: { file: twice },
      hint: 'Give each format a file of its own.',
    });
  return targets.length === 0 ? [{ format: 'table' }] : targets;
}
