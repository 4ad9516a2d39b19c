import type { Endpoints } from "./endpoint.ts";
import { ConvoError, type CreateError, clip, HINTS, type ResponseHeaders } from "./errors.ts";
import type { CallEvent, ClientListener } from "./observe.ts";
import type { CallOptions, DEFAULTS, Fetch } from "./options.ts";
import { isCredential, redact, secretParts } from "./redact.ts";
import { type Checked, checkCallOptions } from "./resolve-options.ts";
import type { Budget } from "./retry.ts";
import type { ParsedRoute } from "./route.ts";
import type { Vendor } from "./vendor.ts";

/** The options in force for one call. */
export type Settings = typeof DEFAULTS;

/** `settings` with what these options say otherwise. */
export function overrideSettings(settings: Settings, options: Partial<Settings>): Settings {
  const overridden: Record<string, unknown> = { ...settings };
  for (const name in settings) overridden[name] = options[name as keyof Settings] ?? overridden[name];
  return overridden as Settings;
}

/** What all calls of one client share. */
export interface Context {
  readonly vendor: Vendor;
  readonly settings: Settings;
  readonly endpoints: Endpoints;
  readonly fetch: Fetch;
  readonly fetchOptions: object | undefined;
  readonly observe: ClientListener | undefined;
  readonly budget: Budget;
  readonly createError: CreateError;
}

/** What the callback that makes a body is told. */
export interface Attempt {
  /** 1 for the first. */
  readonly number: number;
  /** Why the attempt before failed. */
  readonly lastError?: ConvoError;
}

/** Text or bytes, so that every attempt sends it whole. */
export type Body = string | ArrayBuffer | undefined;

/** What a call sends. */
export interface Outgoing {
  /** Path and query, starting with a slash. */
  readonly url: string;
  readonly body?: Body;
  /** Makes the body again for each attempt. */
  readonly createBody?: ((attempt: Attempt) => Promise<string | undefined> | string | undefined) | undefined;
  readonly headers?: Record<string, string>;
  /** Any success will do, and its data are its bytes; the content type is the body's own. */
  readonly raw?: true;
  /** `"manual"` and `"error"` follow no redirect; without it a read is redirected inside its origin. */
  readonly redirect?: RequestRedirect | undefined;
  /** Instead of the client's. */
  readonly fetch?: Fetch | undefined;
  /** Whether the answer is to be a stream of server-sent events. */
  readonly streams?: boolean;
}

/** One call while it runs. */
export class Call {
  readonly context: Context;
  readonly route: ParsedRoute;
  readonly begun: number = performance.now();
  /** The options of this call alone, once they are checked. */
  options: Checked<CallOptions> = {};
  settings: Settings;
  /** This call's own listener, before its options are checked too. */
  observe: ClientListener | undefined;
  /** Empty until it could be prepared. */
  outgoing: Outgoing = { url: "" };
  /** The body of this attempt. */
  body: Body;
  /** Empty until the environment could be read. */
  baseUrl = "";
  /** What this attempt sends, the key among it. */
  headers: Record<string, string> = {};
  /** 0 before the first attempt. */
  attempt = 0;
  /** HTTP requests so far: an attempt may end before its own. */
  started = 0;
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
  }

  /** Checks this call's own options and lays them over the client's. Throws kind `invalid` or `unsupported`. */
  applyOptions(options: CallOptions): void {
    const { vendor, endpoints, createError } = this.context;
    this.observe = options.observe;
    const checked = checkCallOptions(options, createError, endpoints.trusted(options.headers));
    this.options = checked;
    this.settings = overrideSettings(this.settings, checked);
    if (checked.idempotencyKey === undefined || vendor.idempotencyHeader) return;
    throw createError(
      "unsupported",
      "idempotencyKey cannot be used: this vendor documents no idempotency keys",
      "Leave it out, and read before you send a failed write again.",
    );
  }

  /** Milliseconds since the call began. */
  elapsed(): number {
    return performance.now() - this.begun;
  }

  /** What must not appear in anything the caller sees. */
  get secrets(): string[] {
    const keyHeader = this.context.vendor.auth.header.toLowerCase();
    return Object.entries({ ...this.options.headers, ...this.headers })
      .filter(([name, value]) => value && (name === keyHeader || isCredential(name)))
      .flatMap(([, value]) => secretParts(value as string));
  }

  /** A text without secrets. */
  redact(text: string): string {
    return redact(text, this.secrets);
  }

  requestId(headers: ResponseHeaders): string | undefined {
    for (const name of this.context.vendor.requestId) {
      const id = headers.get(name);
      if (id) return id;
    }
    return undefined;
  }

  event(body?: string): CallEvent {
    return {
      provider: this.context.vendor.name,
      route: this.route.route,
      kind: this.route.kind,
      url: (this.baseUrl + this.outgoing.url).split("?")[0] as string,
      attempt: this.attempt,
      elapsedMs: this.elapsed(),
      waitedMs: this.waitedMs,
      ...(body !== undefined && { body: this.redact(body) }),
    };
  }

  /** Creates an error of this call; for a write it knows whether the outcome is. */
  readonly createError: CreateError = (kind, message, hint, details = {}) => {
    const { status = 0, retryAfterMs, headers: received } = details;
    // Not a `Headers`: the first of them costs Node 40 ms.
    const headers = received && {
      get: (name: string) => {
        const value = received.get(name);
        return value && this.redact(value);
      },
      [Symbol.iterator]: () =>
        [...received].map(([name, value]): [string, string] => [name, this.redact(value)]).values(),
    };
    const requestId = headers && this.requestId(headers);
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
      httpRequests: this.started,
      outcome: this.unknown ? "unknown" : undefined,
    });
  };
}
