import type { CallOptions, ClientListener, ConvoError } from "@convo/client";
import type { Provider } from "../provider/provider.ts";
import type { HttpOptions } from "../types/update.ts";
import type { OperationEvent, StepEvent } from "./listener.ts";

/** One operation as it is watched, and what it has taken. */
export interface Watched {
  readonly provider: Provider;
  readonly id: string | number;
  readonly watch: unknown;
  /** On `performance.now()`'s clock. */
  readonly begun: number;
  round: number;
  /** Calls made: look-up, read, write, check. */
  requests: number;
  /** HTTP requests started for them. */
  attempts: number;
}

/** Does an operation, watched from its first breath to its last. */
export async function watching<T>(
  provider: Provider,
  id: string | number,
  operation: OperationEvent["operation"],
  work: (watched: Watched) => Promise<T>,
): Promise<T> {
  const { name, observe } = provider;
  const watch = observe && quietly(() => observe.start?.({ operation, provider: name, id }));
  const watched = { provider, id, watch, begun: performance.now(), round: 0, requests: 0, attempts: 0 };
  return measured([watched], operation, () => within([watched], () => work(watched)));
}

/** Does a step and tells of it. */
export async function measured<T>(
  watched: readonly Watched[],
  step: StepEvent["step"],
  work: () => Promise<T>,
): Promise<T> {
  const [first] = watched as [Watched];
  const [since, before] = [performance.now(), first.attempts];
  let error: unknown;
  try {
    return await work();
  } catch (thrown) {
    error = thrown;
    throw thrown;
  } finally {
    tell(watched, step, since, first.attempts - before, error);
  }
}

/** Tells of a step that ends now, and of the error it ends with. */
export function tell(
  watched: readonly Watched[],
  step: StepEvent["step"],
  since: number,
  attempts = 0,
  error?: unknown,
): void {
  const [{ provider, id, round }] = watched as [Watched];
  const { observe } = provider;
  if (!observe?.step) return;
  const { kind, outcome } = (error ?? {}) as Partial<ConvoError>;
  const facts: StepEvent = {
    step,
    provider: provider.name,
    id,
    ms: performance.now() - since,
    callers: watched.length,
    round,
    httpRequests: attempts,
    outcome: outcome ?? (error ? "error" : "ok"),
    ...(kind && { error: kind }),
  };
  quietly(() => observe.step?.(facts, watchesOf(watched)));
}

/** A call's options with the observer's listeners for one step. */
export function heard(watched: readonly Watched[], options: HttpOptions): CallOptions {
  const { observe } = (watched as [Watched])[0].provider;
  if (!observe?.hooks) return options;
  return { ...options, observe: quietly(() => observe.hooks?.(watchesOf(watched))) as ClientListener };
}

/** Does work in the context of those it is for, which the observer may provide. */
export function within<T>(watched: readonly Watched[], work: () => Promise<T>): Promise<T> {
  const { observe } = (watched as [Watched])[0].provider;
  if (!observe?.run) return work();
  let begun: Promise<T> | undefined;
  const once = (): Promise<T> => (begun ??= work());
  quietly(() => observe.run?.(watchesOf(watched), once));
  return once();
}

const watchesOf = (watched: readonly Watched[]): unknown[] => watched.map(({ watch }) => watch);

/** Calls a listener; nothing it does reaches the one who calls. */
function quietly<T>(listener: () => T): T | undefined {
  try {
    const said = listener();
    if (said instanceof Object) Promise.resolve(said).catch(() => {});
    return said;
  } catch {
    return undefined;
  }
}
