/** What one call sends, made of a route and its path, query and body. */
import type { CreateError } from "./errors.ts";
import { loadPart } from "./load-part.ts";
import type { Attempt, Fetch } from "./options.ts";
import type { Operation, OperationTraits, Vendor } from "./vendor.ts";

/** A route taken apart, once: doing it at every call would cost a tenth of it. */
export interface ParsedRoute extends OperationTraits {
  /** Verb and path template. */
  readonly route: string;
  /** Empty if the route is invalid. */
  readonly verb: string;
  /** The path template's text, parameter name, text, and so on. */
  readonly parts: readonly string[];
  /** Whether the vendor's table has it. */
  readonly known: boolean;
}

/** The parts of a path template. */
export const splitTemplate = (template: string): string[] => template.split(/[{}]/);

const BY_VERB: Record<string, OperationTraits["kind"]> = {
  GET: "read",
  HEAD: "read",
  OPTIONS: "read",
  TRACE: "read",
  DELETE: "delete",
};

/** Kind and shape of the answer are as the vendor's table says, else as the verb says. */
export function parseRoute(operation: Pick<Operation, "route">, known: boolean): ParsedRoute {
  const [, verb = "", path = ""] = /^([A-Z]+) (\/.*)$/.exec(operation.route) ?? [];
  return { kind: BY_VERB[verb] ?? "update", ...operation, verb, parts: splitTemplate(path), known };
}

/** The parsed routes of a vendor's table. */
export function parseRoutes({ operations }: Vendor): ReadonlyMap<string, ParsedRoute> {
  return new Map(Object.values(operations).map((row) => [row.route, parseRoute(row, true)]));
}

/** Query parameters; undefined and null are left out. */
export type Query = Readonly<Record<string, unknown>>;

/** What a request is made of. */
export interface RequestInput {
  /** Values of the parameters in the path template; each is encoded. */
  readonly path?: Readonly<Record<string, string | number>> | undefined;
  /** Query parameters; those that are undefined or null are left out. */
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

/** Text or bytes, so that every attempt sends it whole. */
export type Body = string | ArrayBuffer | undefined;

/** A body that is made again for each attempt. */
export interface CreatedBody {
  /** Gives its value: a function of the caller. */
  readonly createBody: (attempt: Attempt) => unknown;
  /** Makes a body of that value. Throws or rejects with kind `invalid`. */
  readonly serialize: (value: unknown) => Body | Promise<Body>;
}

/** What a call sends. */
export interface Outgoing {
  /** Path and query, starting with a slash. */
  readonly url: string;
  readonly body?: Body;
  /** In place of a body that is made again for each attempt. */
  readonly created?: CreatedBody;
  /** Any success will do, and its data are its bytes; the content type is the body's own. */
  readonly raw?: true;
  /** `"manual"` and `"error"` follow no redirect; without it a read is redirected inside its origin. */
  readonly redirect?: RequestRedirect | undefined;
  /** Instead of the client's. */
  readonly fetch?: Fetch | undefined;
  /** Whether the answer is to be a stream of server-sent events. */
  readonly streams?: boolean;
}

/** The request of a call. Throws kind `invalid` for what cannot be sent as it is. */
export function buildRequest(route: ParsedRoute, input: SendInput, createError: CreateError): Outgoing {
  const { path = {}, query, body, streams = false, problem } = input;
  const { verb, parts, stream, form, separators } = route;
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
  const search = fillQuery(query, createError, separators);
  const url = fillPath(parts, path, createError) + (search && `?${search}`);
  const isCallback = typeof body === "function";
  if (!isCallback && !form) return { url, streams, body: toText(body) };
  // Few vendors take forms: what makes them is loaded where it is used.
  const toForm = (value: unknown): Promise<Body> =>
    loadPart(import("./form.ts"), createError).then((part) => part.toForm(value, fillQuery, createError));
  const createBody = isCallback ? (body as CreatedBody["createBody"]) : () => body;
  return { url, streams, created: { createBody, serialize: form ? toForm : toText } };
}

/** Whether the vendor answers this body with a stream: always, or unless its fields say otherwise. */
export function isStreaming({ unless }: NonNullable<Operation["stream"]>, body: unknown): boolean {
  return !unless || Object.entries(unless).some(([name, value]) => Object(body)[name] !== value);
}

// A regular expression below costs more than the rest of a call's own work; so there is none.

/** Undefined for text with a lone surrogate: it has no UTF-8 form, and sent anyway would arrive as another text. */
function encode(text: string): string | undefined {
  try {
    return encodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * Fills the parts of a path template so that no value can leave its segment. URL parsers resolve `.` and `..` even when
 * they are percent-encoded (https://url.spec.whatwg.org/#double-dot-path-segment), so these two cannot be sent at all.
 */
export function fillPath(
  parts: readonly string[],
  values: Record<string, unknown>,
  createError: CreateError,
): string {
  let [path = ""] = parts;
  for (let at = 1; at < parts.length; at += 2) {
    const name = parts[at] as string;
    const value = values[name];
    const text = Number.isSafeInteger(value) ? `${value}` : value;
    const segment = typeof text === "string" && text !== "." && text !== ".." && encode(text);
    if (!segment)
      throw createError(
        "invalid",
        `path parameter ${name} cannot be sent`,
        'Give a non-empty string other than "." and "..", or a whole number.',
      );
    path += segment + parts[at + 1];
  }
  return path;
}

/** Query string of text, booleans, finite numbers and arrays of them, repeated or separated; undefined and null are left out. */
export function fillQuery(
  query: unknown,
  createError: CreateError,
  separators?: Readonly<Record<string, string>>,
): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query ?? {})) {
    let separator: string | undefined;
    for (const item of Array.isArray(value) ? value : value == null ? [] : [value]) {
      const text = plain(item) ? encode(item) : undefined;
      if (text === undefined)
        throw createError(
          "invalid",
          `parameter ${name} cannot be sent`,
          "Give strings, booleans, finite numbers or arrays of them.",
        );
      pairs.push(separator ? pairs.pop() + separator + text : `${encodeURIComponent(name)}=${text}`);
      separator = separators?.[name];
    }
  }
  return pairs.join("&");
}

/** JSON of a body, undefined if there is none; refuses what JSON.stringify would alter in silence: NaN, Map, functions, holes, invalid dates, ... */
export function stringify(body: unknown, createError: CreateError): string | undefined {
  checkJson({ body }, "body", createError);
  // Without a replacer, which would double what a short body costs.
  return JSON.stringify(body);
}

function checkJson(holder: object, name: string | number, createError: CreateError): void {
  const raw = holder[name as never] as { toJSON?: unknown } | undefined;
  const value: unknown = typeof raw?.toJSON === "function" ? raw.toJSON(`${name}`) : raw;
  // What comes out as null or undefined must have been just that, and in an array undefined would become null.
  if (value == null ? value === raw && (value === null || !Array.isArray(holder)) : plain(value)) return;
  if (!Array.isArray(value) && {}.toString.call(value) !== "[object Object]")
    throw createError(
      "invalid",
      `body field ${JSON.stringify(name)} cannot be sent`,
      "Give plain objects, arrays, strings, booleans, finite numbers and null.",
    );
  const fields = Array.isArray(value) ? value.keys() : Object.keys(value as object);
  for (const field of fields) checkJson(value as object, field, createError);
}

const plain = (value: unknown): value is string =>
  typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
