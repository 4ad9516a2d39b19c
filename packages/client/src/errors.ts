/** What went wrong, the same words for every vendor. */
export type ErrorKind =
  | "auth"
  | "permission"
  | "not_found"
  | "invalid"
  | "unsupported"
  | "limit"
  | "conflict"
  | "not_applied"
  | "rate_limited"
  | "timeout"
  | "aborted"
  | "network"
  | "server"
  | "bad_response"
  | "partial";

/** Response headers as far as every transport has them; a global `Headers` is one. */
export interface ResponseHeaders extends Iterable<[string, string]> {
  /** The value of a header, whatever the case of its name; several are joined by a comma. */
  get(name: string): string | null;
}

/** The facts an error is made of. */
export interface ErrorDetails {
  /** Vendor name, or the package that raises the error. */
  readonly provider: string;
  /** What went wrong: see `docs/errors`. */
  readonly kind: ErrorKind;
  /** What happened and where: a sentence without its full stop and without the `[provider]` prefix. */
  readonly message: string;
  /** What to do about it: a sentence. */
  readonly hint?: string | undefined;
  /** True if the same request may succeed later; by default true for network, timeout, rate_limited and server. */
  readonly retryable?: boolean | undefined;
  /** HTTP status of the last response, where there was one. */
  readonly status?: number | undefined;
  /** The vendor's id of the request, for its support. */
  readonly requestId?: string | undefined;
  /** How long the vendor asks to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** `"unknown"`: the write may have been applied or not. */
  readonly outcome?: "unknown" | undefined;
  /** HTTP requests that were started, retries and redirects included. */
  readonly httpRequests?: number | undefined;
  /** The body of the response: parsed JSON, or its text. Not enumerable on the error. */
  readonly body?: unknown;
  /** The headers of the response. Not enumerable on the error. */
  readonly headers?: ResponseHeaders | undefined;
  /** What led to it, such as the error of `fetch`. Not enumerable on the error. */
  readonly cause?: unknown;
}

const BRAND: unique symbol = Symbol.for("convo.error");

/** The address of the documentation, with a slash at its end. */
export const DOCS_URL = "https://github.com/convo-clients/convo/blob/main/docs/";

/** Longest message of an error, in UTF-16 units. */
const MAX_MESSAGE = 4_000;

/**
 * Fields that hold content: readable, but not enumerable, so that logging an error shows none of it. From `documents` on
 * they belong to core.
 */
const HIDDEN = /^(body|headers|cause|events|documents|issues|results?|retryFailed)$/;

/**
 * The base class of every error of every Convo package. The message starts with `[provider]` and never holds a credential.
 * `body`, `headers`, `events` and `cause` are there to be read but not enumerable.
 *
 * The platform copies only name, message and stack of an error (https://html.spec.whatwg.org/#structuredserializeinternal):
 * pass `error.toJSON()` to `structuredClone` or `postMessage`, and `ConvoError.fromJSON` makes an error of it again.
 */
export class ConvoError extends Error {
  /** The vendor's name, or that of the package that raises the error. */
  declare readonly provider: string;
  /** What went wrong; `docs` is the page about it. */
  declare readonly kind: ErrorKind;
  /** Whether the same request may succeed later. For a write look at `outcome` before sending it again. */
  declare readonly retryable: boolean;
  /** The page about this kind: its causes, and what to do. Enumerable, so that it is printed with the error. */
  declare readonly docs: string;
  /** HTTP status, if the vendor answered. */
  declare readonly status?: number;
  /** The vendor's id of the failed request: quote it to their support. */
  declare readonly requestId?: string;
  /** How long the vendor asked to wait, in milliseconds. */
  declare readonly retryAfterMs?: number;
  /** Set on a write that may or may not have been applied: read before sending it again. Never on a read. */
  declare readonly outcome?: "unknown";
  /** HTTP requests started for this call, retries and redirects included. */
  declare readonly httpRequests?: number;
  /** The vendor's error body, parsed if it was JSON, at most 64 kB, credentials replaced. */
  declare readonly body?: unknown;
  /** Response headers, if the vendor answered. */
  declare readonly headers?: ResponseHeaders;
  /** What a stream gave before it broke off, at most the last 1,000 events. */
  declare readonly events?: readonly unknown[];

  constructor(details: ErrorDetails) {
    const { message, hint, ...fields } = details;
    super(clip(`[${details.provider}] ${message}.${hint ? ` ${hint}` : ""}`, MAX_MESSAGE));
    assignFields(this, {
      ...fields,
      docs: `${DOCS_URL}errors/${details.kind}.md`,
      retryable: details.retryable ?? /^(network|timeout|rate_limited|server)$/.test(details.kind),
    });
  }

  static {
    // biome-ignore lint/complexity/noThisInStatic: esbuild renames a class that names itself; logs would show `_ConvoError`
    Object.assign(this.prototype, { name: "ConvoError", [BRAND]: true });
  }

  /** Name, message and facts without body, headers, cause and stack: safe to log, to clone and to send to another thread. */
  toJSON(): Record<string, unknown> {
    return { name: this.name, message: this.message, ...(this as object) };
  }

  /** The error that `toJSON` described, in this thread or process. `isConvoError` is true for it; its stack is new. */
  static fromJSON(json: object): ConvoError {
    return revive(json);
  }
}

// Outside the class, which esbuild renames if it names itself: logs would show `_ConvoError`.
function revive(json: object): ConvoError {
  const { name, message, ...fields } = json as Record<string, unknown> & ErrorDetails;
  const error = new ConvoError({ ...fields, message: "" });
  error.message = message;
  if (name !== error.name) Object.defineProperty(error, "name", { value: name, configurable: true });
  return error;
}

function assignFields(error: ConvoError, fields: Record<string, unknown>): void {
  for (const key in fields) {
    const value = fields[key];
    if (value === undefined) continue;
    Object.defineProperty(error, key, { value, enumerable: !HIDDEN.test(key), configurable: true });
  }
}

/** True for a ConvoError of any copy of this package. */
export function isConvoError(value: unknown): value is ConvoError {
  return (value as { [BRAND]?: unknown } | null | undefined)?.[BRAND] === true;
}

/** Creates an error of one vendor: kind, what happened, what to do about it, further facts. */
export type CreateError = (
  kind: ErrorKind,
  message: string,
  hint?: string,
  details?: Omit<Partial<ErrorDetails>, "kind" | "message" | "hint">,
) => ConvoError;

/** What to do, by kind, where nothing better is known. */
export const HINTS: Partial<Record<ErrorKind, string>> = {
  auth: "Check the API key.",
  permission: "This API key lacks the permission.",
  not_found: "Check id and baseUrl.",
  invalid: "Correct the request.",
  conflict: "Read the current state before you decide.",
  rate_limited: "Slow down.",
  server: "Try again later.",
  network: "Check network and baseUrl.",
  timeout: "Try again later, or allow more time.",
  bad_response: "Check baseUrl: something else may have answered.",
};

/** Binds the error class to one vendor. */
export function errorFactory(provider: string): CreateError {
  return (kind, message, hint = HINTS[kind], details) =>
    new ConvoError({ provider, kind, message, hint, ...details });
}

/** A text of at most `max` UTF-16 units; what is cut off is replaced by an ellipsis. */
export const clip = (text: string, max: number): string =>
  text.length > max ? `${text.slice(0, max - 1)}…` : text;

/** The beginning of a text, in quotation marks. */
export const quote = (text: string): string => JSON.stringify(clip(text, 200));
