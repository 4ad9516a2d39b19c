import createFetchClient, { type Client as FetchClient } from "openapi-fetch";
import type { ApiResponse } from "./attempt.ts";
import type { Outgoing } from "./call.ts";
import type { ConvoError, CreateError, isConvoError } from "./errors.ts";
import type { checkHeaders } from "./resolve-options.ts";
import type { splitTemplate } from "./route.ts";
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
export type Tools = readonly [
  typeof splitTemplate,
  typeof fillPath,
  typeof fillQuery,
  typeof stringify,
  typeof isConvoError,
  typeof checkHeaders,
];

/** Puts openapi-fetch on a transport, so that its calls have every guarantee except the thrown HTTP error. */
export function createHttp(
  send: Send,
  createError: CreateError,
  [splitTemplate, fillPath, fillQuery, stringify, isConvoError, checkHeaders]: Tools,
): Record<string, (...args: unknown[]) => unknown> {
  const raw = createFetchClient<Record<string, never>>({
    Request: LightRequest as never,
    fetch: async (request) => {
      const { url, route, headers, body, signal } = request as unknown as LightRequest;
      const prepare = (): Outgoing => {
        if (/^\/[^{}]*$/.test(url) && /^(string|undefined)$/.test(typeof body))
          return {
            url,
            headers: checkHeaders(headers, "headers", createError) as Record<string, string>,
            body: body as string | undefined,
          };
        throw createError(
          "invalid",
          `${route} cannot be sent`,
          "Give every path parameter, a JSON body and no baseUrl.",
        );
      };
      return respond(send(route, signal && { signal }, prepare));
    },
    pathSerializer: (path, values) => fillPath(splitTemplate(path), values, createError),
    querySerializer: (query: unknown) => fillQuery(query, createError),
    bodySerializer: (body: unknown) => stringify(body, createError),
  });
  const perform: Perform = async (method, path, init) => {
    const route = `${String(method).toUpperCase()} ${path}`;
    try {
      return await raw.request(method as never, path as never, { ...init, route } as never);
    } catch (error) {
      // Its message may quote a header, and a header may be a credential.
      throw isConvoError(error)
        ? error
        : createError("invalid", `${route} cannot be sent`, "Check its headers and options.");
    }
  };
  const http = { ...raw, request: perform } as Record<string, unknown>;
  for (const verb in raw)
    if (/^[A-Z]/.test(verb)) http[verb] = (path: string, init?: object) => perform(verb, path, init);
  return http as ReturnType<typeof createHttp>;
}

/** A real `Response` for openapi-fetch; an error never has an empty or falsy body, so `if (error)` can be trusted. */
async function respond(delivery: Promise<ApiResponse<unknown>>): Promise<Response> {
  const { status, headers, text } = await delivery.catch((error: ConvoError) => {
    const { status = 0, headers, body, message } = error;
    // A `Response` cannot have a status over 599.
    if (!headers || status < 400 || status > 599) throw error;
    return { status, headers, text: JSON.stringify(body || { message }) };
  });
  // An early undici 7 reads UTF-8 in headers; a `Headers` takes no such text.
  const own = new Headers(
    [...headers].map(([name, value]) => [name, value.replace(/[^\t -~\x80-\xff]/g, "?")]),
  );
  own.delete("content-length");
  own.delete("content-encoding");
  return new Response(status === 205 ? null : text || null, { status, headers: own });
}
