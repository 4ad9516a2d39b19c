import type { ApiResponse } from "./attempt.ts";
import type { Outgoing } from "./call.ts";
import { callBack } from "./callback.ts";
import type { CreateError } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import type { ParsedRoute } from "./route.ts";
import { fillPath, fillQuery, stringify } from "./serialize.ts";
import type { Send } from "./transport.ts";
import type { Operation } from "./vendor.ts";

/** Query parameters; undefined and null are left out. */
export type Query = Readonly<Record<string, unknown>>;

/** What a request is made of. */
export interface RequestInput {
  readonly path?: Readonly<Record<string, string | number>> | undefined;
  readonly query?: Query | undefined;
  /**
   * A JSON value, or a function `(attempt: Attempt) => value | Promise<value>` that is called before every attempt, so
   * that a write made from a read can be made again; what it throws ends the call as it is.
   */
  readonly body?: unknown;
}

/** What a method sends: whether it expects a stream, and what is wrong with its arguments, if anything is. */
export interface SendInput extends RequestInput {
  readonly streams?: boolean | undefined;
  readonly problem?: string | undefined;
}

/**
 * Sends one request by its route, `"GET /conversations/{conversation_id}"`. Rejects with ConvoError, or with what the
 * body callback threw.
 */
export type SendRoute = (
  route: string,
  input?: RequestInput,
  options?: CallOptions,
) => Promise<ApiResponse<unknown>>;

/** The typed way to the transport; openapi-fetch's `Headers` would cost a fifth of a call here (`http.ts` has it). */
export const createRequest =
  (send: Send, createError: CreateError) =>
  (route: string, input?: SendInput, options?: CallOptions): Promise<ApiResponse<unknown>> =>
    send(route, options, (parsed) => toOutgoing(parsed, input ?? {}, createError));

function toOutgoing(route: ParsedRoute, input: SendInput, createError: CreateError): Outgoing {
  const { path = {}, query, body, streams = false, problem } = input;
  const { verb, parts, stream, form } = route;
  if (!verb) throw createError("invalid", 'Invalid route; expected "GET /things/{id}"');
  if (problem) throw createError("invalid", `${route.route} ${problem}`);
  const toText = (value: unknown): string | undefined => {
    if (stream && !streams && isStreaming(stream, value))
      throw createError(
        "invalid",
        `${route.route} would be answered with a stream of events`,
        "Use its method.",
      );
    return stringify(value, createError);
  };
  const search = fillQuery(query, createError);
  const url = fillPath(parts, path, createError) + (search && `?${search}`);
  if (typeof body !== "function" && !form) return { url, streams, body: toText(body) };
  const createBody: Outgoing["createBody"] = (attempt) => {
    const value = typeof body === "function" ? callBack(() => body(attempt)) : body;
    // Few vendors take forms: what makes them is loaded where it is used.
    if (form)
      return Promise.all([import("./form.ts"), value]).then(([{ toForm }, fields]) =>
        toForm(fields, fillQuery, createError),
      );
    return value instanceof Promise ? value.then(toText) : toText(value);
  };
  return { url, streams, createBody };
}

/** Whether the vendor answers this body with a stream: always, or unless its fields say otherwise. */
export function isStreaming({ unless }: NonNullable<Operation["stream"]>, body: unknown): boolean {
  return !unless || Object.entries(unless).some(([name, value]) => Object(body)[name] !== value);
}
