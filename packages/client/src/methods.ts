import { type EventStream, toApiPromise, toPagePromise, toStreamPromise } from "./api-promise.ts";
import type { ApiResponse } from "./attempt.ts";
import type { CreateError } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import { isStreaming, type Query, type SendInput } from "./request.ts";
import { splitTemplate } from "./route.ts";
import type { Operation } from "./vendor.ts";

type SendOperation = (input: SendInput, options: CallOptions | undefined) => Promise<ApiResponse<unknown>>;

/** Options of a method: those of every call, and the query. */
type MethodOptions = CallOptions & { query?: Query | undefined };

/**
 * Turns a row of the operation table into a method: path parameters in order, then a body for every POST, PUT and PATCH
 * and never for GET and DELETE, then one options object. Nothing that a vendor adds can move an argument.
 */
export function createMethod(
  { route, page, body: bodyRule, stream }: Operation,
  send: SendOperation,
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
    for (const [at, name] of names.entries()) path[name] = args[at] as never;
    const options = args[count - 1] as MethodOptions | undefined;
    const query = options?.query;
    const input = { path, body: body === undefined && bodyRule === "optional" ? {} : body, streams };
    let problem: string | undefined;
    if (args.length > count) problem = `takes ${count} arguments`;
    if (hasBody && !bodyRule && body !== undefined)
      problem = "takes no body: pass undefined, then the options";
    const get = (asked?: Query): Promise<ApiResponse<unknown>> =>
      send({ ...input, query: asked, problem }, options);
    if (page) return toPagePromise(page, query, get, createError);
    if (streams) return toStreamPromise(get(query) as Promise<ApiResponse<EventStream<unknown>>>);
    return toApiPromise(get(query));
  };
}
