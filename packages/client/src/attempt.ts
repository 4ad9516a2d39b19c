import { type Answer, interpret } from "./answer.ts";
import type { Call, Context } from "./call.ts";
import { isConvoError, type ResponseHeaders } from "./errors.ts";
import { exchange } from "./exchange.ts";
import { emit } from "./hooks.ts";
import { safeCause } from "./key.ts";
import { explain } from "./network.ts";
import type { FetchInit } from "./options.ts";
import type { Settings } from "./settings.ts";

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
export type Delivery = Reply<unknown> & { readonly text: string };

const SECRET_HEADER = /auth|key|token|secret|password|cookie/;

/** Sends the request of a call once, with a key resolved for this attempt, and reads the answer. */
export async function attempt(
  context: Context,
  call: Call,
  settings: Settings,
  signal: AbortSignal,
): Promise<Delivery> {
  const { hooks, fetch } = context;
  const { out, fail } = call;
  const { body, kind, route } = out;
  const headers = await authorize(context, call, settings);
  if (signal.aborted) throw signal.reason;
  emit(hooks.onRequest, () => call.event(body));
  const init: FetchInit = { method: route.split(" ")[0] as string, headers, redirect: "manual", signal };
  if (body !== undefined) init.body = body;
  const start = performance.now();
  call.sent = true;
  let answer: Answer;
  try {
    answer = await exchange(
      fetch,
      context.target().baseUrl + out.url,
      init,
      kind,
      settings.maxResponseBytes,
      fail,
    );
  } catch (error) {
    throw isConvoError(error) ? error : unanswered(call, error);
  }
  const { status, headers: received, text } = answer;
  const requestId = call.requestId(received);
  const found = { status, ...(requestId && { requestId }) };
  const ms = performance.now() - start;
  emit(hooks.onResponse, () => ({ ...call.event(text), ...found, ms }));
  return {
    ...found,
    data: interpret(answer, kind, fail, call.clean),
    headers: received,
    attempts: call.attempt,
    text,
  };
}

/** The headers of one attempt; whatever may be a credential is noted as a secret. */
async function authorize(
  { vendor, target }: Context,
  call: Call,
  settings: Settings,
): Promise<Record<string, string>> {
  const { headers: common, key } = target();
  const headers: Record<string, string> = { ...common, ...settings.headers, ...call.out.headers };
  for (const name in headers) if (SECRET_HEADER.test(name)) call.secrets.add(headers[name] as string);
  const name = vendor.auth.header.toLowerCase();
  const secret = headers[name] === undefined ? await key() : null;
  if (secret !== null) {
    call.secrets.add(secret);
    headers[name] = vendor.auth.prefix + secret;
  }
  return headers;
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
