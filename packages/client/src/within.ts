/**
 * Runs `work` for at most `ms`. When the time is over (`late`), or when `signal` aborts, the result is what `end` returns
 * or throws; the work's own signal aborts, and a work that ignores it cannot delay the caller. Without work this is an
 * abortable wait; without time left nothing is begun.
 */
export function within<T>(
  ms: number,
  signal: AbortSignal | undefined,
  end: (late: boolean) => T,
  work?: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    };
    const stop = (late: unknown): void => {
      done();
      try {
        resolve(end(late === true));
      } catch (error) {
        reject(error);
      }
      controller.abort();
    };
    const timer = setTimeout(stop, ms, true);
    signal?.addEventListener("abort", stop);
    if (signal?.aborted || ms < 0) stop(ms < 0);
    else work?.(controller.signal).then(resolve, reject).then(done);
  });
}
