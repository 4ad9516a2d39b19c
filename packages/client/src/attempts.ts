/** A call from its options to its result: attempts, and waits between them, within one deadline. */
import { Call, type Context } from "./call.ts";
import type { Endpoints } from "./endpoint.ts";
import { type ConvoError, isConvoError } from "./errors.ts";
import { attempt } from "./exchange.ts";
import type { AttemptEnd, CallOptions, Settings, UpcomingAttempt } from "./options.ts";
import { safeCause } from "./redact.ts";
import {
  type Body,
  buildRequest,
  type CreatedBody,
  type Outgoing,
  parseRoute,
  parseRoutes,
  type SendInput,
} from "./request.ts";
import { checkCallOptions } from "./resolve-options.ts";
import { refusal, type Success } from "./response.ts";
import { readRateLimit, retryWaitMs } from "./response-headers.ts";

/**
 * Sends a request until it is answered or must be given up. Rejects with ConvoError only, but for what a callback of the
 * caller throws.
 */
export type Send = (
  route: string,
  options: CallOptions | undefined,
  input: SendInput,
  /** In place of what would be made of route and input. */
  outgoing?: Outgoing,
) => Promise<Success>;

/** What stands between the methods of a client and the network. */
export interface Transport {
  readonly send: Send;
  readonly endpoints: Endpoints;
}

/** `settings` with what these options say otherwise. */
export function overrideSettings(settings: Settings, options: Partial<Settings>): Settings {
  const overridden: Record<string, unknown> = { ...settings };
  for (const name in settings) overridden[name] = options[name as keyof Settings] ?? overridden[name];
  return overridden as Settings;
}

/** The calls of one client. */
export function createSend(context: Context): Send {
  const routes = parseRoutes(context.vendor);
  return (route, ...request) =>
    runCall(new Call(context, routes.get(route) ?? parseRoute({ route }, false)), ...request);
}

/** Checks the options of this call and lays them over the client's. Throws kind `invalid` or `unsupported`. */
function applyOptions(call: Call, own: CallOptions): void {
  const { vendor, endpoints, createError } = call.context;
  if (own?.observe) call.listeners = [...call.listeners, own.observe];
  const options = checkCallOptions(own, createError, endpoints.trusted(own?.headers));
  call.options = options;
  call.settings = overrideSettings(call.settings, options);
  if (options.idempotencyKey === undefined || vendor.idempotencyHeader) return;
  throw createError("unsupported", "this vendor documents no idempotency keys", "Leave idempotencyKey out.");
}

/** What the call rejects with; listeners are told. */
function finalError(call: Call, thrown: unknown): ConvoError {
  const error = isConvoError(thrown)
    ? thrown
    : call.error("invalid", "cannot be sent", "See the cause.", { cause: safeCause(thrown, call.secrets()) });
  // Errors of what came before the first attempt do not know of a call.
  if (error.httpRequests === undefined)
    Object.defineProperty(error, "httpRequests", { value: call.httpRequests, enumerable: true });
  call.emit("onError", { error });
  return error;
}

/**
 * Attempts and waits, until a response or an error that must not or cannot be tried again. One function on purpose: every
 * `async` one below another keeps half a kilobyte alive while a call waits for its answer.
 */
async function runCall(
  call: Call,
  own: CallOptions | undefined,
  input: SendInput,
  outgoing?: Outgoing,
): Promise<Success> {
  const { context } = call;
  try {
    if (own !== undefined) applyOptions(call, own);
    call.outgoing = outgoing ?? buildRequest(call.route, input, context.createError);
    if (call.options.signal?.aborted) giveUp(call, false);
    call.endpoint = context.endpoints.resolve(call.options);
    for (let lastError: ConvoError | undefined; ; ) {
      call.attempt++;
      call.head = undefined;
      try {
        const controller = new AbortController();
        const { created, body } = call.outgoing;
        call.body = created ? await inTime(call, () => makeBody(call, created, lastError)) : body;
        const ask = call.options.beforeAttempt as AskAttempt | undefined;
        const tellEnd = ask && (await inTime(call, () => permit(call, ask, controller.signal), controller));
        const answer = answerInTime(call, controller);
        if (tellEnd) answer.then(({ response }) => tellEnd(response), tellEnd).catch(() => {});
        const success = await answer;
        context.credit = Math.min(70, context.credit + 1);
        return success;
      } catch (thrown) {
        if (thrown instanceof CallbackFailure) throw thrown;
        lastError = thrown as ConvoError;
        await waitToRepeat(call, lastError);
      }
    }
  } catch (thrown) {
    if (thrown instanceof CallbackFailure) throw thrown.error;
    throw finalError(call, thrown);
  }
}

/** One attempt, within the shorter of its two limits. */
function answerInTime(call: Call, controller: AbortController): Promise<Success> {
  const { timeoutMs } = call.settings;
  const left = timeLeft(call);
  return call.within(
    Math.min(left, timeoutMs),
    (late) => giveUp(call, late, left < timeoutMs ? "deadlineMs" : "timeoutMs"),
    (signal) => attempt(call, signal),
    controller,
  );
}

/** Attempts of a call that may count for none. */
const MAX_UNCOUNTED = 5;

