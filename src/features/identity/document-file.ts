// Policy documents from files: what cannot be read, or is not JSON, is told with its place.

import { readFile, stat } from 'node:fs/promises';
import { UsageError, messageOf } from '../../domain/errors.ts';
import { unwrap } from './lint/unwrap.ts';
import { parseJsonText } from './policy/json-text.ts';

/** Larger than any policy of AWS by far. */
const largestFile = 4 * 1024 * 1024;

const codeWords: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
};

/** Why a file cannot be read, as half a sentence. */
export function whyUnreadable(error: unknown): string {
  return codeWords[(error as NodeJS.ErrnoException).code ?? ''] ?? messageOf(error);
}

/**
 * The text of a file.
 *
 * @throws UsageError when it cannot be read or is larger than 4 MiB
 */
export async function fileText(file: string): Promise<string> {
  try {
    if ((await stat(file)).size > largestFile) throw new Error(`it is larger than ${largestFile} bytes`);
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`The file ${file} cannot be read: ${whyUnreadable(error)}.`, {
      cause: error,
      hint: 'Name a file that holds one policy document.',
    });
  }
}

/**
 * A policy document from a file, or from an answer of the AWS CLI that holds one. What is wrong in a document is for
 * the engine to judge; a file that is no JSON is a slip, and nothing is judged of it.
 *
 * @throws UsageError when the file cannot be read, or its text is not JSON
 */
export async function documentOfFile(file: string): Promise<string> {
  const text = await fileText(file);
  const parsed = parseJsonText(text);
  if (!('fault' in parsed)) return unwrap(text)?.text ?? text;
  const before = text.slice(0, parsed.at).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  throw new UsageError(`The file ${file} is not JSON: ${parsed.fault} (${place}).`, {
    hint: 'Correct it there; "policy lint" says what else is wrong in a document.',
  });
}
