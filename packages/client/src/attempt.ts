import { type Answer, interpret } from "./answer.ts";
import type { Call } from "./call.ts";
import { type Fail, isConvoError, type ResponseHeaders } from "./errors.ts";
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
}

/** A reply and the text it came as. */
export interface Delivery {
  readonly reply: Reply<unknown>;
  readonly text: string;
}

/** Sends the request of a call once, with a key resolved for this attempt, and reads the answer. */
export async function attempt(call: Call, signal: AbortSignal): Promise<Delivery> {
  const { out, settings, fail } = call;
  const { fetch, vendor, target } = call.context;
  call.target = target();
  const { baseUrl, headers: common, key } = call.target;
  const headers = { ...common, ...settings.headers, ...out.headers };
  const name = vendor.auth.header.toLowerCase();
  if (key && headers[name] === undefined) {
    call.key = await resolve(key, fail);
    headers[name] = vendor.auth.prefix + call.key;
  }
  signal.throwIfAborted();
  emit(call, "onRequest", () => call.event(out.body));
  const init: FetchInit = { method: out.route.split(" ")[0] as string, headers, redirect: "manual", signal };
  if (out.body !== undefined) init.body = out.body;
  const start = performance.now();
  call.sent = true;
  let answer: Answer;
  try {
    answer = await exchange(fetch, baseUrl + out.url, init, out.kind, settings.maxResponseBytes, fail);
  } catch (error) {
    throw isConvoError(error) ? error : unanswered(call, error);
  }
  // A fetch that does not heed its signal may come back long after the call went on without it.
  signal.throwIfAborted();
  const { status, headers: received, text } = answer;
  const requestId = call.requestId(received);
  const found = { status, ...(requestId && { requestId }) };
  emit(call, "onResponse", () => ({ ...call.event(text), ...found, ms: performance.now() - start }));
  const data = interpret(answer, out, fail, call);
  return { reply: { ...found, data, headers: received, attempts: call.attempt }, text };
}

/** Asks the caller's function for the key. */
async function resolve(key: () => Promise<string>, fail: Fail): Promise<string> {
  try {
    return await key();
  } catch (error) {
    if (isConvoError(error)) throw error;
    throw fail("auth", "has no key: the apiKey function failed", "See the cause.", {
      cause: safeCause(error, []),
    });
  }
}

/** What a `fetch` threw, as a typed error. */
function unanswered(call: Call, error: unknown): Error {
  const { text, unsent, tls, garbage } = explain(error);
  call.sent = !unsent;
  return call.fail(
    garbage ? "bad_response" : "network",
    `failed: ${call.clean(text)}`,
    "Check network and baseUrl.",
    {
      retryable: !tls && !garbage,
      cause: safeCause(error, call.secrets),
    },
  );
}
