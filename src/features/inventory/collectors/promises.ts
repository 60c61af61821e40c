// The promises that every collector keeps, as tests.

import { describe, expect, test } from 'vitest';
import { isUnread } from '../../../domain/evidence.ts';
import type { AnyResource } from '../../../domain/resource.ts';
import type { Collector } from '../contract.ts';
import {
  account,
  type Answers,
  at,
  collected,
  collectedUntilError,
  type FakeContext,
  fakeContext,
  pagesOf,
  refreshed,
  refuse,
} from './testing.ts';

/** Every unread part of a resource, as `path operation reason`. */
function unreadParts(value: unknown, path = ''): string[] {
  if (isUnread(value)) return [`${path} ${value.$unread.operation} ${value.$unread.reason}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => unreadParts(member, path === '' ? key : `${path}.${key}`));
}

const unreadOf = (resources: readonly AnyResource[]): string[] =>
  [...new Set(resources.flatMap((resource) => unreadParts(resource)))].sort();

const unreadBy = (places: readonly string[], operation: string, reason: string): string[] =>
  places.map((place) => `${place} ${operation} ${reason}`).sort();

const arns = (resources: readonly AnyResource[]): string[] => resources.map(({ arn }) => arn);

const lastGap = (context: FakeContext): unknown => context.gaps.at(-1);

export interface Promises {
  collector: Collector;
  /** Answers with which everything can be read and every declared operation is called. */
  answers: Answers;
  /** Operations that read a part, with the places in a resource that are unread without them. The others are lists. */
  parts?: Readonly<Record<string, readonly string[]>>;
  /** Operations for which an answer without any member says something true, for example that there are no tags. */
  emptyIsAnAnswer?: readonly string[];
  /** Operations that only reading one resource again needs. */
  refreshOnly?: readonly string[];
}

/**
 * Tests that a collector calls what it declares and nothing else, that a refused part is unread and a gap, that a refused
 * list throws, that an answer without its members is never believed, and that a resource read again is the same.
 */
export function keepsItsPromises(name: string, promises: Promises): void {
  const { collector, answers, parts = {}, emptyIsAnAnswer = [], refreshOnly = [] } = promises;
  const all = collector.operations.filter((operation) => parts[operation] === undefined);
  const lists = all.filter((operation) => !refreshOnly.includes(operation));
  const believed = (operation: string): boolean => emptyIsAnAnswer.includes(operation);

  describe(`${name} keeps the promises of a collector`, () => {
    test('it reads everything, calls every operation it declares and yields only its types', async () => {
      const { resources, context } = await collected(collector, answers);
      expect(resources.length).toBeGreaterThan(0);
      expect(unreadOf(resources)).toEqual([]);
      expect(context.gaps).toEqual([]);
      const again = fakeContext(collector, answers);
      for (const { arn } of resources) await collector.refresh?.(again, arn);
      const called = [...context.calls, ...again.calls].map(({ operation }) => operation);
      expect([...new Set(called)].sort()).toEqual([...collector.operations].sort());
      expect([...new Set(resources.map((resource) => resource.type))].sort()).toEqual([...collector.types].sort());
      const keys = resources.map(({ type, arn, region }) => `${type} ${region} ${arn}`);
      expect(new Set(keys).size).toBe(keys.length);
      for (const resource of resources) expect(resource).toMatchObject({ account, collectedAt: at });
    });

    test('it throws when everything is refused: nothing was read then', async () => {
      const none = Object.fromEntries(collector.operations.map((operation) => [operation, refuse('AccessDenied')]));
      const { resources, error } = await collectedUntilError(collector, none);
      expect(resources).toEqual([]);
      expect(error).toMatchObject({ name: 'AccessDenied' });
    });

    test.each(lists)('a refused %s throws', async (operation) => {
      const { error } = await collectedUntilError(collector, { ...answers, [operation]: refuse('AccessDenied') });
      expect(error).toMatchObject({ name: 'AccessDenied' });
    });

    test.each(lists.filter((operation) => !believed(operation)))(
      'an answer of %s without its members is not believed',
      async (operation) => {
        const { error } = await collectedUntilError(collector, { ...answers, [operation]: {} });
        expect(error).toMatchObject({ code: 'malformed-answer', vedetteOperation: operation });
      },
    );

    test.each(Object.entries(parts))('a refused %s leaves %j unread and is a gap', async (operation, places) => {
      const whole = await collected(collector, answers);
      const { resources, context } = await collected(collector, { ...answers, [operation]: refuse('AccessDenied') });
      expect(unreadOf(resources)).toEqual(unreadBy(places, operation, 'denied'));
      expect(arns(resources)).toEqual(arns(whole.resources));
      expect(lastGap(context)).toMatchObject({ operation, reason: 'denied' });
    });

    test.each(Object.entries(parts).filter(([operation]) => !believed(operation)))(
      'an answer of %s without its members leaves %j unread',
      async (operation, places) => {
        const { resources, context } = await collected(collector, { ...answers, [operation]: {} });
        expect(unreadOf(resources)).toEqual(unreadBy(places, operation, 'failed'));
        expect(lastGap(context)).toMatchObject({ operation, reason: 'failed' });
      },
    );

    test('it stops when it is told to', async () => {
      const context = fakeContext(collector, answers, { signal: AbortSignal.abort(new Error('stopped')) });
      await expect(pagesOf(collector, context)).rejects.toThrow(/stopped|aborted/);
      expect(context.calls).toEqual([]);
    });

    if (collector.refresh === undefined) return;

    test('a resource that is read again is the same', async () => {
      const { resources } = await collected(collector, answers);
      for (const resource of resources) expect(await refreshed(collector, answers, resource.arn)).toEqual(resource);
    });

    test('a resource that cannot be read again is not gone', async () => {
      const { resources } = await collected(collector, answers);
      for (const { arn } of resources) {
        const context = fakeContext(collector, answers);
        await collector.refresh?.(context, arn);
        const used = new Set(context.calls.map(({ operation }) => operation).filter((one) => all.includes(one)));
        for (const operation of used) {
          const refused = refreshed(collector, { ...answers, [operation]: refuse('AccessDenied') }, arn);
          await expect(refused).rejects.toMatchObject({ name: 'AccessDenied' });
        }
        for (const operation of [...used].filter((one) => !believed(one))) {
          const empty = refreshed(collector, { ...answers, [operation]: {} }, arn);
          await expect(empty).rejects.toMatchObject({ code: 'malformed-answer' });
        }
      }
    });
  });
}
