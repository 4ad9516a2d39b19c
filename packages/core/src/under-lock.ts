import { isConvoError } from "@convo/client";
import { failure } from "./errors.ts";
import type { Provider } from "./provider.ts";

/**
 * Does work under the provider's lock, if it has one, and tells whether that was held from its beginning to its end.
 * Settles when the work is over, also where the lock gives up before.
 *
 * @throws ConvoError of kind `conflict` where the lock never let the work begin; else what the work throws
 */
export async function underLock<T>(
  provider: Provider,
  id: string | number,
  work: () => Promise<T>,
  signal: AbortSignal,
): Promise<{ done: T; held: boolean }> {
  const { lock } = provider.options;
  if (!lock) return { done: await work(), held: false };
  let begun: Promise<T> | undefined;
  let over = false;
  let cause: unknown;
  let held = true;
  const once = (): Promise<T> => {
    begun ??= work().finally(() => {
      over = true;
    });
    // It is looked at below, whatever the lock makes of it.
    begun.catch(() => {});
    return begun;
  };
  // A lock that never settles must not hold up the updates that come after those who gave up.
  const abandoned = new Promise((_, reject) => signal.addEventListener("abort", reject));
  try {
    await Promise.race([lock.withLock(JSON.stringify([provider.scope, id]), once, signal), abandoned]);
    held = over;
  } catch (error) {
    held = false;
    cause = error;
  }
  if (begun) return { done: await begun, held };
  if (isConvoError(cause)) throw cause;
  const what = "The lock of the conversation could not be had";
  throw failure(provider, "conflict", what, "Nothing was sent: try again.", { retryable: true, cause });
}
