import type { Call } from "./call.ts";
import { withDeadline } from "./deadline.ts";
import { isConvoError, type ResponseHeaders } from "./errors.ts";
import { exchange } from "./exchange.ts";
import { classifyNetworkError } from "./network-error.ts";
import { emit } from "./observe.ts";
import type { FetchInit } from "./options.ts";
import { type RateLimit, readRateLimit } from "./rate-limit.ts";
import { safeCause } from "./redact.ts";
import { type ReceivedResponse, readData } from "./response.ts";

/** The response to a call, with what it took. */
export interface ApiResponse<T> {
  readonly data: T;
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly requestId?: string;
  /** HTTP requests started for this call. */
  readonly httpRequests: number;
  /** Where the vendor tells it. */
  readonly rateLimit?: RateLimit;
  /** The JSON text of `data`, where numbers have all their digits. Not enumerable. */
  readonly text: string;
}

const STREAM_TOOLS = { withDeadline, classifyNetworkError, isConvoError, safeCause };

/** Sends the request of a call once, with a key resolved for this attempt, and reads the response. */
export async function attempt(call: Call, signal: AbortSignal): Promise<ApiResponse<unknown>> {
  const { context, outgoing, body, options } = call;
  // Loaded before anything is sent: what cannot be read must not be asked for.
  const events = outgoing.streams ? await import("./event-stream.ts") : undefined;
  const endpoint = context.endpoints.resolve(options);
  call.baseUrl = endpoint.baseUrl;
  const headers: Record<string, string> = { ...endpoint.headers, ...outgoing.headers };
  if (events) headers.accept = "text/event-stream";
  if (body !== undefined && !outgoing.raw)
    headers["content-type"] ??= `application/${call.route.form ? "x-www-form-urlencoded" : "json"}`;
  if (options.idempotencyKey !== undefined)
    headers[context.vendor.idempotencyHeader as string] = options.idempotencyKey;
  if (endpoint.resolveKey) headers[context.vendor.auth.header.toLowerCase()] ??= await endpoint.resolveKey();
  call.headers = headers;
  stopIfAborted(signal);
  emit(call, "onRequest", () => ({}), typeof body === "string" ? body : undefined);
  // A listener may have aborted the call.
  stopIfAborted(signal);
  const init: FetchInit = {
    ...context.fetchOptions,
    ...options.fetchOptions,
    method: call.route.verb,
    headers,
    redirect: "manual",
    signal,
  };
  if (body !== undefined) init.body = body;
  const begun = performance.now();
  call.sent = true;
  call.started++;
  let received: ReceivedResponse;
  try {
    received = await exchange(call, endpoint.baseUrl + outgoing.url, init);
  } catch (error) {
    throw isConvoError(error) ? error : networkError(call, error);
  }
  // A fetch that ignores its signal may come back long after the call went on without it.
  stopIfAborted(signal);
  const { status, text } = received;
  const requestId = call.requestId(received.headers);
  emit(
    call,
    "onResponse",
    () => ({
      status,
      ...(requestId && { requestId: call.redact(requestId) }),
      ms: performance.now() - begun,
    }),
    text,
  );
  const data =
    events && received.reader
      ? events.createEventStream(call, received, STREAM_TOOLS)
      : readData(received, call);
  const rateLimit = context.vendor.rateLimit && readRateLimit(received.headers, context.vendor.rateLimit);
  const response = {
    data,
    status,
    headers: received.headers,
    ...(requestId && { requestId }),
    httpRequests: call.started,
    ...(rateLimit && { rateLimit }),
    text,
  };
  return Object.defineProperty(response, "text", { enumerable: false });
}

/** `signal.throwIfAborted()`, which React Native and the jsdom of jest 29 lack. */
function stopIfAborted({ aborted, reason }: AbortSignal): void {
  if (aborted) throw reason;
}

/** What a `fetch` threw, as a typed error. */
function networkError(call: Call, error: unknown): Error {
  const { text, unsent, tls, malformed } = classifyNetworkError(error);
  call.sent = !unsent;
  return call.createError(malformed ? "bad_response" : "network", `failed: ${text}`, undefined, {
    retryable: !tls && !malformed,
    cause: safeCause(error, call.secrets),
  });
}
