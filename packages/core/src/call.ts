import {
  type ApiResponse,
  type Attempt,
  type CallOptions,
  type ConvoError,
  DEFAULTS,
  type RequestInput,
  type Target,
} from "@convo/client";
import type { StepEvent } from "./observe/listener.ts";
import { emitStep, listenTo, type OperationContext } from "./observe/operation.ts";
import { checkId, type Lookup } from "./provider/lookup.ts";
import type { Provider } from "./provider/provider.ts";
import type { HttpOptions } from "./types/update.ts";
import { parseConversation, type ReadPurpose, type VendorResponse } from "./wire/from-wire.ts";

/**
 * Core's calls of a vendor's client: how a conversation is addressed, what is left of an operation's time, and one call as a step
 * that is counted, and observed where somebody listens.
 */

/** What makes each request to an account wait, by `accountKey`: there while a bulk run of the account works. */
export const pacers = new Map<string, NonNullable<CallOptions["beforeAttempt"]>>();

/** The path parameters of a conversation. */
export function pathOf({ path, data }: Provider, id: string | number): Record<string, string | number> {
  return { ...path, [data.id]: id };
}

/** When an operation's caller wants an answer at the latest, on `performance.now()`'s clock. */
export function deadlineOf(
  provider: Provider,
  { startedAt }: OperationContext,
  { deadlineMs }: HttpOptions,
): number {
  return startedAt + (deadlineMs ?? provider.options.deadlineMs ?? DEFAULTS.deadlineMs);
}

/**
 * The part of an operation's options that each of its calls gets, but for signal and deadline.
 *
 * @param target where and as whom, if that was compared with others: what a key function gave is passed on, so that it is what is sent
 */
export function callOptionsOf(provider: Provider, options: HttpOptions, target?: Target): CallOptions {
  const { apiKey, baseUrl, headers } = options;
  const call: Record<string, unknown> = {};
  if (apiKey !== undefined || baseUrl !== undefined || headers !== undefined)
    Object.assign(call, target?.callOptions ?? { apiKey, baseUrl, headers });
  else if (target && typeof provider.options.apiKey === "function") Object.assign(call, target.callOptions);
  for (const name of PASSED_ON) if (options[name] !== undefined) call[name] = options[name];
  if (pacers.size > 0) call.beforeAttempt ??= pacers.get(accountKey(target));
  return call;
}

const PASSED_ON = ["timeoutMs", "maxRetries", "retry", "fetchOptions", "beforeAttempt"] as const;

/**
 * One call of the client, for one operation or for several that share it: counted for each, and told to who listens.
 *
 * @param send makes the call with these options
 * @param read makes of the response what the step is for; what it throws is the step's error
 */
export async function callVendor<Response extends { readonly httpRequests: number }, T>(
  operations: readonly OperationContext[],
  step: StepEvent["step"],
  options: CallOptions,
  send: (options: CallOptions) => Promise<Response>,
  read: (response: Response) => T,
): Promise<T> {
  const listened = operations[0]?.listener !== undefined;
  const since = listened ? performance.now() : 0;
  let httpRequests = 0;
  let error: unknown;
  try {
    const response = await send(listened ? listenTo(operations, options) : options);
    httpRequests = response.httpRequests;
    return read(response);
  } catch (thrown) {
    error = thrown;
    httpRequests = (thrown as Partial<ConvoError> | undefined)?.httpRequests ?? 0;
    throw thrown;
  } finally {
    for (const operation of operations) {
      operation.calls += 1;
      operation.httpRequests += httpRequests;
    }
    if (listened) emitStep(operations, step, since, httpRequests, error);
  }
}

/**
 * Reads a conversation or, with the purpose `echo`, updates it: one call, for one operation or for several that share it. Rejects with
 * `ConvoError`, kind `bad_response` for a response that cannot be trusted.
 */
export function requestConversation(
  operations: readonly OperationContext[],
  step: "read" | "verify" | "write",
  provider: Provider,
  id: string | number,
  purpose: ReadPurpose,
  call: CallOptions,
  body?: (attempt: Attempt) => unknown,
): Promise<VendorResponse> {
  const { client, data } = provider;
  const route = purpose === "echo" ? data.update : data.read;
  const path = pathOf(provider, id);
  return callVendor(
    operations,
    step,
    call,
    (all) => client.request(route, { path, body }, all),
    (response) => ({ response, conversation: parseConversation(provider, id, response, purpose) }),
  );
}

/** One call of an operation outside of any queue, in what is left of the operation's time. */
export async function callOnce(
  provider: Provider,
  operation: OperationContext,
  step: StepEvent["step"],
  route: string,
  input: RequestInput,
  options: HttpOptions,
): Promise<ApiResponse<unknown>> {
  const target = pacers.size > 0 ? await provider.resolveTarget(options) : undefined;
  const call = restOf(provider, operation, options, target);
  return callVendor([operation], step, call, (all) => provider.client.request(route, input, all), asItIs);
}

const asItIs = <T>(value: T): T => value;

/** The options of one call of an operation: what is left of its time, and its signal. */
export function restOf(
  provider: Provider,
  operation: OperationContext,
  options: HttpOptions,
  target?: Target,
): CallOptions {
  const left = Math.ceil(deadlineOf(provider, operation, options) - performance.now());
  const signal = options.signal ?? undefined;
  return { ...callOptionsOf(provider, options, target), signal, deadlineMs: Math.max(1, left) };
}

/** Where a call goes and as whom: what looked-up ids, pacers and limiters are kept by. */
export const accountKey = (target: Target | undefined): string => `${target?.baseUrl} ${target?.credentials}`;

/** The id in the path, where it can be told without asking. */
export function knownId(
  { lookup }: Provider,
  id: string | number,
  account: string,
): string | number | undefined {
  return lookup && typeof id === "string" ? lookup.known(id, account) : id;
}

/** Asks the vendor for the id in the path. Throws `ConvoError`. */
export function lookUp(
  provider: Provider,
  operation: OperationContext,
  options: HttpOptions,
  target: Target | undefined,
): Promise<number> {
  const { find } = provider.lookup as Lookup;
  const call = restOf(provider, operation, options, target);
  const send = (all: CallOptions): ReturnType<Lookup["find"]> =>
    find(String(operation.id), accountKey(target), all);
  return callVendor([operation], "lookup", call, send, ({ id }) => id);
}

/** The id in the path; the vendor is asked where it has to be, within the operation's own deadline and signal. Throws `ConvoError`. */
export async function resolvePathId(
  provider: Provider,
  operation: OperationContext,
  options: HttpOptions,
): Promise<{ pathId: string | number; target: Target | undefined }> {
  checkId(provider, operation.id);
  const target = await provider.resolveTarget(options);
  const known = knownId(provider, operation.id, accountKey(target));
  return { target, pathId: known ?? (await lookUp(provider, operation, options, target)) };
}