/** Waits until the call may be tried again. Rejects with the error if it must not or cannot be. */
async function waitToRepeat(call: Call, error: ConvoError): Promise<void> {
  const counts = call.attempt - call.tries > MAX_UNCOUNTED || call.settings.maxRetries === 0;
  if (counts || !wasDisconnected(call, error)) call.tries++;
  const waitMs = retryWaitMs(call.tries, error.retryAfterMs);
  if (waitMs > timeLeft(call) || !mayRepeat(call, error)) throw error;
  // What ends the wait, or the next attempt before it sends, is no doubt about this write.
  call.sent = false;
  call.emit("onRetry", { error, waitMs });
  await call.within(waitMs, (late) => late || giveUp(call, late));
  call.waitedMs += waitMs;
}

const timeLeft = ({ begun, settings }: Call): number => begun + settings.deadlineMs - performance.now();

/** Ends a call that its signal aborted, or whose time is over. */
function giveUp(call: Call, late: boolean, limit: "deadlineMs" | "timeoutMs" = "deadlineMs"): never {
  if (!late)
    throw call.error("aborted", "was aborted by its signal", "", { cause: call.options.signal?.reason });
  // The body of an error that does not come costs only the excerpt.
  const allowed = `within ${limit} (${call.settings[limit]} ms)`;
  if (call.head && call.head.status > 299)
    throw refusal({ ...call.head, text: "", fault: `its body did not arrive ${allowed}` }, call);
  throw call.error("timeout", `was not answered ${allowed}`);
}

/** Work before an attempt, within the deadline; what is there at once costs no timer. */
function inTime<T>(call: Call, work: () => T | Promise<T>, controller?: AbortController): T | Promise<T> {
  const left = timeLeft(call);
  if (call.options.signal?.aborted || left < 0) giveUp(call, left < 0);
  const result = work();
  if (!(result instanceof Promise)) return result;
  // Nobody may wait for it any more when it fails.
  result.catch(() => {});
  return call.within(
    left,
    (late) => giveUp(call, late),
    () => result,
    controller,
  );
}

/** What a callback of the caller threw: it ends the call as it is. */
class CallbackFailure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/**
 * What is made of a callback's result, a promise only where the callback gave one. Throws or rejects with `CallbackFailure` for
 * what the callback throws.
 */
function callBack<T, R>(
  callback: () => T | PromiseLike<T>,
  use: (result: T) => R | Promise<R>,
): R | Promise<R> {
  const fail = (error: unknown): never => {
    throw new CallbackFailure(error);
  };
  let result: T | PromiseLike<T>;
  try {
    result = callback();
  } catch (error) {
    return fail(error);
  }
  const isPromise = typeof (result as PromiseLike<T> | undefined)?.then === "function";
  return isPromise ? Promise.resolve(result).catch(fail).then(use) : use(result as T);
}

/** The body of this attempt, made again by the caller. */
function makeBody(
  { attempt }: Call,
  { createBody, serialize }: CreatedBody,
  lastError: ConvoError | undefined,
): Body | Promise<Body> {
  return callBack(() => createBody({ number: attempt, ...(lastError && { lastError }) }), serialize);
}

type Ending = Partial<Pick<ConvoError, "status" | "headers" | "retryAfterMs">>;
type TellEnd = (ending: Ending) => void;
/** `beforeAttempt`, nothing being undefined. */
type AskAttempt = (attempt: UpcomingAttempt) => AttemptEnd | undefined | Promise<AttemptEnd | undefined>;

/** Asks the caller whether the attempt may begin; gives what is to be told how it ended. */
function permit(
  { attempt, route, context }: Call,
  ask: AskAttempt,
  signal: AbortSignal,
): TellEnd | Promise<TellEnd> {
  const { rateLimit: names } = context.vendor;
  const toTellEnd = (end: AttemptEnd | undefined): TellEnd => {
    const tell: TellEnd = ({ status, headers, retryAfterMs }) =>
      end?.({ status, retryAfterMs, rateLimit: names && headers && readRateLimit(headers, names) });
    // The call has ended while this waited.
    if (signal.aborted) tell({});
    return tell;
  };
  return callBack(() => ask({ number: attempt, kind: route.kind, signal }), toTellEnd);
}

/**
 * Whether a read was lost on its way to a vendor that answers: as far as one can tell, a kept connection was being closed when it was
 * sent. Go and browsers send it again without a word; here such an attempt counts for none.
 */
function wasDisconnected({ route, sent, head, context }: Call, { kind }: ConvoError): boolean {
  return kind === "network" && route.kind === "read" && sent && !head && context.credit > 0;
}

/** Whether the call may be tried again; a retry that nobody promised room for costs credit. */
function mayRepeat({ settings, options, unknown, tries, context }: Call, error: ConvoError): boolean {
  const { retry, maxRetries, maxRetryAfterMs } = settings;
  const { retryable, kind, retryAfterMs = 0 } = error;
  if (
    !retryable ||
    retry === "never" ||
    (unknown && retry !== "always" && options.idempotencyKey === undefined) ||
    tries > maxRetries ||
    retryAfterMs > maxRetryAfterMs
  )
    return false;
  // A vendor that names the time has room for us then; everything else might be an outage.
  if (retryAfterMs > 0 && kind === "rate_limited") return true;
  if (context.credit <= -30) return false;
  context.credit--;
  return true;
}
