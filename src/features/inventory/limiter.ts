// A gate that lets so many tasks through at once, first come, first served.

export type Limit = <T>(task: () => Promise<T>) => Promise<T>;

/**
 * At most `size` tasks run at once; the others wait in order.
 * @param size a number, or a function that is asked whenever a task comes or ends: when it says more, several may begin
 */
export function limiter(size: number | (() => number)): Limit {
  const most = typeof size === 'function' ? size : (): number => size;
  let running = 0;
  const waiting: (() => void)[] = [];
  const admit = (): void => {
    while (running < most()) {
      const next = waiting.shift();
      if (next === undefined) return;
      running += 1;
      next();
    }
  };
  return async (task) => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      admit();
    });
    try {
      return await task();
    } finally {
      running -= 1;
      admit();
    }
  };
}
