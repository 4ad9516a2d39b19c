import type { ApiResponse } from "./attempt.ts";
import type { Attempt } from "./call.ts";
import type { CreateError } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import { fillPath, fillQuery, stringify } from "./serialize.ts";
import type { Send } from "./transport.ts";

/** Query parameters; undefined and null are left out. */
export type Query = Readonly<Record<string, unknown>>;

/** What a request is made of. */
export interface RequestInput {
  readonly path?: Readonly<Record<string, string | number>> | undefined;
  readonly query?: Query | undefined;
  /**
   * A JSON value, or a function `(attempt: Attempt) => value | Promise<value>` that is called before every attempt, so
   * that a write made from a read can be made anew; what it throws ends the call as it is.
   */
  readonly body?: unknown;
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
export function createRequest(send: Send, createError: CreateError): SendRoute {
  return (route, input, options) =>
    send(route, options, ({ verb, parts, body: kind }) => {
      const { path = {}, query, body } = input ?? {};
      if (!verb) throw createError("invalid", 'Invalid route; expected "GET /things/{id}"');
      const search = fillQuery(query, createError);
      const url = fillPath(parts, path, createError) + (search && `?${search}`);
      if (typeof body !== "function" && kind !== "form") return { url, body: stringify(body, createError) };
      const createBody = async (attempt: Attempt): Promise<string | undefined> => {
        const value = typeof body === "function" ? await body(attempt) : body;
        // Few vendors take forms: what makes them is loaded where it is used.
        return kind === "form"
          ? (await import("./form.ts")).toForm(value, fillQuery, createError)
          : stringify(value, createError);
      };
      return { url, createBody };
    });
}
