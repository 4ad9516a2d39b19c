import createFetchClient, { type Client as FetchClient, type QuerySerializerOptions } from "openapi-fetch";
import type { Transport } from "./attempts.ts";
import type { ConvoError, CreateError, isConvoError, ResponseHeaders } from "./errors.ts";
import type { HttpOptions } from "./http-options.ts";
import {
  createBodySerializer,
  createPathSerializer,
  createStrictQuerySerializer,
  isNative,
  pathError,
} from "./http-serialize.ts";
import type { CallOptions, FetchInit, FetchResponse } from "./options.ts";
import type { Outgoing, stringify } from "./request.ts";
import type { checkBaseUrl, checkHeaders } from "./resolve-options.ts";
import type { Success } from "./response.ts";

/**
 * openapi-fetch (https://openapi-ts.dev/openapi-fetch) over this package's transport: `{ data, error, response }`. Its
 * calls take what openapi-fetch's take, and the client's call options beside it (`timeoutMs`, `apiKey`, ...).
 */
export type Http<Paths extends {}> = FetchClient<Paths>;

/** What this file shares with the rest of the package, handed over so that a bundler finds nothing to split in two. */
export interface Tools {
  readonly stringify: typeof stringify;
  readonly isConvoError: typeof isConvoError;
  readonly checkHeaders: typeof checkHeaders;
  readonly checkBaseUrl: typeof checkBaseUrl;
}

/** Call options that openapi-fetch does not have; the type checker keeps the list complete. */
const OWN_OPTIONS: Record<Exclude<keyof CallOptions, "baseUrl" | "headers" | "signal">, true> = {
  apiKey: true,
  timeoutMs: true,
  deadlineMs: true,
  maxRetries: true,
  retry: true,
  idempotencyKey: true,
  fetchOptions: true,
  observe: true,
  beforeAttempt: true,
};

/** What a `Request` has of itself, each with its default: handed on to `fetch` where it is another. */
const REQUEST_MEMBERS: Record<string, unknown> = {
  cache: "default",
  credentials: "same-origin",
  integrity: "",
  keepalive: false,
  mode: "cors",
  referrer: "about:client",
  referrerPolicy: "",
};

/** What openapi-fetch and the transport take care of; the rest of an init is handed on to `fetch`. */
const TAKEN =
  /^(baseUrl|body|bodySerializer|duplex|fetch|headers|method|middleware|params|parseAs|pathSerializer|querySerializer|redirect|Request|requestInitExt|signal)$/;

type RequestClass = typeof Request;
type RequestFetch = (request: Request, init?: object) => Promise<Response>;

/** What a call is given, as far as this file reads it. */
interface Init extends Record<string, unknown> {
  readonly baseUrl?: string;
  readonly body?: unknown;
  readonly fetch?: RequestFetch;
  readonly headers?: unknown;
  readonly params?: { readonly header?: unknown };
  readonly parseAs?: string;
  readonly querySerializer?: QuerySerializerOptions | ((query: never) => string);
  readonly redirect?: string;
  readonly Request?: RequestClass;
}

/** What all calls of one client's `http` share. */
interface Context {
  readonly transport: Transport;
  readonly options: Init;
  readonly createError: CreateError;
  readonly tools: Tools;
  readonly raw: FetchClient<Record<string, never>>;
}

/** Puts openapi-fetch on a transport, so that its calls have every guarantee except the thrown HTTP error. */
export function createHttp(
  transport: Transport,
  options: HttpOptions,
  createError: CreateError,
  tools: Tools,
): Record<string, (...args: unknown[]) => unknown> {
  const { fetch, Request, headers, ...shared } = options;
  const raw = createFetchClient<Record<string, never>>({
    pathSerializer: createPathSerializer(createError),
    bodySerializer: createBodySerializer((body) => tools.stringify(body, createError), createError) as never,
    ...(shared as object),
  });
  const context: Context = { transport, options: options as Init, createError, tools, raw };
  const http: Record<string, unknown> = {
    ...raw,
    request: (method: unknown, path: unknown, init?: Init) => perform(context, method, path, init),
  };
  for (const verb in raw)
    if (/^[A-Z]/.test(verb)) http[verb] = (path: unknown, init?: Init) => perform(context, verb, path, init);
  return http as ReturnType<typeof createHttp>;
}

