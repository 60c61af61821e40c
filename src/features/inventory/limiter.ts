// A gate that lets a fixed number of tasks through at once, first come, first served.

export type Limit = <T>(task: () => Promise<T>) => Promise<T>;

/** At most `size` tasks run at once; the others wait in order. */
export function limiter(size: number): Limit {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= size) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
