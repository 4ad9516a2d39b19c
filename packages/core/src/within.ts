import type { CallOptions } from "@convo/client";
import { createError } from "./errors.ts";

/** What is left of an operation. */
export type TimeLeft = Pick<CallOptions, "signal" | "deadlineMs">;

/**
 * Waits for something of the caller's own, such as a schema or a key function, for as long as the operation may take.
 *
 * @throws ConvoError of kind `aborted` or `timeout`; else what it throws
 */
export function within<T>(
  provider: { readonly name: string },
  what: string,
  work: Promise<T>,
  { signal, deadlineMs }: TimeLeft,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort = (): void => {};
  const settled = new Promise<T>((resolve, reject) => {
    const end = (kind: "aborted" | "timeout", why: string): void =>
      reject(createError(provider, kind, `The call ${why} while it waited for ${what}`));
    abort = () => end("aborted", "was aborted");
    if (deadlineMs !== undefined)
      timer = setTimeout(() => end("timeout", "was not done in time (deadlineMs)"), deadlineMs);
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
    work.then(resolve, reject);
  });
  return settled.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  });
}
