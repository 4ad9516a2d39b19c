/**
 * Runs `work` for at most `ms` milliseconds. When the time is over (`late`), or when `signal` aborts, the result is what
 * `end` returns or throws; the work's own signal aborts, and a work that ignores it cannot delay the caller. Without work
 * this is an abortable wait; without time left nothing is begun.
 */
export function withDeadline<T>(
  ms: number,
  signal: AbortSignal | undefined,
  end: (late: boolean) => T,
  work?: (signal: AbortSignal) => Promise<T>,
  controller: AbortController = new AbortController(),
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cleanUp = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    };
    const stop = (late: unknown): void => {
      cleanUp();
      try {
        resolve(end(late === true));
      } catch (error) {
        reject(error);
      }
      controller.abort(late === true ? undefined : signal?.reason);
    };
    signal?.addEventListener("abort", stop);
    const over = signal?.aborted || ms < 0;
    const timer = over ? undefined : setTimeout(stop, ms, true);
    if (over) stop(ms < 0);
    else work?.(controller.signal).then(resolve, reject).then(cleanUp);
  });
}
