import { toApiPromise, toPagePromise, toStreamPromise } from "./api-promise.ts";
import { createSend, overrideSettings, type Send } from "./attempts.ts";
import { createEndpoints, type Target } from "./endpoint.ts";
import { type CreateError, errorFactory } from "./errors.ts";
import type { Http } from "./http.ts";
import { createLazyHttp } from "./lazy-http.ts";
import { type CallOptions, type ClientOptions, DEFAULTS } from "./options.ts";
import { isStreaming, type Query, type RequestInput, splitTemplate } from "./request.ts";
import { checkCallOptions, checkClientOptions } from "./resolve-options.ts";
import { type Success, toApiResponse } from "./response.ts";
import type { ApiResponse } from "./results.ts";
import type { Operation, Vendor } from "./vendor.ts";

/**
 * Sends one request by its route, `"GET /conversations/{conversation_id}"`. Rejects with ConvoError, or with what a
 * callback of the caller threw.
 */
export type SendRoute = (
  route: string,
  input?: RequestInput,
  options?: CallOptions,
) => Promise<ApiResponse<unknown>>;

/** What every client has, whatever its vendor. */
export interface AnyClient {
  /** The vendor's data: base URL, headers, operations. */
  readonly vendor: Vendor;
  /** Sends one request by its route and returns data, status, headers, request id and what it took. */
  readonly request: SendRoute;
  /**
   * Where a call with these options would go, and as whom. A promise only if the key has to be asked for. Throws or
   * rejects as the call itself would: kind `invalid` or `auth`.
   */
  readonly resolveTarget: (options?: CallOptions) => Target | Promise<Target>;
}

/** A client: one method per operation (declared by the generated interface) over one transport. */
export interface Client<Paths extends {}> extends AnyClient {
  /**
   * openapi-fetch on the same transport: returns `{ data, error, response }`, throws only where there is no response.
   * It is loaded at its first call.
   */
  readonly http: Http<Paths>;
}

/**
 * Makes a client from a vendor's generated data, with one method per operation.
 * Throws ConvoError kind `invalid` or `auth` for invalid options; the environment is read at the first call.
 */
export function createClient<C extends AnyClient>(vendor: Vendor, options: ClientOptions = {}): C {
  const createError = errorFactory(vendor.name);
  const checked = checkClientOptions(options, createError);
  const endpoints = createEndpoints(vendor, checked, createError);
  const send = createSend({
    vendor,
    settings: overrideSettings(DEFAULTS, checked),
    endpoints,
    fetch: checked.fetch,
    fetchOptions: checked.fetchOptions,
    observe: checked.observe,
    credit: 0,
    createError,
  });
  const request: SendRoute = async (route, input, own) => {
    const misplaced = Object(own).query !== undefined;
    const problem = misplaced ? "takes its query beside path and body" : undefined;
    return toApiResponse(await send(route, own, { ...input, problem }));
  };
  const resolveTarget = (own: CallOptions = {}): Target | Promise<Target> =>
    endpoints.target(checkCallOptions(own, createError));
  const http = createLazyHttp({ send, endpoints }, checked.http, createError);
  const client: Record<string, unknown> = { vendor, request, resolveTarget, http };
  for (const name in vendor.operations)
    client[name] = createMethod(vendor.operations[name] as Operation, send, createError);
  return client as unknown as C;
}

/** Options of a method: those of every call, and the query. */
type MethodOptions = CallOptions & { query?: Query | undefined };

/**
 * Turns a row of the operation table into a method: path parameters in order, then a body for every POST, PUT and PATCH
 * and never for GET and DELETE, then one options object. Nothing that a vendor adds can move an argument.
 */
function createMethod(
  { route, page, body: bodyRule, stream }: Operation,
  send: Send,
  createError: CreateError,
): (...args: unknown[]) => unknown {
  const names = splitTemplate(route).filter((_, at) => at % 2);
  const bodyAt = names.length;
  const hasBody = /^P/.test(route);
  const count = bodyAt + (hasBody ? 2 : 1);
  return (...args) => {
    const body = hasBody ? args[bodyAt] : undefined;
    const streams = stream && isStreaming(stream, body);
    const path: Record<string, never> = {};
    for (let at = 0; at < bodyAt; at++) path[names[at] as string] = args[at] as never;
    const options = args[count - 1] as MethodOptions | undefined;
    const query = options?.query;
    const sent = body === undefined && bodyRule === "optional" ? {} : body;
    let problem: string | undefined;
    if (args.length > count) problem = `was given ${args.length} arguments and takes ${count}`;
    if (hasBody && !bodyRule && body !== undefined)
      problem = "takes no body: pass undefined, then the options";
    const get = (asked?: Query): Promise<Success> =>
      send(route, options, { path, body: sent, streams, query: asked, problem });
    if (page) return toPagePromise(page, query, get, createError);
    return streams ? toStreamPromise(get(query)) : toApiPromise(get(query));
  };
}
