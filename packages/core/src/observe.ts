import type { CallOptions, ConvoError, ErrorKind, Hooks } from "@convo/client";
import type { HttpOptions } from "./changes.ts";
import type { Provider } from "./provider.ts";

/** What a caller asked for. */
export interface Operation {
  readonly operation: "update" | "get" | "plan";
  /** The vendor's name. */
  readonly provider: string;
  /** The conversation's id as the caller gave it. */
  readonly id: string | number;
}

/** One step of an operation, told when it is over. It holds no metadata, no other content and no secret. */
export interface Step {
  /**
   * `lookup`: finding the id that the path takes. `queue`: waiting for earlier updates of the conversation. `lock`: waiting for the lock.
   * `read`, `merge`, `write`, and `verify`, the read after a write. `wait`: letting a slower writer or a failing vendor be done. `retry`:
   * the write was lost and is made anew. Last of all the whole: `update`, `get`, `plan`.
   */
  readonly step:
    | ("lookup" | "queue" | "lock" | "read" | "merge" | "write" | "verify" | "wait" | "retry")
    | Operation["operation"];
  /** The vendor's name. */
  readonly provider: string;
  /** The id as the caller gave it, the first of those who share the step. */
  readonly id: string | number;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** How many callers' changes it was for. */
  readonly callers: number;
  /** Writes so far, its own included: 0 up to the first, then 1; more after a `retry`. */
  readonly round: number;
  /** HTTP requests that were started for it, retries included. */
  readonly attempts: number;
  /** `unknown`: the write may have been applied or not. */
  readonly outcome: "ok" | "error" | "unknown";
  /** What went wrong, if it was a `ConvoError`. */
  readonly error?: ErrorKind;
}

/**
 * Watches what is done: `observe: { step: console.log }`. All of it is optional; what it throws or rejects with is ignored.
 * `@convo/core/otel` makes one for OpenTelemetry.
 */
export interface Observer<Watch = unknown> {
  /** An operation begins; called at once, in the caller's own context. What it returns stands for the operation in the other calls. */
  start?(operation: Operation): Watch;
  /** A step is over. `watches` are those it was for: updates of one conversation that wait for each other share one write. */
  step?(step: Step, watches: readonly Watch[]): unknown;
  /** Listeners to the HTTP requests of one step, besides the client's own. */
  hooks?(watches: readonly Watch[]): Hooks;
  /** Surrounds the work: calls it at once, in the context that belongs to these. */
  run?(watches: readonly Watch[], work: () => Promise<unknown>): unknown;
}

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
  operation: Operation["operation"],
  work: (watched: Watched) => Promise<T>,
): Promise<T> {
  const { name, observe } = provider;
  const watch = observe && quietly(() => observe.start?.({ operation, provider: name, id }));
  const watched = { provider, id, watch, begun: performance.now(), round: 0, requests: 0, attempts: 0 };
  return measured([watched], operation, () => within([watched], () => work(watched)));
}

/** Does a step and tells of it. */
export function measured<T>(
  watched: readonly Watched[],
  step: Step["step"],
  work: () => Promise<T>,
): Promise<T> {
  const [first] = watched as [Watched];
  return first.provider.observe?.step ? told(watched, first, step, work) : work();
}

async function told<T>(
  watched: readonly Watched[],
  first: Watched,
  step: Step["step"],
  work: () => Promise<T>,
): Promise<T> {
  const [since, before] = [performance.now(), first.attempts];
  try {
    const done = await work();
    tell(watched, step, since, first.attempts - before);
    return done;
  } catch (error) {
    tell(watched, step, since, first.attempts - before, error);
    throw error;
  }
}

/** Tells of a step that ends now, and of the error it ends with. */
export function tell(
  watched: readonly Watched[],
  step: Step["step"],
  since: number,
  attempts = 0,
  error?: unknown,
): void {
  const [{ provider, id, round }] = watched as [Watched];
  const { observe } = provider;
  if (!observe?.step) return;
  const { kind, outcome } = (error ?? {}) as Partial<ConvoError>;
  const facts: Step = {
    step,
    provider: provider.name,
    id,
    ms: performance.now() - since,
    callers: watched.length,
    round,
    attempts,
    outcome: outcome ?? (error ? "error" : "ok"),
    ...(kind && { error: kind }),
  };
  quietly(() => observe.step?.(facts, watchesOf(watched)));
}

/** A call's options with the observer's listeners for one step. */
export function heard(watched: readonly Watched[], options: HttpOptions): CallOptions {
  const { observe } = (watched as [Watched])[0].provider;
  if (!observe?.hooks) return options;
  return { ...options, hooks: quietly(() => observe.hooks?.(watchesOf(watched))) as Hooks };
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
