import createFetchClient, { type Client as FetchClient } from "openapi-fetch";
import type { Delivery } from "./attempt.ts";
import type { Outgoing } from "./call.ts";
import type { ConvoError, Fail, isConvoError } from "./errors.ts";
import type { partsOf } from "./plan.ts";
import type { fillPath, fillQuery, stringify } from "./serialize.ts";
import type { Send } from "./transport.ts";

/** openapi-fetch over this package's transport: `{ data, error, response }`. */
export type Http<Paths extends {}> = FetchClient<Paths>;

/** openapi-fetch makes one of these instead of a `Request`, which would cost a sixth of a call. */
class LightRequest {
  declare readonly url: string;
  declare readonly headers: Headers;
  declare readonly body: unknown;
  declare readonly signal?: AbortSignal;
  /** Ours: openapi-fetch hands through what it does not know. */
  declare readonly route: string;

  constructor(url: string, init: object) {
    Object.assign(this, init, { url });
  }
}

type Perform = (method: string, path: string, init?: object) => Promise<unknown>;

/** What this file shares with the rest of the package, handed over so that a bundler finds nothing to split in two. */
export interface Tools {
  readonly partsOf: typeof partsOf;
  readonly fillPath: typeof fillPath;
  readonly fillQuery: typeof fillQuery;
  readonly stringify: typeof stringify;
  readonly isConvoError: typeof isConvoError;
}

/** Puts openapi-fetch on a transport, so that its calls have every guarantee except the thrown HTTP error. */
export function createHttp(
  send: Send,
  fail: Fail,
  { partsOf, fillPath, fillQuery, stringify, isConvoError }: Tools,
): Record<string, (...args: unknown[]) => unknown> {
  const raw = createFetchClient<Record<string, never>>({
    Request: LightRequest as never,
    fetch: async (request) => {
      const { url, route, headers, body, signal } = request as unknown as LightRequest;
      const prepare = (): Outgoing => {
        if (/^\/[^{}]*$/.test(url) && /^(string|undefined)$/.test(typeof body))
          return { url, headers: Object.fromEntries(headers), body: body as string | undefined };
        throw fail(
          "invalid",
          `${route} cannot be sent`,
          "Give every path parameter, a JSON body and no baseUrl.",
        );
      };
      return respond(send(route, signal && { signal }, prepare));
    },
    pathSerializer: (path, values) => fillPath(partsOf(path), values, fail),
    querySerializer: (query: unknown) => fillQuery(query, fail),
    bodySerializer: (body: unknown) => stringify(body, fail),
  });
  const perform: Perform = (method, path, init) => {
    const route = `${method.toUpperCase()} ${path}`;
    return raw
      .request(method as never, path as never, { ...init, route } as never)
      .catch((error: unknown) => {
        // Its message may quote a header, and a header may be a credential.
        throw isConvoError(error)
          ? error
          : fail("invalid", `${route} cannot be sent`, "Check its headers and options.");
      });
  };
  const http = { ...raw, request: perform } as Record<string, unknown>;
  for (const verb in raw)
    if (/^[A-Z]/.test(verb)) http[verb] = (path: string, init?: object) => perform(verb, path, init);
  return http as ReturnType<typeof createHttp>;
}

/** A real `Response` for openapi-fetch; an error never has an empty or falsy body, so `if (error)` can be trusted. */
async function respond(delivery: Promise<Delivery>): Promise<Response> {
  const given = ({ reply, text }: Delivery) => ({ ...reply, text });
  const { status, headers, text } = await delivery.then(given, (error: ConvoError) => {
    if (!error.headers || !error.status || error.status < 400) throw error;
    const body = error.body || { message: error.message };
    return {
      status: error.status,
      headers: error.headers,
      text: typeof body === "string" ? body : JSON.stringify(body),
    };
  });
  const own = new Headers([...headers]);
  own.delete("content-length");
  own.delete("content-encoding");
  return new Response(text || null, { status, headers: own });
}
