import type { Job } from "./job.ts";

/** How long a write that has left is given to be answered when no caller waits for it any more, in milliseconds. */
export const GRACE_MS = 2000;

/** Ends the requests of a batch when no caller waits for them any more. */
export interface Abandon {
  /** Of a batch whose write is out: aborted only when that has been answered, or its moment is over. */
  readonly signal: AbortSignal;
  /**
   * Makes a write. Once it has left it cannot be taken back, and is given a moment to be answered though nobody waits:
   * the next update of the conversation is made on top of it then, instead of being undone by it.
   */
  writing<T>(work: () => Promise<T>): Promise<T>;
}

/** What ends the requests of these jobs. */
export function abandoning(jobs: readonly Job[]): Abandon {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let out = false;
  const drop = (): void => {
    if (!jobs.every(({ done }) => done)) return;
    if (out) timer ??= setTimeout(() => controller.abort(), GRACE_MS);
    else controller.abort();
  };
  for (const job of jobs) job.onDrop = drop;
  return {
    signal: controller.signal,
    async writing(work) {
      out = true;
      try {
        return await work();
      } finally {
        out = false;
        clearTimeout(timer);
        drop();
      }
    },
  };
}
