// Writes reports: to standard output with back pressure, to files whole or not at all.

import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { UsageError, VedetteError, messageOf } from '../../domain/errors.ts';
import { buffered, writeToStream } from '../../platform/command/stream.ts';
import { formats } from './formats.ts';
import type { FormatName, RenderOptions } from './formats.ts';
import type { ReportModel } from './model.ts';

/** A report to write: to standard output when there is no file. */
export interface OutputTarget {
  format: FormatName;
  file?: string;
}

/** What the user can do about an error of the file system. */
function fileError(file: string, error: unknown): Error {
  if (error instanceof VedetteError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const place = { file };
  const folder = dirname(file);
  const hints: Readonly<Record<string, string>> = {
    ENOENT: `Make the folder ${folder} first, or choose another one.`,
    ENOTDIR: `${folder} is not a folder.`,
    EACCES: `Choose a folder that you may write to, or change the rights of ${folder}.`,
    EPERM: `Choose a folder that you may write to, or change the rights of ${folder}.`,
    EROFS: `${folder} lies on a read-only file system.`,
    ENOSPC: `The disk of ${folder} is full.`,
  };
  const hint = hints[code];
  return new VedetteError('report-not-written', `The report ${file} cannot be written: ${messageOf(error)}.`, {
    place,
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  });
}

async function pour(chunks: AsyncIterable<string>, handle: FileHandle): Promise<void> {
  for await (const chunk of buffered(chunks)) await handle.write(chunk);
}

/** What lies at a path: a folder, a plain file, nothing, or something special such as a pipe or a device. */
async function kindOf(file: string): Promise<'folder' | 'file' | 'nothing' | 'special'> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) return 'folder';
    return found.isFile() ? 'file' : 'special';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'nothing';
    throw error;
  }
}

/**
 * Writes a file whole or not at all: under a temporary name beside it, then renamed over it.
 * A pipe or device is written into and never replaced.
 * @throws UsageError when the path is a folder, VedetteError `report-not-written` otherwise
 */
export async function writeFileAtomically(
  file: string,
  chunks: AsyncIterable<string>,
  suggestedName = 'report',
): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  let handle: FileHandle | undefined;
  try {
    const kind = await kindOf(file);
    if (kind === 'folder')
      throw new UsageError(`${file} is a folder, not a file.`, {
        place: { file },
        hint: `Name the file in it, for example ${join(file, suggestedName)}.`,
      });
    if (kind === 'special') {
      handle = await open(file, 'w');
      await pour(chunks, handle);
      await handle.close();
      return;
    }
    handle = await open(temporary, 'wx');
    await pour(chunks, handle);
    await handle.sync();
    await handle.close();
    await rename(temporary, file);
  } catch (error) {
    await handle?.close().catch(() => {});
    await unlink(temporary).catch(() => {});
    throw fileError(file, error);
  }
}

/**
 * Writes a model in every format asked for, files first, so that nothing on standard output claims a file that failed.
 * @returns the files that were written
 */
export async function writeReports(
  model: ReportModel,
  targets: readonly OutputTarget[],
  options: RenderOptions & { stdout: Writable },
): Promise<OutputTarget[]> {
  const toFiles = targets.filter(({ file }) => file !== undefined);
  for (const { format, file = '' } of toFiles) {
    const { fileName, render } = formats[format];
    const { ocsfClass } = options;
    await writeFileAtomically(file, render(model, ocsfClass === undefined ? {} : { ocsfClass }), fileName);
  }
  for (const { format, file } of targets)
    if (file === undefined) await writeToStream(formats[format].render(model, options), options.stdout);
  return toFiles;
}
