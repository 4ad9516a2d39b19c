/** One attempt on the wire: the request out, redirects, the response in. */
import type { Call } from "./call.ts";
import { loadPart } from "./load-part.ts";
import type { BodyReader, Fetch, FetchInit, FetchResponse } from "./options.ts";
import {
  bodyReader,
  cancelBody,
  noResponse,
  type ReceivedResponse,
  type ResponseHead,
  readBody,
} from "./read-body.ts";
import { parseUrl } from "./resolve-options.ts";
import { readData, type Success } from "./response.ts";
import { readRequestId } from "./response-headers.ts";

/** Sends the request of a call once, with a key resolved for this attempt, and reads the response. */
export async function attempt(call: Call, signal: AbortSignal): Promise<Success> {
  const { context, outgoing, listeners, body } = call;
  // Loaded before anything is sent: what cannot be read must not be asked for.
  const events = outgoing.streams && (await loadPart(import("./event-stream.ts"), context.createError));
  const { resolveKey } = call.endpoint;
  call.headers = requestHeaders(call);
  if (resolveKey) call.headers[context.endpoints.keyHeader] ??= await resolveKey();
  stopIfAborted(signal);
  call.emit("onRequest", {}, typeof body === "string" ? body : undefined);
  // A listener may have aborted the call.
  stopIfAborted(signal);
  const begun = performance.now();
  let response: ReceivedResponse;
  try {
    const init = requestInit(call, signal);
    const fetch = fetchOf(call);
    call.sent = true;
    let url: string | undefined = call.endpoint.baseUrl + outgoing.url;
    let head: ResponseHead;
    let hops = 0;
    do {
      call.httpRequests++;
      head = readHead(call, await fetch(url, init));
      url = redirectTarget(call, head, url, hops++, signal);
    } while (url);
    call.head = head;
    const reader = openStream(call, head);
    response = reader ? { ...head, text: "", reader } : await readBody(head, call);
  } catch (thrown) {
    throw call.networkError(thrown);
  }
  stopIfAborted(signal);
  // Not where nobody asks for it: what it tells has to be redacted first.
  if (listeners.some(({ onResponse }) => onResponse)) {
    const ms = performance.now() - begun;
    const requestId = readRequestId(response.headers, context.vendor.requestId);
    const id = requestId && { requestId: call.redact(requestId) };
    call.emit("onResponse", { status: response.status, ms, ...id }, response.text);
  }
  const streamed = events && response.reader;
  const data = streamed ? events.createEventStream(call, response) : readData(response, call);
  return { data, response, call, at: Date.now() };
}

function requestHeaders({ context, endpoint, outgoing, body, options, route }: Call): Record<string, string> {
  const headers = { ...endpoint.headers };
  if (outgoing.streams) headers.accept = "text/event-stream";
  if (body !== undefined && !outgoing.raw)
    headers["content-type"] ??=
      route.contentType ?? `application/${route.form ? "x-www-form-urlencoded" : "json"}`;
  if (options.idempotencyKey !== undefined)
    headers[context.vendor.idempotencyHeader as string] = options.idempotencyKey;
  return headers;
}

/** `signal.throwIfAborted()`, which React Native and the jsdom of jest 29 lack. */
function stopIfAborted({ aborted, reason }: AbortSignal): void {
  if (aborted) throw reason;
}

function requestInit({ context, options, route, headers, body }: Call, signal: AbortSignal): FetchInit {
  const init: FetchInit = {
    ...context.fetchOptions,
    ...options.fetchOptions,
    method: route.verb,
    headers,
    redirect: "manual",
    signal,
  };
  if (body !== undefined) init.body = body;
  return init;
}

/** The runtime's is looked up at every call: polyfills and mocks come late. */
function fetchOf(call: Call): Fetch {
  const fetch = call.outgoing.fetch ?? call.context.fetch ?? globalThis.fetch;
  if (fetch !== undefined) return fetch;
  throw call.error("invalid", "there is no fetch in this environment", "Pass fetch, or load a polyfill.");
}

/**
 * Where a response sends the request on, if it does. A read may be redirected inside its origin, five times; a write never, and
 * nothing is ever sent to another origin.
 */
function redirectTarget(
  call: Call,
  head: ResponseHead,
  url: string,
  hops: number,
  signal: AbortSignal,
): string | undefined {
  const { status, headers, source } = head;
  const { redirect } = call.outgoing;
  const location = status > 299 && status < 400 && redirect !== "manual" && headers.get("location");
  if (location || signal.aborted) void cancelBody(bodyReader(source));
  // A fetch that ignores its signal may come back long after the call went on without it.
  stopIfAborted(signal);
  if (!location) return undefined;
  const target = parseUrl(location, url);
  if (
    call.route.kind === "read" &&
    redirect !== "error" &&
    hops < 5 &&
    target?.username === "" &&
    target.origin === new URL(url).origin
  )
    return target.href;
  const message = `was redirected (${status}) to ${target?.origin ?? "nowhere"}: not followed`;
  throw call.error("bad_response", message, undefined, { status, headers });
}

/** Each member of a `Response` is read once: its getters check what they are called on. */
function readHead(call: Call, source: FetchResponse | undefined): ResponseHead {
  const { status, headers } = source ?? {};
  if (source && Number.isInteger(status) && typeof headers?.get === "function")
    return { status: status as number, headers, source };
  throw noResponse(call);
}

/** The reader of a success that is a stream of events, where one was asked for. */
function openStream({ outgoing }: Call, { status, headers, source }: ResponseHead): BodyReader | undefined {
  if (!outgoing.streams || status > 299 || !/^text\/event-stream\b/i.test(headers.get("content-type") ?? ""))
    return undefined;
  return bodyReader(source);
}
