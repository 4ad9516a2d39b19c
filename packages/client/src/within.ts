/**
 * Runs `work` for at most `ms`. When the time is over the result is what `late` returns or throws; when `signal` aborts,
 * what `stopped` throws. Either way the work's own signal aborts, and a work that ignores it cannot delay the caller.
 * Without work this is an abortable wait.
 */
export function within<T>(
  ms: number,
  signal: AbortSignal | undefined,
  late: () => T,
  stopped: () => never,
  work?: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const settle = (result: () => T): void => {
      done();
      try {
        resolve(result());
      } catch (error) {
        reject(error);
      }
      controller.abort();
    };
    const onAbort = (): void => settle(stopped);
    const timer = setTimeout(settle, ms, late);
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
    signal?.addEventListener("abort", onAbort);
    if (signal?.aborted) return onAbort();
    work?.(controller.signal).finally(done).then(resolve, reject);
  });
}
