import { type ApiResponse, attempt } from "./attempt.ts";
import { Call, type Context, type Outgoing, overrideSettings } from "./call.ts";
import { withDeadline } from "./deadline.ts";
import { createEndpoints, type Target, toTarget } from "./endpoint.ts";
import { type ConvoError, type CreateError, isConvoError } from "./errors.ts";
import { emit } from "./observe.ts";
import { type CallOptions, type ClientOptions, DEFAULTS, type Fetch } from "./options.ts";
import { readRateLimit } from "./rate-limit.ts";
import { safeCause } from "./redact.ts";
import { checkCallOptions, checkClientOptions } from "./resolve-options.ts";
import { refusal } from "./response.ts";
import { createBudget, waitMs } from "./retry.ts";
import { createRoutes, type ParsedRoute } from "./route.ts";
import type { Vendor } from "./vendor.ts";

/**
 * Sends what `prepare` gives until it is answered or must be given up. Rejects with ConvoError only, but for what a body
 * callback throws.
 */
export type Send = (
  route: string,
  options: CallOptions | undefined,
  prepare: (route: ParsedRoute) => Outgoing,
) => Promise<ApiResponse<unknown>>;

/** What stands between the methods of a client and the network. */
export interface Transport {
  readonly send: Send;
  readonly resolveTarget: (options?: CallOptions) => Target | Promise<Target>;
  readonly endpoint: Context["endpoint"];
  /** The header of the key, in lower case. */
  readonly keyHeader: string;
}

/** The transport of one client. Throws kind `invalid` or `auth` at once for invalid options. */
export function createTransport(vendor: Vendor, options: ClientOptions, createError: CreateError): Transport {
  const checked = checkClientOptions(options, createError);
  const context: Context = {
    vendor,
    settings: overrideSettings(DEFAULTS, checked),
    endpoint: createEndpoints(vendor, checked, createError),
    fetch: checked.fetch ?? globalFetch(createError),
    fetchOptions: checked.fetchOptions,
    observe: checked.observe,
    budget: createBudget(),
    createError,
  };
  const routes = createRoutes(vendor);
  const send: Send = async (route, own, prepare) => {
    const call = new Call(context, routes(route));
    try {
      if (own !== undefined) call.applyOptions(own);
      call.outgoing = prepare(call.route);
      return await run(call);
    } catch (thrown) {
      if (thrown instanceof CallbackFailure) throw thrown.error;
      const error = isConvoError(thrown)
        ? thrown
        : call.createError("invalid", "cannot be sent", "See the cause.", {
            cause: safeCause(thrown, call.secrets),
          });
      emit(call, "onError", () => ({ error }));
      throw error;
    }
  };
  const resolveTarget: Transport["resolveTarget"] = (own = {}) => {
    const overrides = checkCallOptions(own, createError);
    return toTarget(context.endpoint(overrides), vendor, overrides);
  };
  const keyHeader = vendor.auth.header.toLowerCase();
  return { send, resolveTarget, endpoint: context.endpoint, keyHeader };
}

/** The runtime's `fetch`, looked up at every call: polyfills and mocks come late. */
function globalFetch(createError: CreateError): Fetch {
  return (url, init) => {
    if (typeof globalThis.fetch === "function") return globalThis.fetch(url, init);
    throw createError("invalid", "there is no fetch in this environment", "Pass fetch, or load a polyfill.");
  };
}

/** What a body callback threw: it ends the call as it is. */
class CallbackFailure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/** Attempts and waits, until a response or an error that must not or cannot be tried again. */
async function run(call: Call): Promise<ApiResponse<unknown>> {
  const { settings, context, outgoing } = call;
  const signal = call.options.signal;
  const timeLeft = (): number => settings.deadlineMs - call.elapsed();
  let limit: "deadlineMs" | "timeoutMs" = "deadlineMs";
  const end = (late: boolean): never => {
    if (!late) throw call.createError("aborted", "was aborted by its signal", "", { cause: signal?.reason });
    // The body of an error that does not come costs only the excerpt.
    const allowed = `within ${limit} (${settings[limit]} ms)`;
    if (call.head && call.head.status > 299)
      throw refusal({ ...call.head, text: "", fault: `its body did not arrive ${allowed}` }, call);
    throw call.createError("timeout", `was not answered ${allowed}`);
  };
  call.body = outgoing.body;
  for (let lastError: ConvoError | undefined; ; ) {
    call.attempt++;
    call.head = undefined;
    try {
      limit = "deadlineMs";
      if (outgoing.createBody)
        call.body = await withDeadline(timeLeft(), signal, end, () => createBody(call, lastError));
      const ended =
        call.options.beforeAttempt &&
        (await withDeadline(timeLeft(), signal, end, (abort) => permit(call, abort)));
      const left = call.attempt === 1 && !ended ? settings.deadlineMs : timeLeft();
      limit = left < settings.timeoutMs ? "deadlineMs" : "timeoutMs";
      const sent = withDeadline(Math.min(left, settings.timeoutMs), signal, end, (abort) =>
        attempt(call, abort),
      );
      if (ended) sent.then(ended, ended);
      const response = await sent;
      context.budget.earn();
      return response;
    } catch (thrown) {
      if (thrown instanceof CallbackFailure) throw thrown;
      lastError = thrown as ConvoError;
      const wait = waitMs(call.attempt, lastError.retryAfterMs);
      if (wait > timeLeft() || !mayRepeat(call, lastError)) throw lastError;
      // What ends the wait, or the next attempt before it sends, is no doubt about this write.
      call.sent = false;
      call.head = undefined;
      const error = lastError;
      emit(call, "onRetry", () => ({ error, waitMs: wait }));
      await withDeadline(wait, signal, (late) => late || end(late));
      call.waitedMs += wait;
    }
  }
}

type Ending = Partial<Pick<ConvoError, "status" | "headers" | "retryAfterMs">>;

/** Waits until the caller lets the attempt begin; returns what is to be told how it ended. */
async function permit(call: Call, signal: AbortSignal): Promise<(ending: Ending) => void> {
  const { rateLimit: names } = call.context.vendor;
  try {
    const end = await call.options.beforeAttempt?.({ number: call.attempt, kind: call.route.kind, signal });
    const tell = ({ status, headers, retryAfterMs }: Ending): void =>
      end?.({ status, retryAfterMs, rateLimit: names && headers && readRateLimit(headers, names) });
    // The call has ended while this waited.
    if (signal.aborted) tell({});
    return tell;
  } catch (error) {
    throw new CallbackFailure(error);
  }
}

async function createBody(call: Call, lastError: ConvoError | undefined): Promise<string | undefined> {
  try {
    return await call.outgoing.createBody?.({ number: call.attempt, ...(lastError && { lastError }) });
  } catch (error) {
    throw new CallbackFailure(error);
  }
}

function mayRepeat({ settings, options, unknown, attempt, context }: Call, error: ConvoError): boolean {
  const { retry, maxRetries, maxRetryAfterMs } = settings;
  const { retryable, kind, retryAfterMs = 0 } = error;
  return (
    retryable &&
    retry !== "never" &&
    (!unknown || retry === "always" || options.idempotencyKey !== undefined) &&
    attempt <= maxRetries &&
    retryAfterMs <= maxRetryAfterMs &&
    // A vendor that names the time has room for us then; everything else might be an outage.
    ((retryAfterMs > 0 && kind === "rate_limited") || context.budget.spend())
  );
}
