import type { Call } from "./call.ts";
import { type ConvoError, clip, type ErrorKind, quote } from "./errors.ts";
import type { ReceivedResponse } from "./read-body.ts";
import { readRateLimit, readRequestId, retryAfterMs } from "./response-headers.ts";
import type { ApiResponse } from "./results.ts";

const KINDS: Record<number, ErrorKind> = {
  401: "auth",
  402: "permission",
  403: "permission",
  404: "not_found",
  405: "unsupported",
  408: "timeout",
  409: "conflict",
  410: "not_found",
  412: "conflict",
  423: "conflict",
  429: "rate_limited",
};

/** The data of a success. Throws kind `bad_response`, or the kind of the status, for any other response. */
export function readData(response: ReceivedResponse, call: Call): unknown {
  const { status, headers, text, bytes, fault, hint } = response;
  const { verb, kind, scalar, empty, known } = call.route;
  if (status < 200 || status > 299) throw refusal(response, call);
  if (call.outgoing.raw && (bytes || !fault)) return bytes ?? text;
  if (call.outgoing.streams) throw unexpected(response, call, "no stream of events");
  const blank = !text.trim();
  if (blank && !fault && (kind === "delete" || verb === "HEAD" || empty || (!known && status === 204)))
    return undefined;
  const type = headers.get("content-type") ?? "";
  const data = parse(text);
  const isObject = Object(data) === data;
  const whole = scalar ? data !== undefined : isObject;
  if (fault || !whole || !/^$|[/+]json\b/i.test(type)) {
    const problem = fault ?? (blank ? "an empty body" : `no JSON object (${clip(type, 100) || "no type"})`);
    throw unexpected(response, call, problem, hint);
  }
  if (isObject) checkShape(data as object, response, call);
  return data;
}

/** A success: its data, and what more there is to tell of it for whoever asks. */
export interface Success {
  readonly data: unknown;
  readonly response: ReceivedResponse;
  readonly call: Call;
  /** When it was received, on `Date.now()`'s clock. */
  readonly at: number;
}

/** The data with all else that a success tells. Most calls need none of it, and reading five headers costs them. */
export function toApiResponse({ data, response: received, call, at }: Success): ApiResponse<unknown> {
  const { status, headers, text } = received;
  const { httpRequests, context } = call;
  const { requestId: idHeaders, rateLimit: limitHeaders } = context.vendor;
  const requestId = readRequestId(headers, idHeaders);
  const rateLimit = limitHeaders && readRateLimit(headers, limitHeaders, at);
  const response = {
    data,
    status,
    headers,
    ...(requestId && { requestId }),
    httpRequests,
    ...(rateLimit && { rateLimit }),
  } as ApiResponse<unknown>;
  return Object.defineProperty(response, "text", { value: text });
}

/** The spec says an object with these fields; a gateway may say 200 and mean an error. */
function checkShape(data: object, response: ReceivedResponse, call: Call): void {
  const { page, kind, required = [] } = call.route;
  const isArray = Array.isArray(data);
  const missing = isArray ? required : required.filter((name) => !Object.hasOwn(data, name));
  const failed = (data as { error?: unknown }).error != null;
  const isList = isArray || !page || page.items !== undefined;
  // No vendor tells of an error of what is gone, so this is one of the delete.
  if (!missing.length && isList && !(failed && kind === "delete")) return;
  if (failed) throw refusal(response, call);
  const without = missing.length ? ` without ${missing.join(", ")}` : "";
  throw unexpected(response, call, isArray ? "an array" : `an object${without}`);
}

/** A success that is not what the spec says. */
function unexpected(
  { status, headers, text }: ReceivedResponse,
  call: Call,
  problem: string,
  hint?: string,
): ConvoError {
  const message = `was answered ${status} with ${problem}: ${quote(call.redact(text))}`;
  return call.error("bad_response", message, hint, { status, headers });
}

/** The error that a response stands for, with the vendor's own words. */
export function refusal({ status, headers, text, fault }: ReceivedResponse, call: Call): ConvoError {
  const { body, excerpt } = call.readError(text);
  const { error, retryable, code: ownCode, type } = Object(body);
  const codes = [error?.code, error?.type, error?.status, ownCode, type, error];
  const documented = Object.entries(call.context.vendor.errors ?? {});
  const known = documented.find(([code]) => codes.includes(code))?.[1];
  // What a gateway answers with 200 has its status in the body, if anywhere.
  const told = status < 300 && codes.map(Number).find((code) => code > 399 && code < 600);
  const code = told || status;
  const kind = known?.kind ?? kindOf(code);
  const final = headers.get("x-should-retry") === "false" || retryable === false;
  // The vendor says that it has certainly not done it.
  if (known?.retryable) call.sent = false;
  return call.error(kind, `was answered ${status}: ${fault && !text ? fault : excerpt}`, undefined, {
    status,
    headers,
    body,
    retryAfterMs: retryAfterMs(headers),
    retryable: known?.retryable ?? (!final && (code === 408 || code === 429 || code > 499)),
  });
}

const kindOf = (status: number): ErrorKind =>
  KINDS[status] ?? (status > 499 ? "server" : status > 399 ? "invalid" : "bad_response");

/** Every answer comes by here: a function of its own for each would cost more than what it does. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
