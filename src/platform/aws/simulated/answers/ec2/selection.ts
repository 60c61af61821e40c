// How EC2 narrows lists: ids, filters and pages.

import type { Filter } from '@aws-sdk/client-ec2';
import { type PageOf, page } from '../../pages.ts';
import { refuse } from '../../refusal.ts';

/** What a filter of a given name looks at. */
export type Lenses<T> = Readonly<Record<string, (item: T) => readonly (string | undefined)[]>>;

interface Listing {
  Filters?: Filter[] | undefined;
  MaxResults?: number | undefined;
  NextToken?: string | undefined;
}

function matches(pattern: string, value: string): boolean {
  if (!pattern.includes('*')) return pattern === value;
  return new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.?+^$[\]\\(){}|/-]/g, '\\$&'))
      .join('.*')}$`,
  ).test(value);
}

/**
 * Items with one of the ids (all when there are none) that pass every filter.
 * @param code with what an unknown id is refused, for example `InvalidVpcID.NotFound`
 */
export function select<T>(
  items: readonly T[],
  idOf: (item: T) => string | undefined,
  ids: readonly string[] | undefined,
  filters: readonly Filter[] | undefined,
  lenses: Lenses<T>,
  code: string,
): readonly T[] {
  const missing = ids?.find((id) => !items.some((item) => idOf(item) === id));
  if (missing !== undefined) refuse(code, `The ID '${missing}' does not exist`);
  let chosen = ids === undefined || ids.length === 0 ? items : items.filter((item) => ids.includes(idOf(item) ?? ''));
  for (const { Name = '', Values = [] } of filters ?? []) {
    const lens = lenses[Name];
    if (lens === undefined) refuse('InvalidParameterValue', `The filter '${Name}' is invalid`);
    chosen = chosen.filter((item) =>
      lens(item).some((value) => value !== undefined && Values.some((pattern) => matches(pattern, value))),
    );
  }
  return chosen;
}

/** A page; everything when no size is asked for. */
export function paged<T>(items: readonly T[], input: Listing): PageOf<T> {
  return page(
    items,
    input.NextToken,
    input.MaxResults,
    input.MaxResults ?? Number.MAX_SAFE_INTEGER,
    'InvalidNextToken',
  );
}
