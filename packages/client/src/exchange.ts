/** One attempt on the wire: the request out, redirects, the response in. */
import type { Call } from "./call.ts";
import { loadPart } from "./load-part.ts";
import { classifyNetworkError } from "./network-error.ts";
import type { FetchInit, FetchResponse } from "./options.ts";
import { type BodyText, bodyReader, cancelBody, readBody } from "./read-body.ts";
import { parseUrl } from "./resolve-options.ts";
import { type ReceivedResponse, readData, toApiResponse } from "./response.ts";
import { readRequestId } from "./response-headers.ts";
import type { ApiResponse } from "./results.ts";

/** Bytes of an error body that are kept. */
const ERROR_BYTES = 65_536;

/** Sends the request of a call once, with a key resolved for this attempt, and reads the response. */
export async function attempt(call: Call, signal: AbortSignal): Promise<ApiResponse<unknown>> {
  const { context, outgoing, listeners, body } = call;
  // Loaded before anything is sent: what cannot be read must not be asked for.
  const events = outgoing.streams && (await loadPart(import("./event-stream.ts"), context.createError));
  const { resolveKey } = call.endpoint;
  call.headers = requestHeaders(call);
  if (resolveKey) call.headers[context.vendor.auth.header.toLowerCase()] ??= await resolveKey();
  stopIfAborted(signal);
  if (listeners.some(({ onRequest }) => onRequest)) {
    call.emit("onRequest", {}, typeof body === "string" ? body : undefined);
    // A listener may have aborted the call.
    stopIfAborted(signal);
  }
  const begun = performance.now();
  const response = await exchange(call, signal).catch((thrown: unknown) => {
    throw call.networkError(thrown);
  });
  // A fetch that ignores its signal may come back long after the call went on without it.
  stopIfAborted(signal);
  if (listeners.some(({ onResponse }) => onResponse)) {
    const ms = performance.now() - begun;
    const requestId = readRequestId(response.headers, context.vendor.requestId);
    const id = requestId && { requestId: call.redact(requestId) };
    call.emit("onResponse", { status: response.status, ms, ...id }, response.text);
  }
  const streamed = events && response.reader;
  const data = streamed ? events.createEventStream(call, response) : readData(response, call);
  return toApiResponse(data, response, call);
}

function requestHeaders({ context, endpoint, outgoing, body, options, route }: Call): Record<string, string> {
  const headers = { ...endpoint.headers };
  if (outgoing.streams) headers.accept = "text/event-stream";
  if (body !== undefined && !outgoing.raw)
    headers["content-type"] ??= `application/${route.form ? "x-www-form-urlencoded" : "json"}`;
  if (options.idempotencyKey !== undefined)
    headers[context.vendor.idempotencyHeader as string] = options.idempotencyKey;
  return headers;
}

/** `signal.throwIfAborted()`, which React Native and the jsdom of jest 29 lack. */
function stopIfAborted({ aborted, reason }: AbortSignal): void {
  if (aborted) throw reason;
}

/**
 * Sends one request and reads the whole response. A read may be redirected inside its origin, five times; a write never,
 * and nothing is ever sent to another origin.
 */
async function exchange(call: Call, signal: AbortSignal): Promise<ReceivedResponse> {
  const { context, outgoing, route, headers: own, body } = call;
  const init: FetchInit = {
    ...context.fetchOptions,
    ...call.options.fetchOptions,
    method: route.verb,
    headers: own,
    redirect: "manual",
    signal,
  };
  if (body !== undefined) init.body = body;
  // The runtime's is looked up at every call: polyfills and mocks come late.
  const fetch = outgoing.fetch ?? context.fetch ?? globalThis.fetch;
  if (fetch === undefined)
    throw call.error("invalid", "there is no fetch in this environment", "Pass fetch, or load a polyfill.");
  call.sent = true;
  call.httpRequests++;
  let url = call.endpoint.baseUrl + outgoing.url;
  for (let hops = 0; ; hops++) {
    const response = checkResponse(call, await fetch(url, init));
    const { status, headers } = response;
    const isRedirect = status > 299 && status < 400 && outgoing.redirect !== "manual";
    const location = isRedirect && headers.get("location");
    if (location || signal.aborted) cancelBody(response);
    if (!location) return readResponse(call, response, signal);
    const target = parseUrl(location, url);
    if (
      route.kind !== "read" ||
      outgoing.redirect === "error" ||
      hops > 4 ||
      target?.username !== "" ||
      target.origin !== new URL(url).origin
    ) {
      const message = `was redirected (${status}) to ${target?.origin ?? "nowhere"}: not followed`;
      throw call.error("bad_response", message, undefined, { status, headers });
    }
    url = target.href;
  }
}

/** Only a `fetch` of the caller's own returns anything else. */
function checkResponse(call: Call, response: FetchResponse | undefined): FetchResponse {
  if (Number.isInteger(response?.status) && typeof response?.headers?.get === "function") return response;
  throw call.error(
    "invalid",
    "got no response from the custom fetch",
    "It must return a status, headers with get(), and a body or text().",
  );
}

async function readResponse(
  call: Call,
  response: FetchResponse,
  { aborted }: AbortSignal,
): Promise<ReceivedResponse> {
  const { status, headers } = response;
  const isSuccess = status >= 200 && status < 300;
  // An attempt that was given up must not speak for the one that runs now.
  if (!aborted) call.head = { status, headers };
  if (
    call.outgoing.streams &&
    isSuccess &&
    /^text\/event-stream\b/i.test(headers.get("content-type") ?? "")
  ) {
    const reader = bodyReader(response);
    if (reader) return { status, headers, text: "", reader };
  }
  const limit = status < 300 ? call.settings.maxResponseBytes : ERROR_BYTES;
  const body = await readBody(response, limit, call).catch((thrown: unknown): BodyText => {
    if (status < 300) throw thrown;
    // The head decides what an error is; a body of it that cannot be read costs only the excerpt.
    return { text: "", fault: `a body that cannot be read: ${classifyNetworkError(thrown).text}` };
  });
  return { status, headers, ...body };
}
