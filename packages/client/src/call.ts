import { ADVICE, ConvoError, type Fail, type ResponseHeaders } from "./errors.ts";
import type { CallEvent, Hooks } from "./hooks.ts";
import { scrub } from "./key.ts";
import type { CallOptions, Fetch } from "./options.ts";
import type { Plan } from "./plan.ts";
import type { Budget } from "./retry.ts";
import type { Settings } from "./settings.ts";
import type { Target } from "./target.ts";
import type { Vendor } from "./vendor.ts";

/** What all calls of one client share. */
export interface Context {
  readonly vendor: Vendor;
  readonly settings: Settings;
  readonly target: () => Target;
  readonly fetch: Fetch;
  readonly hooks: Hooks | undefined;
  readonly budget: Budget;
}

/** What a call sends: the body is text, so that every attempt sends it whole. */
export interface Outgoing {
  /** Path and query, starting with a slash. */
  readonly url: string;
  readonly body: string | undefined;
  readonly headers?: Record<string, string>;
}

const SECRET = /auth|key|token|secret|password|cookie/;

/** One call while it runs. */
export class Call {
  readonly context: Context;
  readonly plan: Plan;
  /** The options of this call alone. */
  readonly own: CallOptions | undefined;
  readonly begun: number = performance.now();
  /** Empty until it could be prepared. */
  out: Outgoing = { url: "", body: undefined };
  /** Empty until the environment could be read. */
  baseUrl = "";
  /** In force for this call; the client's until its own are checked. */
  settings: Settings;
  /** What this attempt sends, the key among it. */
  headers: Record<string, string> = {};
  /** 0 before the first attempt. */
  attempt = 0;
  waitedMs = 0;
  /** Whether the request of this attempt may have left. */
  sent = false;
  /** Whether this or an earlier attempt of a write may have been applied. */
  unknown = false;

  constructor(context: Context, plan: Plan, own: CallOptions | undefined) {
    this.context = context;
    this.plan = plan;
    this.own = own;
    this.settings = context.settings;
  }

  /** Milliseconds since the call began. */
  elapsed(): number {
    return performance.now() - this.begun;
  }

  /** What must not appear in anything the caller sees: values of headers that may hold a credential, with and without scheme. */
  get secrets(): string[] {
    const auth = this.context.vendor.auth.header.toLowerCase();
    return Object.entries({ ...this.settings.headers, ...this.headers }).flatMap(([name, value]) =>
      name === auth || SECRET.test(name) ? [value.replace(/^\S+ /, ""), value] : [],
    );
  }

  /** A text without secrets. */
  clean(text: string): string {
    return scrub(text, this.secrets);
  }

  requestId(headers: ResponseHeaders): string | undefined {
    for (const name of this.context.vendor.requestId) {
      const id = headers.get(name);
      if (id) return id;
    }
    return undefined;
  }

  event(body?: string): CallEvent {
    const { vendor, hooks } = this.context;
    return {
      provider: vendor.name,
      route: this.plan.route,
      kind: this.plan.kind,
      url: (this.baseUrl + this.out.url).split("?")[0] as string,
      attempt: this.attempt,
      elapsedMs: this.elapsed(),
      waitedMs: this.waitedMs,
      ...(hooks?.bodies && body !== undefined && { body: this.clean(body) }),
    };
  }

  /** Makes an error of this call; for a write it knows whether the outcome is. */
  readonly fail: Fail = (kind, what, next = ADVICE[kind], facts = {}) => {
    const { status = 0, retryAfterMs, headers: received } = facts;
    // Not a `Headers`: the first of them costs Node 40 ms.
    const headers = received && {
      get: (name: string) => {
        const value = received.get(name);
        return value && this.clean(value);
      },
      [Symbol.iterator]: () =>
        [...received].map(([name, value]): [string, string] => [name, this.clean(value)]).values(),
    };
    const requestId = headers && this.requestId(headers);
    this.unknown ||=
      this.plan.kind !== "read" && this.sent && (status < 400 || status === 408 || status > 499);
    const hints = [
      next,
      retryAfterMs && `The vendor asks to wait ${retryAfterMs / 1000} s.`,
      this.unknown && "It may have been applied: read before you send it again.",
    ];
    return new ConvoError({
      ...facts,
      provider: this.context.vendor.name,
      kind,
      what: this.clean(`${this.plan.route} ${what}${requestId ? ` (request ${requestId})` : ""}`),
      next: hints.filter(Boolean).join(" "),
      requestId,
      headers,
      attempts: this.attempt,
      outcome: this.unknown ? "unknown" : undefined,
    });
  };
}
