import type { ErrorKind } from "./errors.ts";

/** What the client does with a failed call depends on this: reads are repeated, writes only if certainly not processed. */
export type OperationKind = "read" | "create" | "update" | "delete";

/** Limits of one field of an update, from the spec. Lengths are Unicode code points; the core checks them. */
export interface FieldLimits {
  /** The least length of a text, in code points. */
  readonly minLength?: number;
  /** The greatest length of a text, in code points. */
  readonly maxLength?: number;
  /** A regular expression that the text has a match for, as JSON Schema has it: unanchored, with the flag `u`. */
  readonly pattern?: string;
  /** All values that a text field takes. */
  readonly enum?: readonly string[];
  /** The most keys of an object. */
  readonly maxProperties?: number;
  /** The greatest length of a key, in code points. */
  readonly maxKeyLength?: number;
  /** The greatest length of a value, in code points. */
  readonly maxValueLength?: number;
}

/** How the pages of a list follow one another. */
export interface PageRule {
  /** Query parameter that takes the cursor. */
  readonly param?: string;
  /** The parameter to use instead when the query says `order: "asc"`. */
  readonly whenAsc?: string;
  /**
   * Where the next cursor is: `"body.<path>"`, `"item.<path>"` (of the last item), `"url.<path>"` (a field of the body with the URL of the next
   * page, whose query is taken over), `"link"` (the same in the header `Link`, `rel="next"`), `"page"` (a counter) or `"offset"` (the number of
   * items so far). Without it there is one page.
   */
  readonly cursor?: string;
  /** Number of the first page, where the cursor is `"page"`; by default 1. */
  readonly first?: number;
  /** Path of the item array in the body; absent when the body is the array. */
  readonly items?: string;
  /** Path of the field that is false, null or empty on the last page. Without it, a cursor of the body that is absent, null or empty ends the list. */
  readonly more?: string;
  /** Query parameter that walks the list backwards: given it, the next value is that of the first item. */
  readonly back?: string;
  /** Page size: a page shorter than both the size asked for and the default is the last one. */
  readonly size?: { readonly param: string; readonly default: number };
}

/** One row of a vendor's generated operation table. */
export interface Operation {
  /** Verb and path template, `"POST /conversations/{conversation_id}"`. */
  readonly route: string;
  /** What it does, which says when it is repeated. */
  readonly kind: OperationKind;
  /** Whether a body must be given, where the operation takes one; an optional one that is left out is sent as `{}`. */
  readonly body?: "required" | "optional";
  /** Present when the body is an HTML form instead of JSON. */
  readonly form?: true;
  /** The content type of a JSON body where that is not `application/json`. */
  readonly contentType?: string;
  /** What stands between the items of a list in the query, by parameter; without it the parameter is repeated. */
  readonly separators?: Readonly<Record<string, string>>;
  /** Present when a success may be any JSON value, `null` or a string as well as an object or array. */
  readonly scalar?: true;
  /** Present when a success may have no body. */
  readonly empty?: true;
  /** Fields that the object of every success has. */
  readonly required?: readonly string[];
  /** Present on every list; empty where the vendor has no pages. */
  readonly page?: PageRule;
  /** Present when the answer is a stream of server-sent events: always, or unless the body has these fields. */
  readonly stream?: { readonly unless?: Readonly<Record<string, boolean | number | string>> };
  /** Limits of the body's fields, by name. */
  readonly limits?: Readonly<Record<string, FieldLimits>>;
  /** The body's fields, where a write sets all of them: one that is left out is cleared. */
  readonly fields?: readonly string[];
}

/** What the transport needs to know of an operation. */
export type OperationTraits = Pick<
  Operation,
  "kind" | "scalar" | "empty" | "required" | "page" | "stream" | "form" | "contentType" | "separators"
>;

/** Response headers that tell the rate limit for requests. */
export interface RateLimitHeaders {
  /** The header with the requests allowed in the window. */
  readonly limit: string;
  /** The header with the requests left in it. */
  readonly remaining: string;
  /** The header that says when the window starts again. */
  readonly reset?: string;
  /** What `reset` holds: seconds from now, seconds since 1970, or a duration such as `6m0s`. */
  readonly resetIn?: "seconds" | "epoch" | "duration";
}

/** Everything the client knows about a vendor: data, generated from its spec. */
export interface Vendor {
  /** One lowercase word, `"openai"`; every error message starts with it. */
  readonly name: string;
  /** No trailing slash; with `{variables}`, or empty where every caller has a server of their own. */
  readonly baseUrl: string;
  /** The variables of the base URL and what they are unless the option `server` says otherwise; empty: it has to. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Where the key goes: `{ header: "Authorization", prefix: "Bearer " }`. `user:password` of Basic credentials is sent as base64. */
  readonly auth: { readonly header: string; readonly prefix: string; readonly encoding?: "base64" };
  /** Environment variables; `headers` maps a request header to the variable that fills it. */
  readonly env: {
    readonly apiKey: string;
    readonly baseUrl?: string;
    readonly headers?: Readonly<Record<string, string>>;
  };
  /** Headers with a fixed value that every request carries. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Response headers that may hold the request id, best first. */
  readonly requestId: readonly string[];
  /** Error codes in a response's body that say more than its status; `retryable` ones are taken to say that nothing was done. */
  readonly errors?: Readonly<Record<string, { readonly kind: ErrorKind; readonly retryable: boolean }>>;
  /** Request header of the idempotency keys that the vendor honours. */
  readonly idempotencyHeader?: string;
  /** The headers that tell the limit for requests, where the vendor sends them. */
  readonly rateLimit?: RateLimitHeaders;
  /** Every operation, by the name of its method. */
  readonly operations: Readonly<Record<string, Operation>>;
}
