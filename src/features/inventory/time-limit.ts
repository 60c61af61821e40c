// The time that a piece of work may take.

export interface TimeLimit {
  signal: AbortSignal;
  isOver(): boolean;
  /** Must be called when the work is done. */
  end(): void;
}

/**
 * Aborts after a time, or when `stop` is aborted. Unlike `AbortSignal.timeout` it leaves nothing behind once it has ended:
 * a signal for each of a hundred thousand units would be kept until its time comes.
 */
export function timeLimit(stop: AbortSignal, milliseconds: number): TimeLimit {
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
