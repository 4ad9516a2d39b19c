import { attempt, type Reply } from "./attempt.ts";
import { Call, type Context, type Outgoing } from "./call.ts";
import { type ConvoError, type Fail, isConvoError } from "./errors.ts";
import { emit } from "./hooks.ts";
import { safeCause } from "./key.ts";
import { type CallOptions, type ClientOptions, DEFAULTS } from "./options.ts";
import { createPlans, type Plan } from "./plan.ts";
import { createBudget, waitMs } from "./retry.ts";
import { settle } from "./settings.ts";
import { createTarget } from "./target.ts";
import type { Vendor } from "./vendor.ts";
import { within } from "./within.ts";

/** Sends what `prepare` gives until it is answered or must be given up. Rejects with ConvoError and nothing else. */
export type Send = (
  route: string,
  options: CallOptions | undefined,
  prepare: (plan: Plan) => Outgoing,
) => Promise<Reply<unknown>>;

/** The transport of one client. Throws kind `invalid` or `auth` at once for options that cannot be meant. */
export function createTransport(vendor: Vendor, options: ClientOptions, fail: Fail): Send {
  const settings = settle(DEFAULTS, options, /^(apiKey|baseUrl|fetch|headers|hooks)$/, fail);
  const context: Context = {
    vendor,
    settings,
    target: createTarget(vendor, options, settings.headers, fail),
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    hooks: options.hooks,
    budget: createBudget(),
  };
  const plans = createPlans(vendor);
  return async (route, own, prepare) => {
    const call = new Call(context, plans(route), own);
    try {
      call.out = prepare(call.plan);
      if (own) call.settings = settle(settings, own, /^(headers|hooks|signal)$/, fail);
      return await run(call);
    } catch (thrown) {
      const error = isConvoError(thrown)
        ? thrown
        : call.fail("invalid", "cannot be sent", "See the cause.", {
            cause: safeCause(thrown, call.secrets),
          });
      emit(call, "onError", () => ({ ...call.event(), error }));
      throw error;
    }
  };
}

/** Attempts and waits, until a delivery or an error that must not or cannot be tried again. */
async function run(call: Call): Promise<Reply<unknown>> {
  const { settings, context } = call;
  const signal = call.own?.signal;
  for (let left = settings.deadlineMs; ; left = settings.deadlineMs - call.elapsed()) {
    call.attempt++;
    const limit = left < settings.timeoutMs ? "deadlineMs" : "timeoutMs";
    const end = (late: boolean): never => {
      if (late) throw call.fail("timeout", `was not answered within ${limit} (${settings[limit]} ms)`);
      const cause = safeCause(signal?.reason, call.secrets);
      throw call.fail("aborted", "was aborted by its signal", "", { cause });
    };
    try {
      const delivery = await within(Math.min(left, settings.timeoutMs), signal, end, (abort) =>
        attempt(call, abort),
      );
      context.budget.earn();
      return delivery;
    } catch (thrown) {
      const error = thrown as ConvoError;
      const wait = waitMs(call.attempt, error.retryAfterMs);
      if (wait > settings.deadlineMs - call.elapsed() || !mayRepeat(call, error)) throw error;
      // What ends the wait, or the next attempt before it sends, is no doubt about this write.
      call.sent = false;
      emit(call, "onRetry", () => ({ ...call.event(), error, waitMs: wait }));
      await within(wait, signal, (late) => late || end(late));
      call.waitedMs += wait;
    }
  }
}

function mayRepeat({ settings, unknown, attempt, context }: Call, error: ConvoError): boolean {
  const { retry, maxRetries, maxRetryAfterMs } = settings;
  const { retryable, kind, retryAfterMs = 0 } = error;
  return (
    retryable &&
    retry !== "never" &&
    (!unknown || retry === "always") &&
    attempt <= maxRetries &&
    retryAfterMs <= maxRetryAfterMs &&
    // A vendor that names the time has room for us then; everything else might be an outage.
    ((retryAfterMs > 0 && kind === "rate_limited") || context.budget.spend())
  );
}
