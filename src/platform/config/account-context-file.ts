// The file that says by account id who owns an account and how critical it is.

import { z } from 'zod';
import type { AccountContext } from '../../domain/account.ts';
import { isAccountId } from '../../domain/arn.ts';
import { UsageError, messageOf } from '../../domain/errors.ts';
import { sanitize } from '../terminal/sanitize.ts';
import { formatPath, parseLocated } from './document.ts';
import { readText } from './read-text.ts';
import { accountContextEntry } from './settings.ts';

/** An organisation of ten thousand accounts needs a tenth of it. */
const longestFile = 8_388_608;

const fileShape = z.record(z.string(), accountContextEntry);

/**
 * Parses an account context file: a map from account id to owner, environment, criticality and dataClass.
 * @throws UsageError naming file, line and key
 */
export function parseAccountContext(content: string, file: string): ReadonlyMap<string, AccountContext> {
  const document = parseLocated(content, file, { maxBytes: longestFile, maxNodes: 200_000 });
  const fail = (path: readonly (string | number)[], what: string): UsageError => {
    const key = sanitize(formatPath(path), { maxLength: 200 });
    return new UsageError(`${file}, line ${document.lineOf(path)}, ${key}: ${what}.`, { place: { file, key } });
  };
  const parsed = fileShape.safeParse(document.value ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = (issue?.path ?? []).filter((part) => typeof part !== 'symbol');
    const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    throw fail(
      [...path, ...unknownKey],
      unknownKey.length > 0
        ? 'there is no such key; use owner, environment, criticality and dataClass'
        : (issue?.message ?? 'not valid'),
    );
  }
  const result = new Map<string, AccountContext>();
  for (const [id, entry] of Object.entries(parsed.data)) {
    if (!isAccountId(id)) throw fail([id], 'a key must be an account id of twelve digits');
    const context: AccountContext = {};
    if (entry.owner !== undefined) context.owner = entry.owner;
    if (entry.environment !== undefined) context.environment = entry.environment;
    if (entry.criticality !== undefined) context.criticality = entry.criticality;
    if (entry.dataClass !== undefined) context.dataClass = entry.dataClass;
    result.set(id, context);
  }
  return result;
}

/** Reads and parses it. @throws UsageError when it cannot be read or is malformed */
export async function loadAccountContext(file: string): Promise<ReadonlyMap<string, AccountContext>> {
  let content: string;
  try {
    content = await readText(file, longestFile);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`The account context file ${file} cannot be read: ${messageOf(error)}.`, {
      place: { file },
      cause: error,
      hint: 'Check accountContextFile (--account-context-file).',
    });
  }
  return parseAccountContext(content, file);
}
