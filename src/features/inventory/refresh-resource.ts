// Reads one resource again, within its time: after a fix, an event or a question.

import type { AnyResource } from '../../domain/resource.ts';
import { type CollectDependencies, contextOf, gapOf } from './collect-context.ts';
import { timeLimit } from './time-limit.ts';
import type { Unit, UnitGap } from './unit.ts';

export interface Refreshed {
  /** Undefined when it is gone, or when it could not be read: see `read`. */
  resource: AnyResource | undefined;
  /** False when AWS did not answer: then nothing is known. */
  read: boolean;
  gaps: readonly UnitGap[];
}

/**
 * Reads one resource of a unit again.
 * @returns undefined when the unit's collector can only read everything
 * @throws what `stop` was aborted with; nothing else
 */
export async function refreshResource(
  unit: Unit,
  arn: string,
  dependencies: CollectDependencies,
  stop: AbortSignal,
): Promise<Refreshed | undefined> {
  const { collector } = unit.collector;
  if (collector.refresh === undefined) return undefined;
  stop.throwIfAborted();
  const time = timeLimit(stop, dependencies.unitTimeoutMs);
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  time.signal.addEventListener('abort', () => reject(time.signal.reason), { once: true });
  const gaps: UnitGap[] = [];
  try {
    const context = contextOf(unit, dependencies, time.signal, undefined, gaps);
    const resource = await Promise.race([collector.refresh(context, arn), aborted]);
    return { resource, read: true, gaps };
  } catch (error) {
    stop.throwIfAborted();
    return {
      resource: undefined,
      read: false,
      gaps: [...gaps, gapOf(unit, error, time.isOver(), dependencies.classify)],
    };
  } finally {
    time.end();
  }
}
