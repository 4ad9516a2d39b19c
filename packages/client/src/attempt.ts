import { type Answer, interpret } from "./answer.ts";
import type { Call } from "./call.ts";
import { isConvoError, type ResponseHeaders } from "./errors.ts";
import { exchange } from "./exchange.ts";
import { emit } from "./hooks.ts";
import { safeCause } from "./key.ts";
import { explain } from "./network.ts";
import type { FetchInit } from "./options.ts";

/** The answer to a call, with what it took. */
export interface Reply<T> {
  readonly data: T;
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly requestId?: string;
  /** Requests that were started for this call. */
  readonly attempts: number;
  /** The JSON text of `data`, where numbers have all their digits. Not enumerable. */
  readonly text: string;
}

/** Sends the request of a call once, with a key resolved for this attempt, and reads the answer. */
export async function attempt(call: Call, signal: AbortSignal): Promise<Reply<unknown>> {
  const { url, body } = call.out;
  const { baseUrl, headers: common, header, key } = call.context.target();
  call.baseUrl = baseUrl;
  const headers: Record<string, string> = { ...common, ...call.settings.headers, ...call.out.headers };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (key) headers[header] ??= await key();
  call.headers = headers;
  signal.throwIfAborted();
  emit(call, "onRequest", () => call.event(body));
  const init: FetchInit = { method: call.plan.verb, headers, redirect: "manual", signal };
  if (body !== undefined) init.body = body;
  const begun = performance.now();
  call.sent = true;
  let answer: Answer;
  try {
    answer = await exchange(call, baseUrl + url, init);
  } catch (error) {
    throw isConvoError(error) ? error : unanswered(call, error);
  }
  // A fetch that does not heed its signal may come back long after the call went on without it.
  signal.throwIfAborted();
  const { status, text, headers: received } = answer;
  const requestId = call.requestId(received);
  const found = requestId ? { status, requestId } : { status };
  emit(call, "onResponse", () => ({
    ...call.event(text),
    ...found,
    ...(requestId && { requestId: call.clean(requestId) }),
    ms: performance.now() - begun,
  }));
  const data = interpret(answer, call);
  const reply = Object.assign(found, { data, headers: received, attempts: call.attempt, text });
  return Object.defineProperty(reply, "text", { enumerable: false });
}

/** What a `fetch` threw, as a typed error. */
function unanswered(call: Call, error: unknown): Error {
  const { text, unsent, tls, garbage } = explain(error);
  call.sent = !unsent;
  return call.fail(garbage ? "bad_response" : "network", `failed: ${text}`, undefined, {
    retryable: !tls && !garbage,
    cause: safeCause(error, call.secrets),
  });
}
