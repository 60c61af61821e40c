// Turns the pages of a list into pages of resources: a few reads at once, bounded pages, and no item lost unseen.

import type { AnyResource } from '../../domain/resource.ts';
import { errorName } from './answer.ts';
import { limiter } from './limiter.ts';
import type { CollectContext, Page } from './contract.ts';

/** Reads of single items that one unit has under way at once. */
const itemsAtOnce = 5;
/** Resources of one page at most, so that memory stays bounded whatever AWS's own page size is. */
const pageSize = 100;
/** So many failed items without one that could be read show that the rest would fail as well. */
const enoughFailures = 20;

/** What one page of a list holds, and the token of the page after it, where a later run may go on from there. */
export interface Batch<T> {
  items: readonly T[];
  next?: string | undefined;
}

type Read<T> = (item: T) => AnyResource | undefined | Promise<AnyResource | undefined>;

/**
 * Reads every item of a list and yields the resources in pages.
 * An item for which `read` gives undefined has vanished since it was listed, or is not this account's.
 * When `read` throws, the other items are read all the same and the first error is thrown at the end, so that the unit
 * counts as incomplete; from then on no page has a cursor, so that a resumed unit meets the failed item again.
 * @throws what the list throws, the first error of an item, or the reason with which the signal was aborted.
 */
export async function* readPages<P, T>(
  context: CollectContext,
  list: AsyncIterable<P>,
  pick: (page: P) => Batch<T>,
  read: Read<T>,
): AsyncGenerator<Page> {
  const limit = limiter(itemsAtOnce);
  const failures: unknown[] = [];
  let seen = 0;
  const readOne = async (item: T): Promise<AnyResource | undefined> => {
    if (seen === 0 && failures.length >= enoughFailures) return undefined;
    try {
      context.signal.throwIfAborted();
      const resource = await read(item);
      seen += 1;
      return resource;
    } catch (error) {
      context.signal.throwIfAborted();
      failures.push(error);
      return undefined;
    }
  };
  for await (const page of list) {
    const { items, next } = pick(page);
    for (let from = 0; from < items.length || from === 0; from += pageSize) {
      const slice = items.slice(from, from + pageSize);
      const results = await Promise.all(slice.map((item) => limit(() => readOne(item))));
      const resources = results.filter((resource) => resource !== undefined);
      const cursor = from + pageSize >= items.length && failures.length === 0 ? next : undefined;
      if (cursor !== undefined) yield { resources, cursor };
      else if (resources.length > 0) yield { resources };
      if (seen === 0 && failures.length >= enoughFailures) throw failures[0];
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** A list that one call gives as a whole. */
export async function* once<P>(get: () => Promise<P>): AsyncGenerator<P> {
  yield await get();
}

/**
 * The resource with this ARN, from a list that was narrowed to it.
 * @param gone error names by which AWS says that there is none
 * @returns undefined when it is not there
 */
export async function findOne(
  pages: AsyncIterable<Page>,
  arn: string,
  gone: readonly string[],
): Promise<AnyResource | undefined> {
  try {
    for await (const { resources } of pages) {
      const found = resources.find((resource) => resource.arn === arn);
      if (found !== undefined) return found;
    }
    return undefined;
  } catch (error) {
    if (gone.includes(errorName(error))) return undefined;
    throw error;
  }
}

/**
 * How many items a page of a list asks for. EC2 refuses requests that name resources and a page size, so a list that is
 * narrowed asks for none.
 */
export function pageSizeOf(input: object, pageSize: number): { pageSize?: number } {
  return Object.keys(input).length === 0 ? { pageSize } : {};
}

/** Error names by which services refuse a page token, for example one that an earlier run stored and that has expired. */
const refusedTokens = [
  'InvalidArgument',
  'InvalidInput',
  'InvalidMarkerException',
  'InvalidNextToken',
  'InvalidNextTokenException',
  'InvalidPaginationToken',
  'InvalidParameterValue',
  'InvalidParameterValueException',
  'ValidationError',
];

/**
 * A list from the unit's cursor on. When AWS no longer knows the cursor, the list starts anew: what was read before is
 * read twice, which is harmless, and nothing is left out.
 */
export async function* resumed<P>(
  cursor: string | undefined,
  listFrom: (token: string | undefined) => AsyncIterable<P>,
): AsyncGenerator<P> {
  if (cursor !== undefined) {
    let begun = false;
    try {
      for await (const page of listFrom(cursor)) {
        begun = true;
        yield page;
      }
      return;
    } catch (error) {
      if (begun || !refusedTokens.includes(errorName(error))) throw error;
    }
  }
  yield* listFrom(undefined);
}
