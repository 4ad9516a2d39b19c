import type { Target } from "./credentials.ts";
import { ConvoError, type Fail, type ResponseHeaders } from "./errors.ts";
import type { CallEvent, Hooks } from "./hooks.ts";
import { scrub } from "./key.ts";
import type { CallOptions, Fetch } from "./options.ts";
import type { Budget } from "./retry.ts";
import type { Settings } from "./settings.ts";
import type { OperationKind, Vendor } from "./vendor.ts";

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
export interface Outgoing {
  /** Verb and path template. */
  readonly route: string;
  readonly kind: OperationKind;
  /** Path and query, starting with a slash. */
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
  readonly options: CallOptions;
}

/** One call while it runs. */
export interface Call {
  readonly out: Outgoing;
  /** 0 before the first attempt. */
  attempt: number;
  waitedMs: number;
  /** Whether the request of this attempt may have left. */
  sent: boolean;
  /** Whether this or an earlier attempt of a write may have been applied. */
  unknown: boolean;
  /** What must not appear in anything the caller sees. */
  readonly secrets: Set<string>;
  /** Milliseconds since the call began. */
  elapsed(): number;
  clean(text: string): string;
  requestId(headers?: ResponseHeaders): string | undefined;
  event(body?: string): CallEvent;
  readonly fail: Fail;
}

const UNKNOWN = "It may have been applied: read before you send it again.";

/** Starts the clock and the records of a call. */
export function openCall({ vendor, target, hooks }: Context, out: Outgoing): Call {
  const { route, kind } = out;
  const begun = performance.now();
  const call: Call = {
    out,
    attempt: 0,
    waitedMs: 0,
    sent: false,
    unknown: false,
    secrets: new Set(),
    elapsed: () => performance.now() - begun,
    clean: (text) => scrub(text, call.secrets),
    requestId: (headers) => vendor.requestId.map((name) => headers?.get(name)).find(Boolean) ?? undefined,
    event: (body) => ({
      provider: vendor.name,
      route,
      kind,
      url: (target().baseUrl + out.url).split("?")[0] as string,
      attempt: call.attempt,
      elapsedMs: call.elapsed(),
      waitedMs: call.waitedMs,
      ...(hooks.bodies && body !== undefined && { body: call.clean(body) }),
    }),
    fail: (errorKind, what, next, facts = {}) => {
      const { status = 0, retryAfterMs } = facts;
      const requestId = call.requestId(facts.headers);
      call.unknown ||= kind !== "read" && call.sent && (status < 400 || status === 408 || status > 499);
      const hints = [
        next,
        retryAfterMs && `The vendor asks to wait ${retryAfterMs / 1000} s.`,
        call.unknown && UNKNOWN,
      ];
      return new ConvoError({
        ...facts,
        provider: vendor.name,
        kind: errorKind,
        what: `${route} ${what}${requestId ? ` (request ${requestId})` : ""}`,
        next: hints.filter(Boolean).join(" "),
        requestId,
        attempts: call.attempt,
        outcome: call.unknown ? "unknown" : undefined,
      });
    },
  };
  return call;
}
