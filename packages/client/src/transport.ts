import { type ApiResponse, attempt } from "./attempt.ts";
import { type Attempt, Call, type Context, type Outgoing, overrideSettings } from "./call.ts";
import { CallbackFailure, callBack } from "./callback.ts";
import { withDeadline } from "./deadline.ts";
import { createEndpoints, type Endpoints, type Target } from "./endpoint.ts";
import { type ConvoError, type CreateError, isConvoError } from "./errors.ts";
import { emit } from "./observe.ts";
import {
  type AttemptEnd,
  type CallOptions,
  type ClientOptions,
  DEFAULTS,
  type Fetch,
  type UpcomingAttempt,
} from "./options.ts";
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
  readonly endpoint: Endpoints["resolve"];
  /** The header of the key, in lower case. */
  readonly keyHeader: string;
}

/** The transport of one client. Throws kind `invalid` or `auth` at once for invalid options. */
export function createTransport(vendor: Vendor, options: ClientOptions, createError: CreateError): Transport {
  const checked = checkClientOptions(options, createError);
  const context: Context = {
    vendor,
    settings: overrideSettings(DEFAULTS, checked),
    endpoints: createEndpoints(vendor, checked, createError),
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
  const resolveTarget: Transport["resolveTarget"] = (own = {}) =>
    context.endpoints.target(checkCallOptions(own, createError));
  const keyHeader = vendor.auth.header.toLowerCase();
  return { send, resolveTarget, endpoint: context.endpoints.resolve, keyHeader };
}

/** The runtime's `fetch`, looked up at every call: polyfills and mocks come late. */
function globalFetch(createError: CreateError): Fetch {
  return (url, init) => {
    if (typeof globalThis.fetch === "function") return globalThis.fetch(url, init);
    throw createError("invalid", "there is no fetch in this environment", "Pass fetch, or load a polyfill.");
  };
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
  /** Within the deadline, as the attempt's own time has not begun; what answers at once needs no timer. */
  const before = <T>(work: () => T | Promise<T>, controller?: AbortController): T | Promise<T> => {
    const left = timeLeft();
    if (signal?.aborted || left < 0) return end(left < 0);
    const result = work();
    if (!(result instanceof Promise)) return result;
    result.catch(() => {});
    return withDeadline<T>(left, signal, end, () => result, controller);
  };
  call.body = outgoing.body;
  for (let lastError: ConvoError | undefined; ; ) {
    call.attempt++;
    call.head = undefined;
    try {
      limit = "deadlineMs";
      const { createBody } = outgoing;
      if (createBody) {
        const body = before(() => createBody(attemptOf(call, lastError)));
        call.body = body instanceof Promise ? await body : body;
      }
      const controller = new AbortController();
      const { beforeAttempt } = call.options;
      const permission =
        beforeAttempt && before(() => permit(call, beforeAttempt, controller.signal), controller);
      const ended = permission instanceof Promise ? await permission : permission;
      const left = call.attempt === 1 && !createBody && !ended ? settings.deadlineMs : timeLeft();
      limit = left < settings.timeoutMs ? "deadlineMs" : "timeoutMs";
      const sent = withDeadline(
        Math.min(left, settings.timeoutMs),
        signal,
        end,
        (abort) => attempt(call, abort),
        controller,
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

/** `beforeAttempt`, nothing being undefined. */
type AskAttempt = (attempt: UpcomingAttempt) => AttemptEnd | undefined | Promise<AttemptEnd | undefined>;

type Ending = Partial<Pick<ConvoError, "status" | "headers" | "retryAfterMs">>;

/** Asks the caller whether the attempt may begin; gives what is to be told how it ended. */
function permit(
  { attempt, route, context }: Call,
  beforeAttempt: NonNullable<CallOptions["beforeAttempt"]>,
  signal: AbortSignal,
): ((ending: Ending) => void) | Promise<(ending: Ending) => void> {
  const { rateLimit: names } = context.vendor;
  const toTell = (end: AttemptEnd | undefined) => {
    const tell = ({ status, headers, retryAfterMs }: Ending): void =>
      end?.({ status, retryAfterMs, rateLimit: names && headers && readRateLimit(headers, names) });
    // The call has ended while this waited.
    if (signal.aborted) tell({});
    return tell;
  };
  const answer = callBack<AttemptEnd | undefined>(() =>
    (beforeAttempt as AskAttempt)({ number: attempt, kind: route.kind, signal }),
  );
  return answer instanceof Promise ? answer.then(toTell) : toTell(answer);
}

const attemptOf = ({ attempt }: Call, lastError: ConvoError | undefined): Attempt => ({
  number: attempt,
  ...(lastError && { lastError }),
});

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
