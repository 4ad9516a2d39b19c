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
export interface ErrorFacts {
  /** Vendor name, or the package that speaks. */
  readonly provider: string;
  readonly kind: ErrorKind;
  /** What happened and where, a sentence without full stop. */
  readonly what: string;
  /** What to do about it, a sentence. */
  readonly next?: string | undefined;
  /** True if the cause may pass by itself; by default true for network, timeout, rate_limited and server. */
  readonly retryable?: boolean | undefined;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly outcome?: "unknown" | undefined;
  readonly attempts?: number | undefined;
  readonly body?: unknown;
  readonly headers?: ResponseHeaders | undefined;
  readonly cause?: unknown;
}

const BRAND: unique symbol = Symbol.for("convo.error");

/**
 * The one error class of every Convo package. The message starts with `[provider]` and never holds a credential.
 * `body`, `headers` and `cause` are there to be read but not enumerable, so that logging an error shows no content.
 */
export class ConvoError extends Error {
  declare readonly provider: string;
  declare readonly kind: ErrorKind;
  /** Whether the cause may pass by itself. For a write look at `outcome` before sending it again. */
  declare readonly retryable: boolean;
  /** HTTP status, if the vendor answered. */
  declare readonly status?: number;
  /** The vendor's id of the failed request: quote it to their support. */
  declare readonly requestId?: string;
  /** How long the vendor asked to wait, in milliseconds. */
  declare readonly retryAfterMs?: number;
  /** Set on a write that may or may not have been applied: read before sending it again. Never on a read. */
  declare readonly outcome?: "unknown";
  /** Requests that were started for this call. */
  declare readonly attempts?: number;
  /** The vendor's error body, parsed if it was JSON, at most 64 kB, credentials replaced. */
  declare readonly body?: unknown;
  /** Response headers, if the vendor answered. */
  declare readonly headers?: ResponseHeaders;

  constructor(facts: ErrorFacts) {
    const { what, next, ...fields } = facts;
    super(`[${facts.provider}] ${what}.${next ? ` ${next}` : ""}`);
    const all: Record<string, unknown> = {
      ...fields,
      retryable: facts.retryable ?? /^(network|timeout|rate_limited|server)$/.test(facts.kind),
    };
    for (const key in all) {
      // From `documents` on they are core's.
      const enumerable = !/^(body|headers|cause|documents|issues|results?|retryFailed)$/.test(key);
      if (all[key] !== undefined) {
        Object.defineProperty(this, key, { value: all[key], enumerable, configurable: true });
      }
    }
  }

  static {
    // biome-ignore lint/complexity/noThisInStatic: esbuild renames a class that names itself; logs would show `_ConvoError`
    Object.assign(this.prototype, { name: "ConvoError", [BRAND]: true });
  }

  /** The facts without body, headers, cause and stack: safe to log. */
  toJSON(): Record<string, unknown> {
    return { name: this.name, message: this.message, ...(this as object) };
  }
}

/** True for a ConvoError of any copy of this package. */
export function isConvoError(value: unknown): value is ConvoError {
  return (value as { [BRAND]?: unknown } | null | undefined)?.[BRAND] === true;
}

/** Makes errors of one vendor: kind, what happened, what to do next, further facts. */
export type Fail = (
  kind: ErrorKind,
  what: string,
  next?: string,
  facts?: Omit<Partial<ErrorFacts>, "kind" | "what" | "next">,
) => ConvoError;

/** What to do next, by kind, where nothing better is known. */
export const ADVICE: Partial<Record<ErrorKind, string>> = {
  auth: "Check the API key.",
  permission: "This key may not do it.",
  not_found: "Check id and baseUrl.",
  invalid: "Correct the request.",
  conflict: "Read again before you decide.",
  rate_limited: "Slow down.",
  server: "Try again later.",
  network: "Check network and baseUrl.",
  timeout: "Try again later, or allow more time.",
  bad_response: "Check baseUrl: something else may have answered.",
};

/** Binds the error class to one vendor. */
export function failure(provider: string): Fail {
  return (kind, what, next = ADVICE[kind], facts) => new ConvoError({ provider, kind, what, next, ...facts });
}
