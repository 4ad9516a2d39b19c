import createFetchClient, { type Client as FetchClient } from "openapi-fetch";
import type { Delivery, Reply } from "./attempt.ts";
import { type ConvoError, failure, isConvoError } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import { fillPath, fillQuery, stringify } from "./serialize.ts";
import type { Send } from "./transport.ts";
import type { Vendor } from "./vendor.ts";

/** openapi-fetch over this package's transport: `{ data, error, response }`. */
export type Http<Paths extends {}> = FetchClient<Paths>;

/** What a request is made of. */
export interface RequestInput {
  readonly path?: Readonly<Record<string, string | number>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/** Sends one request by its route, `"GET /conversations/{conversation_id}"`. Rejects with ConvoError only. */
export type SendRoute = (
  route: string,
  input?: RequestInput,
  options?: CallOptions,
) => Promise<Reply<unknown>>;

/** openapi-fetch makes one of these instead of a `Request`, which would cost a sixth of the whole call. */
class LightRequest {
  declare readonly url: string;
  declare readonly method: string;
  declare readonly headers: Headers;
  declare readonly body: string | undefined;
  declare readonly signal?: AbortSignal;
  /** Ours: the route, and for our own calls their options. */
  declare readonly route: string;
  declare readonly options?: CallOptions;

  constructor(url: string, init: object) {
    Object.assign(this, init, { url });
  }
}

const VERBS = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"] as const;

/** Puts openapi-fetch on a transport: raw as `http`, and as `request` with typed errors. */
export function createHttp<Paths extends {}>(
  vendor: Vendor,
  send: Send,
): { http: Http<Paths>; request: SendRoute } {
  const fail = failure(vendor.name);
  const kinds = new Map(Object.values(vendor.operations).map(({ route, kind }) => [route, kind]));
  const raw = createFetchClient<Record<string, never>>({
    Request: LightRequest as never,
    fetch: (request) => deliver(request as never),
    pathSerializer: (path, values) => fillPath(path, values, fail),
    querySerializer: (query: unknown) => fillQuery(query, fail),
    bodySerializer: (body: unknown) => stringify(body, fail),
  });

  async function deliver({ url, route, headers, body, signal, options }: LightRequest): Promise<Response> {
    if (!/^\/[^{}]*$/.test(url)) throw fail("invalid", `${route} lacks a path parameter`, "Give every one.");
    if (body !== undefined && typeof body !== "string")
      throw fail("invalid", `${route} has a body that is not text`);
    const kind = kinds.get(route) ?? (/^(GET|HEAD) /.test(route) ? "read" : "update");
    const out = { route, kind, url, headers: Object.fromEntries(headers), body };
    if (options) {
      const { text: _, ...reply } = await send({ ...out, options });
      return { ok: true, headers, body: reply } as never;
    }
    return respond(send({ ...out, options: signal ? { signal } : {} }));
  }

  const perform = (method: string, path: string, init: object = {}): Promise<{ data?: unknown }> => {
    const route = `${method.toUpperCase()} ${path}`;
    return raw
      .request(method as never, path as never, { ...init, route } as never)
      .catch((error: unknown) => {
        // Its message may quote a header, and a header may be a credential.
        throw isConvoError(error)
          ? error
          : fail("invalid", `${route} could not be built`, "Check its headers and options.");
      });
  };
  const http: Record<string, unknown> = { ...raw, request: perform };
  for (const verb of VERBS) http[verb] = (path: string, init?: object) => perform(verb, path, init);
  return {
    http: http as never,
    request: async (route, { path = {}, query, body } = {}, options = {}) => {
      const [method, template] = route.split(" ") as [string, string];
      const init = { params: { path, query }, body, options, parseAs: "stream" };
      return (await perform(method, template, init)).data as Reply<unknown>;
    },
  };
}

/** A real `Response` for openapi-fetch; an error status never has an empty or falsy body, so `if (error)` can be trusted. */
async function respond(delivery: Promise<Delivery>): Promise<Response> {
  const answer = await delivery.catch((error: ConvoError) => {
    if (!error.headers || !error.status || error.status < 400) throw error;
    const body = error.body || { message: error.message };
    return {
      status: error.status,
      headers: error.headers,
      text: typeof body === "string" ? body : JSON.stringify(body),
    };
  });
  const headers = new Headers([...answer.headers]);
  headers.delete("content-length");
  headers.delete("content-encoding");
  return new Response(answer.text || null, { status: answer.status, headers });
}