/** One call: openapi-fetch makes the request and reads the response, the transport sends it. */
async function perform(context: Context, method: unknown, path: unknown, given: Init = {}): Promise<unknown> {
  const { transport, options, createError, tools, raw } = context;
  if (typeof method !== "string" || typeof path !== "string")
    throw createError("invalid", 'Invalid route; expected a method and a path such as "/things/{id}"');
  const route = `${method.toUpperCase()} ${path}`;
  const { own, init } = splitOptions(given);
  const RequestClass = init.Request ?? options.Request ?? globalThis.Request;
  const { baseUrl, headers: all } = transport.endpoints.resolve(
    init.baseUrl ? { baseUrl: tools.checkBaseUrl(init.baseUrl, "baseUrl", createError) } : undefined,
  );
  const common = commonHeaders(all, transport.endpoints.keyHeader, init.parseAs);
  const headers = headerRecord(options.headers, init.headers);
  if (isNative(init.body)) headers["content-type"] ??= null;
  // Refused here, where no message quotes a value: it may be a credential.
  tools.checkHeaders(headers, "headers", createError);
  tools.checkHeaders(headerRecord(init.params?.header), "headers", createError);
  let sent: Promise<Success> | undefined;
  const send: RequestFetch = async (request, extra) => {
    sent = sendRequest(context, { path, own, init, baseUrl, common, RequestClass }, request, extra);
    return respond(sent, request, tools.isConvoError);
  };
  try {
    return await raw.request(
      method as never,
      path as never,
      {
        ...init,
        baseUrl,
        headers: { ...common, ...headers },
        querySerializer: querySerializer(options.querySerializer, init.querySerializer, createError),
        Request: checkedRequest(RequestClass, route, createError),
        fetch: send,
      } as never,
    );
  } catch (error) {
    const success = error instanceof SyntaxError && (await sent?.catch(() => undefined));
    // What a middleware or a serializer throws is the caller's own.
    throw success ? notJson(success) : error;
  }
}

/** What the request of one call is sent with. */
interface Sending {
  readonly path: string;
  readonly own: CallOptions;
  readonly init: Init;
  readonly baseUrl: string;
  readonly common: Readonly<Record<string, string>>;
  readonly RequestClass: RequestClass;
}

/** Sends a request as the middleware left it; to another origin without the key. */
async function sendRequest(
  { transport, options }: Context,
  { path, own, init, baseUrl, common, RequestClass }: Sending,
  request: Request,
  extra: object | undefined,
): Promise<Success> {
  const url = new URL(request.url);
  const elsewhere = url.origin !== new URL(baseUrl).origin;
  const callOptions: CallOptions = {
    ...own,
    ...(elsewhere && { apiKey: null }),
    baseUrl: url.origin,
    // What the middleware has removed is not put back.
    headers: {
      ...Object.fromEntries(Object.keys(common).map((name) => [name, null])),
      ...(elsewhere && { [transport.endpoints.keyHeader]: null }),
      ...Object.fromEntries(request.headers),
    },
    signal: request.signal,
    fetchOptions: { ...own.fetchOptions, ...fetchOptionsOf(request, { ...options, ...init }), ...extra },
  };
  const custom = init.fetch ?? options.fetch;
  const outgoing: Outgoing = {
    url: url.pathname + url.search,
    body: await bodyOf(request),
    raw: true,
    redirect: request.redirect,
    fetch: custom && ((at, of) => custom(toRequest(RequestClass, at, of), extra) as Promise<FetchResponse>),
  };
  return transport.send(`${request.method} ${path}`, callOptions, {}, outgoing);
}

/** The error of a success that openapi-fetch could not parse; listeners are told. */
function notJson({ call, response: { status, headers } }: Success): ConvoError {
  const type = headers.get("content-type") ?? "no type";
  const message = `was answered ${status} with no JSON (${type.slice(0, 100)})`;
  const hint = 'Set parseAs, for example to "text".';
  const error = call.error("bad_response", message, hint, { status, headers });
  call.emit("onError", { error });
  return error;
}

/** The options of this package, and the rest, which is openapi-fetch's and `fetch`'s. */
function splitOptions(given: Init): { own: CallOptions; init: Init } {
  const own: Record<string, unknown> = {};
  const init: Record<string, unknown> = {};
  for (const name in given) (Object.hasOwn(OWN_OPTIONS, name) ? own : init)[name] = given[name];
  return { own, init };
}

/** What every request of the client carries, but the key: a middleware sees these, and may change or remove them. */
function commonHeaders(
  all: Readonly<Record<string, string>>,
  keyHeader: string,
  parseAs = "json",
): Record<string, string> {
  const { [keyHeader]: _, ...headers }: Record<string, string> = all;
  if (parseAs !== "json" && headers.accept === "application/json") headers.accept = "*/*";
  return headers;
}

/** Headers in any form that openapi-fetch takes, as a record; `null` removes, an array is joined. */
function headerRecord(...sources: unknown[]): Record<string, string | null> {
  const headers: Record<string, string | null> = {};
  for (const source of sources) {
    if (!source || typeof source !== "object") continue;
    const pairs =
      Symbol.iterator in source ? [...(source as Iterable<[string, unknown]>)] : Object.entries(source);
    for (const [name, value] of pairs)
      if (value !== undefined)
        headers[name.toLowerCase()] =
          value === null ? null : Array.isArray(value) ? value.join(", ") : String(value);
  }
  return headers;
}

