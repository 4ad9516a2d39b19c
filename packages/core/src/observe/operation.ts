import type { CallOptions, ClientListener, ConvoError } from "@convo/client";
import type { Listener, OperationEvent, StepEvent } from "./listener.ts";

/** One operation of a caller, and what it has taken so far. */
export interface OperationContext {
  /** The vendor's name. */
  readonly vendor: string;
  readonly id: string | number;
  readonly listener: Listener | undefined;
  /** Whether the client tells the listener of its requests by itself. */
  readonly clientListens: boolean;
  /** What the listener calls the operation. */
  readonly span: unknown;
  /** On `performance.now()`'s clock. */
  readonly startedAt: number;
  /** Writes so far. */
  writes: number;
  /** Client calls: look-up, read, write, read-back. */
  calls: number;
  /** HTTP requests started for them. */
  httpRequests: number;
}

/** What is observed: a vendor, by a listener of its own or by that of `createConvo`. */
interface Observed {
  readonly name: string;
  readonly observe?: Listener;
  readonly options: { readonly observe?: ClientListener | undefined };
}

/**
 * Starts an operation and runs it in its listener's context, and reports its end. Without a listener it is the work alone. Rejects also
 * with what the work throws before it returns.
 */
export function runOperation<T>(
  { name: vendor, observe: listener, options }: Observed,
  id: string | number,
  name: OperationEvent["operation"],
  work: (operation: OperationContext) => Promise<T>,
): Promise<T> {
  const clientListens = listener === options.observe;
  const span =
    listener && swallowErrors(() => listener.onOperation?.({ operation: name, provider: vendor, id }));
  const startedAt = performance.now();
  const operation = {
    vendor,
    id,
    listener,
    clientListens,
    span,
    startedAt,
    writes: 0,
    calls: 0,
    httpRequests: 0,
  };
  if (!listener) return startNow(operation, work);
  let begun: Promise<T> | undefined;
  const once = (): Promise<T> => (begun ??= reported(operation, name, () => work(operation)));
  if (listener.runInContext) swallowErrors(() => listener.runInContext?.(span, once));
  return once();
}

function startNow<T>(
  operation: OperationContext,
  work: (operation: OperationContext) => Promise<T>,
): Promise<T> {
  try {
    return work(operation);
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Does part of an operation on a conversation with another id, counted with the rest. */
export async function withId<T>(
  operation: OperationContext,
  id: string | number,
  work: (operation: OperationContext) => Promise<T>,
): Promise<T> {
  const part = { ...operation, id };
  try {
    return await work(part);
  } finally {
    const { writes, calls, httpRequests } = part;
    Object.assign(operation, { writes, calls, httpRequests });
  }
}

async function reported<T>(
  operation: OperationContext,
  name: OperationEvent["operation"],
  work: () => Promise<T>,
): Promise<T> {
  let error: unknown;
  try {
    return await work();
  } catch (thrown) {
    error = thrown;
    throw thrown;
  } finally {
    emitStep([operation], name, operation.startedAt, operation.httpRequests, error);
  }
}

/** Reports a step that ends now, and the error it ends with. */
export function emitStep(
  operations: readonly OperationContext[],
  step: StepEvent["step"],
  since: number,
  httpRequests = 0,
  error?: unknown,
): void {
  const [{ vendor, id, writes, listener }] = operations as readonly [OperationContext];
  if (!listener?.onStep) return;
  const { kind, outcome } = (error ?? {}) as Partial<ConvoError>;
  const facts: StepEvent = {
    step,
    provider: vendor,
    id,
    ms: performance.now() - since,
    callers: operations.length,
    round: writes,
    httpRequests,
    outcome: outcome ?? (error ? "error" : "ok"),
    ...(kind && { error: kind }),
  };
  const spans = operations.map(({ span }) => span);
  swallowErrors(() => listener.onStep?.(facts, spans));
}

/** A call's options with what listens to its HTTP requests, besides what they have already. */
export function listenTo(operations: readonly OperationContext[], options: CallOptions): CallOptions {
  const [{ listener, clientListens }] = operations as readonly [OperationContext];
  if (!listener) return options;
  const { forRequests, onRequest, onResponse, onRetry, onError } = listener;
  const spans = operations.map(({ span }) => span);
  const told = forRequests
    ? swallowErrors(() => forRequests.call(listener, spans))
    : !clientListens && (onRequest ?? onResponse ?? onRetry ?? onError) && listener;
  if (!told) return options;
  const own = options.observe;
  const observe: ClientListener = {
    bodies: told.bodies,
    onRequest: (event) => told.onRequest?.(event),
    onResponse: (event) => told.onResponse?.(event),
    onRetry(event) {
      own?.onRetry?.(event);
      return told.onRetry?.(event);
    },
    onError(event) {
      own?.onError?.(event);
      return told.onError?.(event);
    },
  };
  return { ...options, observe };
}

/** Calls a listener; nothing it does reaches the one who calls. */
function swallowErrors<T>(listener: () => T): T | undefined {
  try {
    const result = listener();
    if (result instanceof Object) Promise.resolve(result).catch(() => {});
    return result;
  } catch {
    return undefined;
  }
}
