/** One call while it runs: what is known of it, its clock, its errors and its events. */
import type { Endpoint, Endpoints } from "./endpoint.ts";
import {
  ConvoError,
  type CreateError,
  clip,
  type ErrorDetails,
  type ErrorKind,
  HINTS,
  isConvoError,
  quote,
  type ResponseHeaders,
} from "./errors.ts";
import { classifyNetworkError } from "./network-error.ts";
import type { CallEvent, ClientListener, EventName, EventOf } from "./observe.ts";
import type { CallOptions, Fetch, Settings } from "./options.ts";
import { isCredential, redact, redactJson, safeCause, secretParts } from "./redact.ts";
import type { Body, Outgoing, ParsedRoute } from "./request.ts";
import type { Checked } from "./resolve-options.ts";
import { readRequestId } from "./response-headers.ts";
import { safely } from "./safely.ts";
import type { Vendor } from "./vendor.ts";

/** What all calls of one client share. */
export interface Context {
  readonly vendor: Vendor;
  readonly settings: Settings;
  readonly endpoints: Endpoints;
  /** The runtime's own where there is none. */
  readonly fetch: Fetch | undefined;
  readonly fetchOptions: object | undefined;
  readonly observe: ClientListener | undefined;
  /**
   * Successes less retries, at most 70. At -30 there are no more retries, so that in an outage they stop soon (60 failing calls of a
   * new client cause at most 90 requests) while single faults in healthy traffic are always repaired.
   */
  credit: number;
  readonly createError: CreateError;
}

const NOWHERE: Endpoint = { baseUrl: "", headers: {}, resolveKey: undefined };

export class Call {
  readonly context: Context;
  readonly route: ParsedRoute;
  /** On `performance.now()`'s clock. */
  readonly begun: number = performance.now();
  /** The options of this call alone, once they are checked. */
  options: Checked<CallOptions> = {};
  settings: Settings;
  /** Who receives the events of this call: the client's listener, then its own, before its options are checked too. */
  listeners: readonly ClientListener[];
  /** Where it goes; nowhere until the options could be followed. */
  endpoint: Endpoint = NOWHERE;
  /** Empty until it could be prepared. */
  outgoing: Outgoing = { url: "" };
  /** The body of this attempt. */
  body: Body;
  /** What this attempt sends, the key among it. */
  headers: Record<string, string> = {};
  /** 0 before the first attempt. */
  attempt = 0;
  /** Failed attempts that count against `maxRetries`. */
  tries = 0;
  /** HTTP requests so far: an attempt may end before its own. */
  httpRequests = 0;
  waitedMs = 0;
  /** Whether the request of this attempt may have left. */
  sent = false;
  /** Whether this or an earlier attempt of a write may have been applied. */
  unknown = false;
  /** Status and headers of this attempt, as soon as they are there. */
  head: { readonly status: number; readonly headers: ResponseHeaders } | undefined;

  constructor(context: Context, route: ParsedRoute) {
    this.context = context;
    this.route = route;
    this.settings = context.settings;
    this.listeners = context.observe ? [context.observe] : [];
  }