function querySerializer(
  client: Init["querySerializer"] | unknown,
  call: Init["querySerializer"],
  createError: CreateError,
): unknown {
  const chosen = call ?? client;
  if (typeof chosen === "function") return chosen;
  const styles = { ...(typeof client === "object" ? client : {}), ...call };
  return createStrictQuerySerializer(styles, createError);
}

/** The `Request` of the caller's choice, whose URL has not left its path and whose errors quote no header. */
function checkedRequest(RequestClass: RequestClass, route: string, createError: CreateError): RequestClass {
  return new Proxy(RequestClass, {
    construct(target, args: [url: string, init: RequestInit]) {
      const [path = ""] = args[0].replace(/[\t\n\r]/g, "").split(/[?#]/);
      const missing = /\{[.;]?([^{}*]*)\*?\}/.exec(path)?.[1];
      if (missing !== undefined) throw pathError(missing, createError);
      if (/[/\\](\.|%2e){1,2}([/\\]|$)/i.test(path))
        throw createError("invalid", `${route} cannot be sent: a path parameter leaves its segment`);
      try {
        return Reflect.construct(target, args);
      } catch {
        throw createError("invalid", `${route} cannot be sent`, "Check its body and options.");
      }
    },
  });
}

/** What was given for `fetch` beyond what the transport sets, as it stands on the request after the middleware. */
function fetchOptionsOf(request: Request, init: Init): Record<string, unknown> {
  const members = request as unknown as Record<string, unknown>;
  const options: Record<string, unknown> = {};
  for (const name in REQUEST_MEMBERS)
    if (members[name] != null && members[name] !== REQUEST_MEMBERS[name]) options[name] = members[name];
  for (const name in init)
    if (!TAKEN.test(name) && !Object.hasOwn(REQUEST_MEMBERS, name))
      options[name] = members[name] ?? init[name];
  return options;
}

/** The body to send at every attempt: its bytes, unchanged; as text where they are text, so that listeners may show it. */
async function bodyOf(request: Request): Promise<string | ArrayBuffer | undefined> {
  if (request.method === "GET" || request.method === "HEAD") return undefined;
  const type = request.headers.get("content-type");
  const bytes = await request.arrayBuffer();
  if (type === null && !bytes.byteLength) return undefined;
  if (!/^text\/|\bjson\b|form-urlencoded\b/i.test(type ?? "")) return bytes;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes;
  }
}

/** A request as the transport sends it, for a `fetch` that takes a `Request`. */
function toRequest(RequestClass: RequestClass, url: string, init: FetchInit): Request {
  const request = new RequestClass(url, init as RequestInit);
  for (const [name, value] of Object.entries(init))
    if (!(name in request)) Object.assign(request, { [name]: value });
  return request;
}

/** Statuses whose `Response` must have no body. */
const BODILESS = [101, 103, 204, 205, 304];

/** A real `Response` for openapi-fetch; an error never has an empty or falsy body, so `if (error)` can be trusted. */
async function respond(
  sent: Promise<Success>,
  request: Request,
  isConvoError: Tools["isConvoError"],
): Promise<Response> {
  const { status, headers, data } = await sent.then(
    ({ data, response }) => ({ ...response, data }),
    (error: ConvoError) => fromError(error, request, isConvoError),
  );
  // An early undici 7 reads UTF-8 in headers; a `Headers` takes no such text.
  const own = new Headers(
    [...headers].map(([name, value]) => [name, value.replace(/[^\t -~\x80-\xff]/g, "?")]),
  );
  const head = request.method === "HEAD";
  // They told of the body as it was sent, which this is not any more.
  if (!head && (own.has("content-encoding") || status > 299)) {
    own.delete("content-length");
    own.delete("content-encoding");
  }
  const body = head || BODILESS.includes(status) ? null : (data as BodyInit);
  const response = new Response(body, { status, headers: own });
  return Object.defineProperty(response, "url", { value: request.url });
}

function fromError(
  error: ConvoError,
  request: Request,
  isConvoError: Tools["isConvoError"],
): { status: number; headers: ResponseHeaders; data: unknown } {
  const { status = 0, headers, body, message } = isConvoError(error) ? error : ({} as ConvoError);
  const followed = status > 299 && status < 400 && status !== 304 && request.redirect !== "manual";
  // A `Response` cannot have a status over 599.
  if (!headers || status < 300 || status > 599 || followed) throw error;
  return { status, headers, data: isBareText(body) ? body : JSON.stringify(body || { message }) };
}

/** Text that is not JSON: openapi-fetch's `error` is that text. */
function isBareText(body: unknown): body is string {
  if (typeof body !== "string" || !body) return false;
  try {
    JSON.parse(body);
    return false;
  } catch {
    return true;
  }
}
