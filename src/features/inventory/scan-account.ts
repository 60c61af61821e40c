// Reads one account: the same function for the command line, a worker and a Lambda.

import { type CollectDependencies, scpDetail } from './collect-context.ts';
import { collectUnit } from './collect-unit.ts';
import { limiter } from './limiter.ts';
import { type Unit, type UnitResult, unitKey } from './unit.ts';

/** Takes the results of one region (or `global`) as they are committed together. */
export interface Sink {
  /** Results of a region's units. `last` is true when the region has nothing more to give. */
  commit(region: string, results: readonly UnitResult[], last: boolean): Promise<void>;
}

export interface ScanAccountOptions extends CollectDependencies {
  units: readonly Unit[];
  /** Units that an earlier run finished: `unitKey(region, collector)`. */
  done: ReadonlySet<string>;
  /** Where earlier runs stopped, by unit key. */
  cursors: ReadonlyMap<string, string>;
  sink: Sink;
  /** Aborted to stop: what is under way is given up, what was committed stays. */
  signal: AbortSignal;
  /** Regions that are read at once; a function is asked again as regions end. */
  regionsAtOnce: number | (() => number);
  /** After this time no new unit is started; ISO 8601. */
  deadline?: string;
}

/** How many different services a service control policy must refuse before the region counts as closed. */
const probes = 2;

function closedBy(results: readonly UnitResult[]): boolean {
  return (
    results.length >= probes &&
    results.every((result) => !result.complete && result.gaps.some((gap) => gap.detail.startsWith(scpDetail)))
  );
}

/** A region's units, reordered so that one unit of each of two services goes first as a probe. */
function probesFirst(units: readonly Unit[]): { first: Unit[]; rest: Unit[] } {
  const first: Unit[] = [];
  const seen = new Set<string>();
  for (const unit of units) {
    const service = unit.collector.id.split('/')[0] ?? '';
    if (first.length < probes && !seen.has(service)) {
      seen.add(service);
      first.push(unit);
    }
  }
  return { first, rest: units.filter((unit) => !first.includes(unit)) };
}

/** @param before what must have been committed before this region is: the services without a region */
async function scanRegion(
  region: string,
  units: readonly Unit[],
  options: ScanAccountOptions,
  before: Promise<void>,
): Promise<Unit[]> {
  const batch: UnitResult[] = [];
  const remaining: Unit[] = [];
  const late = (): boolean =>
    options.deadline !== undefined && options.clock.now().getTime() >= new Date(options.deadline).getTime();
  const run = async (unit: Unit): Promise<void> => {
    if (late()) {
      remaining.push(unit);
      return;
    }
    const cursor = options.cursors.get(unitKey(unit.region, unit.collector.id));
    for await (const result of collectUnit(unit, options, options.signal, cursor)) {
      // Parts of a large unit are committed at once, so that memory stays bounded and a kill loses one part only.
      if (result.cursor !== undefined) await options.sink.commit(region, [result], false);
      else batch.push(result);
    }
  };
  const { first, rest } = region === 'global' ? { first: [], rest: [...units] } : probesFirst(units);
  await Promise.all(first.map(run));
  if (closedBy(batch)) {
    const gap = {
      service: '*',
      action: '*',
      reason: 'denied',
      detail: 'The region is closed by a service control policy.',
    } as const;
    for (const result of batch) result.gaps = [gap];
    batch.push(...rest.map((unit): UnitResult => ({ unit, resources: [], gaps: [gap], complete: false })));
  } else {
    await Promise.all(rest.map(run));
  }
  await before;
  // What stopped the scan may be the reason for a gap.
  options.signal.throwIfAborted();
  if (batch.length > 0) await options.sink.commit(region, batch, remaining.length === 0);
  return remaining;
}

/**
 * Reads the units of an account that are not done yet and hands their results to the sink, region by region, those of
 * services without a region first. Nothing that AWS refuses ends the scan: it becomes a gap of its unit.
 * @returns the units that were not started because `deadline` had passed.
 * @throws what `signal` was aborted with, or what the sink threw.
 */
export async function scanAccount(options: ScanAccountOptions): Promise<Unit[]> {
  const byRegion = new Map<string, Unit[]>();
  for (const unit of options.units) {
    if (options.done.has(unitKey(unit.region, unit.collector.id))) continue;
    const list = byRegion.get(unit.region) ?? [];
    list.push(unit);
    byRegion.set(unit.region, list);
  }
  // What ends one region (a stop, a sink that fails) ends the others: nothing more is begun.
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const remaining: Unit[] = [];
  const scan = async (region: string, units: readonly Unit[], before: Promise<void>): Promise<void> => {
    signal.throwIfAborted();
    try {
      remaining.push(...(await scanRegion(region, units, { ...options, signal }, before)));
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  };
  const globals = byRegion.get('global') ?? [];
  byRegion.delete('global');
  const limit = limiter(options.regionsAtOnce);
  const first = scan('global', globals, Promise.resolve());
  await Promise.allSettled([first, ...[...byRegion].map(([region, units]) => limit(() => scan(region, units, first)))]);
  signal.throwIfAborted();
  return remaining;
}
