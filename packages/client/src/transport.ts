import { ADVICE } from "./answer.ts";
import { attempt, type Delivery } from "./attempt.ts";
import { Call, type Context, type Outgoing } from "./call.ts";
import { type ConvoError, failure, isConvoError } from "./errors.ts";
import { emit } from "./hooks.ts";
import { safeCause } from "./key.ts";
import { type ClientOptions, DEFAULTS } from "./options.ts";
import { createBudget, waitMs } from "./retry.ts";
import { settle } from "./settings.ts";
import { createTarget } from "./target.ts";
import type { Vendor } from "./vendor.ts";
import { within } from "./within.ts";

/** Sends a request until it is answered or must be given up. Rejects with ConvoError and nothing else. */
export type Send = (out: Outgoing) => Promise<Delivery>;

/** The transport of one client. Throws kind `invalid` or `auth` at once for options that cannot be meant. */
export function createTransport(vendor: Vendor, options: ClientOptions): Send {
  const fail = failure(vendor.name);
  const settings = settle({ ...DEFAULTS, headers: {} }, options, fail);
  const context: Context = {
    vendor,
    settings,
    target: createTarget(vendor, options, settings.headers, fail),
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    hooks: options.hooks ?? {},
    budget: createBudget(),
  };
  return async (out) => {
    const call = new Call(context, out);
    try {
      if (out.options) call.settings = settle(settings, out.options, fail);
      return await run(call);
    } catch (thrown) {
      const error = typed(call, thrown);
      emit(call, "onError", () => ({ ...call.event(), error }));
      throw error;
    }
  };
}

/** Attempts and waits, until a delivery or an error that must not or cannot be tried again. */
async function run(call: Call): Promise<Delivery> {
  const { settings, context } = call;
  const { budget } = context;
  const signal = call.out.options?.signal;
  const stopped = (): never => {
    throw call.fail("aborted", "was aborted by its signal", "", {
      cause: safeCause(signal?.reason, call.secrets),
    });
  };
  for (;;) {
    call.attempt++;
    call.sent = false;
    const left = settings.deadlineMs - call.elapsed();
    const late = (): never => {
      const limit = left < settings.timeoutMs ? "deadlineMs" : "timeoutMs";
      throw call.fail("timeout", `was not answered within ${limit} (${settings[limit]} ms)`, ADVICE.timeout);
    };
    try {
      const work = (abort: AbortSignal): Promise<Delivery> => attempt(call, abort);
      const delivery = await within(Math.min(left, settings.timeoutMs), signal, late, stopped, work);
      budget.earn();
      return delivery;
    } catch (thrown) {
      const error = typed(call, thrown);
      const wait = waitMs(call.attempt, error.retryAfterMs);
      if (wait > settings.deadlineMs - call.elapsed() || !mayRepeat(call, error)) throw error;
      emit(call, "onRetry", () => ({ ...call.event(), error, waitMs: wait }));
      await within(wait, signal, () => {}, stopped);
      call.waitedMs += wait;
    }
  }
}

function mayRepeat(call: Call, error: ConvoError): boolean {
  const { retry, maxRetries, maxRetryAfterMs } = call.settings;
  const asked = error.retryAfterMs ?? 0;
  return (
    error.retryable &&
    retry !== "never" &&
    (!call.unknown || retry === "always") &&
    call.attempt <= maxRetries &&
    asked <= maxRetryAfterMs &&
    // A vendor that names the time has room for us then; everything else might be an outage.
    ((asked > 0 && error.kind === "rate_limited") || call.context.budget.spend())
  );
}

function typed(call: Call, error: unknown): ConvoError {
  return isConvoError(error)
    ? error
    : call.fail("invalid", "could not be sent", "See the cause.", { cause: safeCause(error, call.secrets) });
}
