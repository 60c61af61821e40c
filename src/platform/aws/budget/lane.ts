// One lane: the requests of one bucket of one account and region, its tokens and its present rate.

import type { RateLimit } from './rate-limits.ts';

/** A request that waits for its turn. */
export interface Waiter {
  start(): void;
}

/** Rates are requests per second, times milliseconds. */
export class Lane {
  readonly account: string;
  readonly waiting = new Set<Waiter>();
  inFlight = 0;
  /** True while a timer waits for the next token. */
  asleep = false;
  readonly #most: RateLimit;
  readonly #concurrency: number;
  #rate: number;
  #tokens: number;
  #refilledAt: number;
  #slowedAt = -Infinity;

  constructor(account: string, most: RateLimit, concurrency: number, now: number) {
    this.account = account;
    this.#most = most;
    this.#concurrency = concurrency;
    this.#rate = most.rate;
    this.#tokens = most.burst;
    this.#refilledAt = now;
  }

  /** The present rate, in requests per second. */
  get rate(): number {
    return this.#rate;
  }

  /** True when a request waits and no concurrency limit holds it. */
  get wants(): boolean {
    return this.waiting.size > 0 && this.inFlight < this.#concurrency;
  }

  /** Milliseconds until a token is there; 0 when one is. */
  delay(now: number): number {
    this.#refill(now);
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) / this.#rate) * 1000);
  }

  /** Takes a token for one request. */
  take(): void {
    this.#tokens -= 1;
    this.inFlight += 1;
  }

  /** AWS answered: full rate comes back slowly, by a fiftieth with each answer. */
  succeeded(): void {
    this.#rate = Math.min(this.#most.rate, this.#rate + this.#most.rate / 50);
  }

  /**
   * AWS throttled us: half the rate, at least a twentieth of the first, and no saved-up burst. Requests that were in
   * flight together are throttled together, so within a second the rate is halved once.
   */
  throttled(now: number): void {
    this.#refill(now);
    this.#tokens = Math.min(this.#tokens, 0);
    if (now - this.#slowedAt < 1000) return;
    this.#slowedAt = now;
    this.#rate = Math.max(this.#most.rate / 20, this.#rate / 2);
  }

  /** True when nothing would be lost by forgetting this lane. */
  idle(now: number): boolean {
    this.#refill(now);
    return (
      this.waiting.size === 0 &&
      this.inFlight === 0 &&
      this.#tokens >= this.#most.burst &&
      this.#rate >= this.#most.rate
    );
  }

  #refill(now: number): void {
    const tokens = this.#tokens + ((now - this.#refilledAt) / 1000) * this.#rate;
    this.#tokens = Math.min(this.#most.burst, tokens);
    this.#refilledAt = now;
  }
}