  /**
   * Runs `work` for at most `ms` milliseconds. When the time is over (`late`), or when the caller's signal aborts, the result
   * is what `end` returns or throws; the controller, whose signal is the work's, aborts, and a work that ignores it cannot
   * delay the caller. Without work this is a wait; without time left nothing is begun.
   */
  within<T>(
    ms: number,
    end: (late: boolean) => T,
    work?: (signal: AbortSignal) => Promise<T>,
    controller: AbortController = new AbortController(),
  ): Promise<T> {
    const { signal } = this.options;
    return new Promise((resolve, reject) => {
      const cleanUp = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", stop);
      };
      const stop = (late: unknown): void => {
        cleanUp();
        // From here on nothing that the work does can count any more.
        resolve((async () => end(late === true))());
        controller.abort(late === true ? undefined : signal?.reason);
      };
      signal?.addEventListener("abort", stop);
      const over = signal?.aborted || ms < 0;
      // Fractions are cut off by Node: it would end before its time.
      const timer = over ? undefined : setTimeout(stop, Math.ceil(ms), true);
      if (over) return stop(ms < 0);
      work?.(controller.signal).then(
        (value) => {
          cleanUp();
          resolve(value);
        },
        (thrown) => {
          cleanUp();
          reject(thrown);
        },
      );
    });
  }

  /** What must not appear in anything the caller sees; longest first, since one may be a part of another. */
  secrets(): string[] {
    const { keyHeader } = this.context.endpoints;
    return Object.entries({ ...this.options.headers, ...this.headers })
      .filter(([name, value]) => value && (name === keyHeader || isCredential(name)))
      .flatMap(([, value]) => secretParts(value as string))
      .sort((a, b) => b.length - a.length);
  }

  /** A text without secrets. */
  redact(text: string): string {
    return redact(text, this.secrets());
  }

  /** What the text of an error says, without secrets: parsed if it is JSON, and the vendor's own words in short. */
  readError(text: string): { readonly body: unknown; readonly excerpt: string } {
    const json = safely(() => redactJson(JSON.parse(text), this.secrets()));
    const body = json === undefined ? this.redact(text) : json;
    const { error, message, detail } = Object(body);
    const words = error?.message ?? message ?? detail ?? error ?? body;
    return { body, excerpt: quote(typeof words === "string" ? words : JSON.stringify(words)) };
  }

  /** An error of this call; for a write it knows whether the outcome is. */
  error(kind: ErrorKind, message: string, hint?: string, details: Partial<ErrorDetails> = {}): ConvoError {
    const { status = 0, retryAfterMs, headers: received } = details;
    const headers = received && safeHeaders(received, this);
    const requestId = headers && readRequestId(headers, this.context.vendor.requestId);
    this.unknown ||=
      this.route.kind !== "read" && this.sent && (status < 400 || status === 408 || status > 499);
    const hints = [
      hint ?? (!this.unknown && HINTS[kind]),
      retryAfterMs && `The vendor asks to wait ${retryAfterMs / 1000} s.`,
      this.unknown && "It may have been applied: read before you send it again.",
    ];
    const request = requestId ? ` (request ${clip(requestId, 200)})` : "";
    return new ConvoError({
      ...details,
      provider: this.context.vendor.name,
      kind,
      message: this.redact(`${clip(this.route.route, 500)} ${message}${request}`),
      hint: hints.filter(Boolean).join(" "),
      requestId,
      headers,
      httpRequests: this.httpRequests,
      outcome: this.unknown ? "unknown" : undefined,
    });
  }

  /** What a `fetch` or a body threw, as an error of this call: itself if it is one. */
  networkError(thrown: unknown, streamed = false): ConvoError {
    if (isConvoError(thrown)) return thrown;
    const { text, unsent, tls, malformed } = classifyNetworkError(thrown);
    if (unsent) this.sent = false;
    const kind = malformed && !streamed ? "bad_response" : "network";
    return this.error(kind, `${streamed ? "was streamed and broke off" : "failed"}: ${text}`, undefined, {
      retryable: !tls && !malformed,
      cause: safeCause(thrown, this.secrets()),
    });
  }

  /** Tells the listeners; nothing they do can reach the call. */
  emit<Name extends EventName>(
    name: Name,
    details: Omit<EventOf<Name>, keyof CallEvent>,
    body?: string,
  ): void {
    for (const listener of this.listeners) {
      try {
        if (!listener[name]) continue;
        const event = {
          provider: this.context.vendor.name,
          route: this.route.route,
          kind: this.route.kind,
          url: (this.endpoint.baseUrl + this.outgoing.url).split("?")[0] as string,
          attempt: this.attempt,
          elapsedMs: performance.now() - this.begun,
          waitedMs: this.waitedMs,
          ...(body !== undefined && listener.bodies && { body: this.redact(body) }),
          ...details,
        };
        const result = listener[name](event as never) as Promise<unknown> | undefined;
        result?.catch?.(() => {});
      } catch {}
    }
  }
}

/** Not a `Headers`: the first of them costs Node 40 ms. */
function safeHeaders(received: ResponseHeaders, call: Call): ResponseHeaders {
  return {
    get: (name) => {
      const value = received.get(name);
      return value && call.redact(value);
    },
    *[Symbol.iterator]() {
      for (const [name, value] of received) yield [name, call.redact(value)];
    },
  };
}
