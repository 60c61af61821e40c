// Concrete objects of a bucket, one for each way in which its policy can speak of objects: whoever may reach any object
// may reach one of these.

import { parseArn } from '../../../domain/arn.ts';
import type { PolicyDocument } from '../policy/document.ts';

/** Stands for a run of characters: unlikely to be meant by any other pattern. */
const filler = 'q7x1v';
const mostWitnesses = 40;

/**
 * ARNs of objects in a bucket that match what the policy allows and what its denies except.
 * @param bucket the bucket's ARN
 */
export function objectWitnesses(bucket: string, document: PolicyDocument | undefined): readonly string[] {
  const allowed: string[] = [];
  const excepted: string[] = [];
  for (const { effect, resources } of document?.statements ?? []) {
    if (resources === undefined || resources.not !== (effect === 'Deny')) continue;
    (effect === 'Allow' ? allowed : excepted).push(...resources.patterns);
  }
  const within = `${bucket}/`;
  const found = new Set([`${within}${filler}`]);
  const add = (text: string | undefined): void => {
    if (text?.startsWith(within) === true && text.length > within.length) found.add(text);
  };
  const { partition = 'aws' } = parseArn(bucket) ?? {};
  for (const pattern of [...allowed, ...excepted]) add(fill(pattern.replace(/^arn:[^:]*:/, `arn:${partition}:`)));
  for (const pattern of allowed) for (const other of excepted) add(fillBoth(pattern, other));
  return [...found].slice(0, mostWitnesses);
}

const wildcard = /\$\{[^}]*\}|[*?]/g;

function fill(pattern: string): string {
  return pattern.replaceAll(wildcard, (found) => (found === '?' ? 'q' : filler));
}

/** A text that matches both patterns, found for those that differ in where their first wildcard stands. */
function fillBoth(first: string, second: string): string | undefined {
  const [short, long] = first.search(wildcard) <= second.search(wildcard) ? [first, second] : [second, first];
  const cut = short.search(wildcard);
  if (cut === -1 || !long.startsWith(short.slice(0, cut))) return undefined;
  const tail = short.slice(short.lastIndexOf('*') + 1);
  return fill(long.endsWith('*') ? `${long}${tail}` : long);
}
