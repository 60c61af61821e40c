// AWS is not ours to load: every request passes through a budget for its account, region and service, and through one
// limit on all requests in flight. Accounts take turns, so that a large one does not hold up the others.

import { Lane, type Waiter } from './lane.ts';
import { rateLimitOf } from './rate-limits.ts';

/** What a request counts against. */
export interface CallPlace {
  account: string;
  region: string;
  service: string;
  /** `<service>:<SDK operation>`. */
  operation: string;
}

/** The right to have one request in flight. `done` must be called exactly once. */
export interface Lease {
  done(outcome: 'answered' | 'throttled' | 'failed'): void;
}

export interface Budget {
  /** Waits for a turn. Rejects with the signal's reason when it is aborted meanwhile. */
  acquire(place: CallPlace, signal?: AbortSignal): Promise<Lease>;
  readonly inFlight: number;
  readonly waiting: number;
}

/** Time as the budget needs it, in milliseconds; a parameter so that tests can move it. */
interface Timer {
  now(): number;
  after(milliseconds: number, run: () => void): void;
}

const systemTimer: Timer = {
  now: () => performance.now(),
  after: (milliseconds, run) => {
    setTimeout(run, milliseconds);
  },
};

export interface BudgetOptions {
  /** Requests in flight in all. */
  maxInFlight?: number;
  /** Requests in flight for one account, region and bucket. */
  maxInFlightPerLane?: number;
  /** The part of AWS's rates that we use, 0 to 1. */
  share?: number;
  timer?: Timer;
}

/** Lanes are looked through for idle ones whenever this many have come. */
const sweepEvery = 5000;

/** The budget of one process. */
export function createBudget(options: BudgetOptions = {}): Budget {
  const { maxInFlight = 150, maxInFlightPerLane = 5, share = 0.2, timer = systemTimer } = options;
  const lanes = new Map<string, Lane>();
  /** Accounts with lanes that can send now, in the order of their turns. */
  const ready = new Map<string, Set<Lane>>();
  let inFlight = 0;
  let waiting = 0;
  let sweepAt = sweepEvery;

  function laneOf(place: CallPlace): Lane {
    const { limit, bucket } = rateLimitOf(place.service, place.operation);
    const key = `${place.account} ${place.region} ${bucket}`;
    const known = lanes.get(key);
    if (known !== undefined) return known;
    if (lanes.size >= sweepAt) sweep();
    const most = { rate: limit.rate * share, burst: Math.max(1, limit.burst * share) };
    const lane = new Lane(place.account, most, maxInFlightPerLane, timer.now());
    lanes.set(key, lane);
    return lane;
  }

  function sweep(): void {
    const now = timer.now();
    for (const [key, lane] of lanes) if (lane.idle(now)) lanes.delete(key);
    sweepAt = lanes.size + sweepEvery;
  }

  /** Puts a lane among those that can send, or wakes it when its next token is due. */
  function offer(lane: Lane): void {
    if (!lane.wants || lane.asleep) return;
    const delay = lane.delay(timer.now());
    if (delay === 0) {
      const others = ready.get(lane.account);
      if (others === undefined) ready.set(lane.account, new Set([lane]));
      else others.add(lane);
      return;
    }
    lane.asleep = true;
    timer.after(delay, () => {
      lane.asleep = false;
      offer(lane);
      dispatch();
    });
  }

  function dispatch(): void {
    while (inFlight < maxInFlight) {
      const turn = ready.entries().next();
      if (turn.done === true) return;
      const [account, accountLanes] = turn.value;
      ready.delete(account);
      const lane = takeFirst(accountLanes);
      if (accountLanes.size > 0) ready.set(account, accountLanes);
      if (lane?.wants !== true || lane.delay(timer.now()) > 0) {
        if (lane !== undefined) offer(lane);
        continue;
      }
      const waiter = takeFirst(lane.waiting);
      lane.take();
      inFlight += 1;
      waiting -= 1;
      offer(lane);
      waiter?.start();
    }
  }

  function leaseOf(lane: Lane): Lease {
    let open = true;
    return {
      done: (outcome) => {
        if (!open) return;
        open = false;
        inFlight -= 1;
        lane.inFlight -= 1;
        if (outcome === 'throttled') lane.throttled(timer.now());
        else if (outcome === 'answered') lane.succeeded();
        offer(lane);
        dispatch();
      },
    };
  }

  return {
    get inFlight() {
      return inFlight;
    },
    get waiting() {
      return waiting;
    },
    acquire: (place, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(signal.reason as Error);
        const lane = laneOf(place);
        const onAbort = (): void => {
          if (lane.waiting.delete(waiter)) waiting -= 1;
          reject(signal?.reason as Error);
        };
        let listening = false;
        const waiter: Waiter = {
          start: () => {
            if (listening) signal?.removeEventListener('abort', onAbort);
            resolve(leaseOf(lane));
          },
        };
        lane.waiting.add(waiter);
        waiting += 1;
        offer(lane);
        dispatch();
        // Most start at once, and listening costs more than all the rest.
        listening = lane.waiting.has(waiter);
        if (listening) signal?.addEventListener('abort', onAbort, { once: true });
      }),
  };
}

function takeFirst<T>(items: Set<T>): T | undefined {
  const first = items.values().next();
  if (first.done === true) return undefined;
  items.delete(first.value);
  return first.value;
}
