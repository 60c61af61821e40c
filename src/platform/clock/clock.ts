// The time, as a parameter.

export interface Clock {
  /** Now. */
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still, or that a test moves. */
export function fixedClock(iso: string): Clock & { set(iso: string): void } {
  let at = new Date(iso);
  return {
    now: () => new Date(at),
    set: (next) => {
      at = new Date(next);
    },
  };
}
