// Runs one collector once, within its time, and turns everything that goes wrong into gaps.

import type { Partition } from '../../domain/arn.ts';
import type { AnyResource } from '../../domain/resource.ts';
import type { SecretMatch } from '../../domain/secret.ts';
import type { AccountAccess, ClassifiedError, SdkClientClass } from '../../platform/aws/contract.ts';
import { originOf } from '../../platform/aws/error-origin.ts';
import { readEvidence } from '../../platform/aws/read-evidence.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import type { CollectContext } from './contract.ts';
import type { Unit, UnitGap, UnitResult } from './unit.ts';

export interface CollectDependencies {
  access: AccountAccess;
  /** Where services without a region are called, by partition. */
  homeRegion: (partition: Partition) => string;
  classify: (error: unknown) => ClassifiedError;
  findSecrets: (text: string, location: string) => readonly SecretMatch[];
  clock: Clock;
  /** Milliseconds that one unit may take. */
  unitTimeoutMs: number;
  /** Resources that are held before a unit with a cursor hands over a part of its result. */
  pageSize: number;
}

/** A closed region stops its batch: this many services refused by a service control policy prove it. */
export const scpDetail = 'service control policy';

function contextOf(
  unit: Unit,
  dependencies: CollectDependencies,
  signal: AbortSignal,
  cursor: string | undefined,
  gaps: UnitGap[],
): CollectContext {
  const { access, clock } = dependencies;
  const { operations } = unit.collector.collector;
  const region = unit.region === 'global' ? dependencies.homeRegion(access.partition) : unit.region;
  return {
    account: access.account,
    partition: access.partition,
    region,
    now: () => clock.now().toISOString(),
    signal,
    cursor,
    client: <C>(Client: SdkClientClass<C>, at?: string): C =>
      access.client(Client, { region: at ?? region, purpose: 'read', operations }),
    read: (operation, get, absent) =>
      readEvidence(operation, get, {
        classify: dependencies.classify,
        onGap: (gap) =>
          addGap(gaps, {
            service: serviceOf(gap.operation),
            action: gap.operation,
            reason: gap.reason,
            detail: gap.detail,
          }),
        ...(absent === undefined ? {} : { absent }),
        signal,
      }),
    findSecrets: dependencies.findSecrets,
  };
}

const serviceOf = (operation: string): string => operation.split(':')[0] ?? '';

/** One gap per operation and reason: a thousand buckets that refuse the same call are one gap. */
function addGap(gaps: UnitGap[], gap: UnitGap): void {
  if (!gaps.some((known) => known.action === gap.action && known.reason === gap.reason)) gaps.push(gap);
}

function gapOf(unit: Unit, error: unknown, timedOut: boolean, classify: CollectDependencies['classify']): UnitGap {
  const { operations } = unit.collector.collector;
  const named = (error as { vedetteOperation?: unknown } | undefined)?.vedetteOperation;
  const action = originOf(error)?.operation ?? (typeof named === 'string' ? named : (operations[0] ?? '*'));
  if (timedOut)
    return { service: serviceOf(action), action, reason: 'timeout', detail: 'The time for this unit was over.' };
  const classified = classify(error);
  const reason = classified.class === 'absent' ? 'unsupported' : classified.class;
  const detail = classified.deniedBy === 'scp' ? `${scpDetail}: ${classified.detail}` : classified.detail;
  return { service: serviceOf(action), action, reason, detail };
}

interface TimeLimit {
  signal: AbortSignal;
  isOver(): boolean;
  /** Must be called when the work is done. */
  end(): void;
}

/**
 * Aborts after a time, or when `stop` is aborted. Unlike `AbortSignal.timeout` it leaves nothing behind once it has ended:
 * a signal for each of a hundred thousand units would be kept until its time comes.
 */
function timeLimit(stop: AbortSignal, milliseconds: number): TimeLimit {
  const controller = new AbortController();
  let over = false;
  const forward = (): void => controller.abort(stop.reason);
  const timer = setTimeout(() => {
    over = true;
    controller.abort(new DOMException('The time for this unit was over.', 'TimeoutError'));
  }, milliseconds);
  if (stop.aborted) forward();
  else stop.addEventListener('abort', forward, { once: true });
  return {
    signal: controller.signal,
    isOver: () => over,
    end() {
      clearTimeout(timer);
      stop.removeEventListener('abort', forward);
    },
  };
}

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
