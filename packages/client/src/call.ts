import { ConvoError, type Fail, type ResponseHeaders } from "./errors.ts";
import type { CallEvent, Hooks } from "./hooks.ts";
import { scrub } from "./key.ts";
import type { CallOptions, Fetch } from "./options.ts";
import type { Budget } from "./retry.ts";
import type { Settings } from "./settings.ts";
import { secretsIn, type Target } from "./target.ts";
import type { Nature, Vendor } from "./vendor.ts";

/** What all calls of one client share. */
export interface Context {
  readonly vendor: Vendor;
  readonly settings: Settings;
  readonly target: () => Target;
  readonly fetch: Fetch;
  readonly hooks: Hooks;
  readonly budget: Budget;
}

/** A request as the transport takes it: the body is text, so that every attempt sends it whole. */
export interface Outgoing extends Nature {
  /** Verb and path template. */
  readonly route: string;
  /** Path and query, starting with a slash. */
  readonly url: string;
  readonly body: string | undefined;
  readonly headers: Record<string, string>;
  readonly options: CallOptions | undefined;
}

/** One call while it runs. */
export class Call {
  readonly context: Context;
  readonly out: Outgoing;
  readonly begun: number = performance.now();
  /** Unknown until the environment could be read. */
  target: Target | undefined;
  /** In force for this call; the client's until its own are checked. */
  settings: Settings;
  /** The key that was resolved for this call, if it came from a function. */
  key: string | undefined;
  /** 0 before the first attempt. */
  attempt = 0;
  waitedMs = 0;
  /** Whether the request of this attempt may have left. */
  sent = false;
  /** Whether this or an earlier attempt of a write may have been applied. */
  unknown = false;

  constructor(context: Context, out: Outgoing) {
    this.context = context;
    this.out = out;
    this.settings = context.settings;
  }

  /** Milliseconds since the call began. */
  elapsed(): number {
    return performance.now() - this.begun;
  }

  /** What must not appear in anything the caller sees. */
  get secrets(): string[] {
    const common = this.target?.secrets ?? [];
    return [...common, ...secretsIn(this.settings.headers), ...(this.key ? [this.key] : [])];
  }

  /** A text without secrets. */
  clean(text: string): string {
    return scrub(text, this.secrets);
  }

  requestId(headers: ResponseHeaders | undefined): string | undefined {
    for (const name of this.context.vendor.requestId) {
      const id = headers?.get(name);
      if (id) return id;
    }
    return undefined;
  }

  event(body?: string): CallEvent {
    const { vendor, hooks } = this.context;
    const { route, kind, url } = this.out;
    return {
      provider: vendor.name,
      route,
      kind,
      url: ((this.target?.baseUrl ?? "") + url).split("?")[0] as string,
      attempt: this.attempt,
      elapsedMs: this.elapsed(),
      waitedMs: this.waitedMs,
      ...(hooks.bodies && body !== undefined && { body: this.clean(body) }),
    };
  }

  /** Makes an error of this call; for a write it knows whether the outcome is. */
  readonly fail: Fail = (kind, what, next, facts = {}) => {
    const { status = 0, retryAfterMs, headers } = facts;
    const { route, kind: operation } = this.out;
    const id = this.requestId(headers);
    const requestId = id && this.clean(id);
    this.unknown ||= operation !== "read" && this.sent && (status < 400 || status === 408 || status > 499);
    const hints = [
      next,
      retryAfterMs && `The vendor asks to wait ${retryAfterMs / 1000} s.`,
      this.unknown && "It may have been applied: read before you send it again.",
    ];
    return new ConvoError({
      ...facts,
      provider: this.context.vendor.name,
      kind,
      what: `${route} ${what}${requestId ? ` (request ${requestId})` : ""}`,
      next: hints.filter(Boolean).join(" "),
      requestId,
      attempts: this.attempt,
      outcome: this.unknown ? "unknown" : undefined,
    });
  };
}
