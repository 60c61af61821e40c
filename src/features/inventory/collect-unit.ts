// Runs one collector once, within its time, and turns everything that goes wrong into gaps.

import type { AnyResource } from '../../domain/resource.ts';
import { type CollectDependencies, contextOf, gapOf } from './collect-context.ts';
import { timeLimit } from './time-limit.ts';
import type { Unit, UnitGap, UnitResult } from './unit.ts';

/**
 * Passes pages on until the signal is aborted, and then throws its reason at once: a collector that waits for an answer
 * that never comes holds up nobody but itself.
 */
async function* untilAborted<T>(pages: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = pages[Symbol.asyncIterator]();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  aborted.catch(() => undefined);
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = iterator.next();
      next.catch(() => undefined);
      const { done, value } = await Promise.race([next, aborted]);
      if (done === true) return;
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    // A generator that is still waiting ends when its answer comes, if ever.
    iterator.return?.().catch(() => undefined);
  }
}

/**
 * Runs a unit from `cursor` on and yields its result, in parts when it is large and its collector can go on from a cursor.
 * The last part has no cursor. Throws only when `stop` was aborted.
 */
export async function* collectUnit(
  unit: Unit,
  dependencies: CollectDependencies,
  stop: AbortSignal,
  cursor?: string,
): AsyncGenerator<UnitResult> {
  const time = timeLimit(stop, dependencies.unitTimeoutMs);
  const { signal } = time;
  let gaps: UnitGap[] = [];
  let resources: AnyResource[] = [];
  try {
    const context = contextOf(unit, dependencies, signal, cursor, gaps);
    for await (const page of untilAborted(unit.collector.collector.collect(context), signal)) {
      resources.push(...page.resources);
      if (page.cursor !== undefined && resources.length >= dependencies.pageSize) {
        yield { unit, resources, gaps: [...gaps], complete: false, cursor: page.cursor };
        resources = [];
      }
    }
    yield { unit, resources, gaps, complete: true };
  } catch (error) {
    stop.throwIfAborted();
    // Why the unit ended says more than the gap of a part by the same call: which policy denied it, for one.
    const end = gapOf(unit, error, time.isOver(), dependencies.classify);
    gaps = [...gaps.filter((known) => known.action !== end.action || known.reason !== end.reason), end];
    yield { unit, resources, gaps, complete: false };
  } finally {
    time.end();
  }
}

/** Runs a unit from its start to its end, its result in one piece. Throws only when `stop` was aborted. */
export async function readUnit(unit: Unit, dependencies: CollectDependencies, stop: AbortSignal): Promise<UnitResult> {
  const resources: AnyResource[] = [];
  let result: UnitResult = { unit, resources, gaps: [], complete: false };
  for await (const { cursor: _, ...part } of collectUnit(unit, dependencies, stop)) {
    resources.push(...part.resources);
    result = { ...part, resources };
  }
  return result;
}
